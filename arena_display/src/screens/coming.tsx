/** Who runs next on a field, and who after them. */

import { locale, t } from '../../../app/client/feed/i18n';
import type { FieldData } from '../../../app/client/feed/shapes';
import { RunHeading } from '../widgets/heading';
import { Team } from '../widgets/team';
import { useFitting } from '../widgets/use_fitting';

export function ComingScreen({ data }: { data: FieldData }) {
  const [first, ...others] = data.next;
  const picture = useFitting([data, locale.value]);
  if (!first) return null;
  return (
    <main class="coming" ref={picture} data-testid="coming">
      <RunHeading data={data} run={first} />
      <p class="label">{t('Up next')}</p>
      <Team entry={first.entry} />
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
