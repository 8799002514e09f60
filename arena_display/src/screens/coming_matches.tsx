/** Who meets next on a field, and who after them. */

import { locale, named, t } from '../../../app/client/feed/i18n';
import { placeText } from '../../../app/client/feed/match_words';
import type { FieldData } from '../../../app/client/feed/shapes';
import { SideMark } from '../../../app/client/tokens/side_mark';
import { Heading } from '../widgets/heading';
import { Team } from '../widgets/team';
import { useFitting } from '../widgets/use_fitting';

export function ComingMatches({ data }: { data: FieldData }) {
  const [first, ...others] = data.next_matches ?? [];
  const picture = useFitting([data, locale.value]);
  if (!first) return null;
  return (
    <main class="coming coming-match" ref={picture} data-testid="coming-match">
      <Heading left={named(data.division?.name)} right={placeText(first)}>
        <span>{t('Field {name}', { name: data.field.name })}</span>
      </Heading>
      <p class="label">{t('Up next')}</p>
      <div class="coming-sides">
        {first.sides.map((entry, at) => (
          <div key={entry.id} class="coming-side">
            <SideMark at={at === 0 ? 0 : 1} />
            <Team entry={entry} />
          </div>
        ))}
      </div>
      {others.length > 0 && (
        <section class="after">
          <h2>{t('Then')}</h2>
          <ol>
            {others.map((match) => (
              <li key={match.id}>
                <span class="number">{match.practice === true ? '–' : match.number}</span> {match.sides.map((side) => side.team).join(' – ')}
              </li>
            ))}
          </ol>
        </section>
      )}
    </main>
  );
}
