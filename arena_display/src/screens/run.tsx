/** The run that is on a field: ready at the start, running, or stopped and waiting for the judge. */

import type { Feed } from '../../../app/client/feed/feed';
import { locale } from '../../../app/client/feed/i18n';
import type { FieldData, Run } from '../../../app/client/feed/shapes';
import { RunHeading } from '../widgets/heading';
import { Kept } from '../widgets/kept';
import { RunningClock } from '../widgets/running_clock';
import { Splits } from '../widgets/splits';
import { Qualifiers, ReadyWord, Simulated, StatusWord, SyncWord } from '../widgets/state_word';
import { Team } from '../widgets/team';
import { useFitting } from '../widgets/use_fitting';

export function RunScreen({ data, run, feed }: { data: FieldData; run: Run; feed: Feed }) {
  const picture = useFitting([run.entry, run.clock.state, run.clock.passes?.length, locale.value]);
  return (
    <main class={`run ${run.clock.state}`} ref={picture} data-testid="run" data-status={run.status}>
      <RunHeading data={data} run={run} />
      <Team entry={run.entry} />
      {run.sealed ? <Kept /> : <RunningClock clock={run.clock} feed={feed} />}
      <Splits clock={run.clock} />
      <p class="states">
        {run.clock.state === 'ready' && !run.sealed ? <ReadyWord /> : <StatusWord status={run.status} />}
        {run.clock.state === 'running' && <SyncWord quality={feed.syncQuality.value} />}
        <Qualifiers corrected={false} handTime={run.clock.by_hand === true} />
        {run.clock.simulated && <Simulated />}
      </p>
    </main>
  );
}
