/** What a run came to: its value as large as fits, its place, and the words that qualify it. */

import type { Feed } from '../../../app/client/feed/feed';
import { locale, named, t } from '../../../app/client/feed/i18n';
import { markText } from '../../../app/client/feed/result_words';
import type { FieldData, Result, Run } from '../../../app/client/feed/shapes';
import { useStanding } from '../use_standing';
import { Figure } from '../widgets/figure';
import { RunHeading } from '../widgets/heading';
import { Moved } from '../widgets/moved';
import { Qualifiers, Simulated, StatusWord } from '../widgets/state_word';
import { Team } from '../widgets/team';
import { useFitting } from '../widgets/use_fitting';
import { valueText } from '../widgets/value_text';

const MEDALS = 3;

export function ResultScreen({ feed, data, run }: { feed: Feed; data: FieldData; run: Run }) {
  const moved = useStanding(feed, data.competition.slug, run)?.row.moved ?? 0;
  const picture = useFitting([run, locale.value]);
  const { result } = run;
  if (!result) return null;
  return (
    <main class={`result-screen ${moodOf(run)}`} ref={picture} data-testid="run" data-status={run.status}>
      <RunHeading data={data} run={run} />
      <Team entry={run.entry} />
      <div class="result" data-testid="result">
        <MainValue result={result} />
        <OtherValues result={result} />
      </div>
      {run.rank !== null && <Place run={run} rank={run.rank} moved={moved} />}
      <p class="states">
        <StatusWord status={run.status} />
        <Qualifiers corrected={result.corrected} handTime={result.hand_time} />
        {run.clock.simulated && !result.hand_time && <Simulated />}
      </p>
    </main>
  );
}

/** Rays behind a valid result, in gold for the first three places; none where there is nothing to celebrate. */
function moodOf(run: Run): string {
  if (run.rank === null || run.result?.mark !== null) return 'plain';
  return run.rank <= MEDALS ? `festive place-${run.rank}` : 'festive';
}

function MainValue({ result }: { result: Result }) {
  if (result.mark !== null) return <Figure text={markText(result.mark)} />;
  const [first] = result.shown;
  return first ? <Figure text={valueText(first, first.value)} label={result.shown.length > 1 ? named(first.label) : ''} /> : null;
}

function OtherValues({ result }: { result: Result }) {
  const others = result.mark === null ? result.shown.slice(1) : [];
  if (others.length === 0) return null;
  return (
    <dl class="others">
      {others.map((column) => (
        <div key={column.name}>
          <dt>{named(column.label)}</dt>
          <dd class="figures">{valueText(column, column.value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A place is only “so far” until the results are official. */
function Place({ run, rank, moved }: { run: Run; rank: number; moved: number }) {
  const isFinal = run.status === 'OFFICIAL';
  return (
    <p class="place" data-testid="place">
      {isFinal ? t('Place {rank}', { rank }) : t('Place {rank} so far', { rank })} <Moved places={moved} />
    </p>
  );
}
