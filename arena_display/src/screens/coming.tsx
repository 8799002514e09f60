/** Who runs next on a field, and who after them. */

import type { Feed } from '../../../app/client/feed/feed';
import { locale, t } from '../../../app/client/feed/i18n';
import type { FieldData, Run } from '../../../app/client/feed/shapes';
import { useStanding } from '../use_standing';
import { BestSoFar } from '../widgets/best_so_far';
import { RunHeading } from '../widgets/heading';
import { Team } from '../widgets/team';
import { useFitting } from '../widgets/use_fitting';

interface Props {
  readonly feed: Feed;
  readonly data: FieldData;
}

export function ComingScreen({ feed, data }: Props) {
  const [first, ...others] = data.next;
  return first ? <Coming feed={feed} data={data} first={first} others={others} /> : null;
}

function Coming({ feed, data, first, others }: Props & { first: Run; others: readonly Run[] }) {
  const standing = useStanding(feed, data.competition.slug, first);
  const picture = useFitting([data, standing, locale.value]);
  return (
    <main class="coming" ref={picture} data-testid="coming">
      <RunHeading data={data} run={first} />
      <p class="label">{t('Up next')}</p>
      <Team entry={first.entry} />
      <BestSoFar standing={standing} />
      {others.length > 0 && (
        <section class="after">
          <h2>{t('Then')}</h2>
          <ol>
            {others.map((run) => (
              <li key={run.id}>
                <span class="number">{run.entry.number}</span> {run.entry.team}
              </li>
            ))}
          </ol>
        </section>
      )}
    </main>
  );
}
