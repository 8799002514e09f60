/** The overlay for a stream: transparent but for lower thirds, inside the part of the picture every television shows. */

import type { Feed } from '../../../app/client/feed/feed';
import { named, t } from '../../../app/client/feed/i18n';
import { markText } from '../../../app/client/feed/result_words';
import type { FieldData, Result, Run } from '../../../app/client/feed/shapes';
import { fieldTopic } from '../address';
import { sceneOf } from '../scene';
import { useTurns } from '../use_turns';
import { From } from '../widgets/from';
import { RunningClock } from '../widgets/running_clock';
import { valueText } from '../widgets/value_text';

export function OverlayScreen({ feed, slug, code }: { feed: Feed; slug: string; code: string }) {
  const data = feed.topic<FieldData>(fieldTopic(slug, code)).value?.data;
  return <main class="overlay">{data && <LowerThird feed={feed} data={data} />}</main>;
}

/** Nothing is shown between runs but who comes next, for as long as that turn takes. */
function LowerThird({ feed, data }: { feed: Feed; data: FieldData }) {
  const { turn } = useTurns(feed, data.last);
  switch (sceneOf(data, turn, true)) {
    case 'run':
      return data.run && <Strip data={data} run={data.run} label={handWord(data.run)} feed={feed} />;
    case 'result':
      return data.last && <Strip data={data} run={data.last} label={placeText(data.last)} feed={null} />;
    case 'coming':
      return data.next[0] ? <Strip data={data} run={data.next[0]} label={t('Up next')} feed={null} /> : null;
    default:
      return null;
  }
}

function Strip({ data, run, label, feed }: { data: FieldData; run: Run; label: string; feed: Feed | null }) {
  const isRunning = feed !== null && !run.sealed;
  return (
    <section class="lower-third" data-testid="lower-third">
      <div class="who">
        <p class="name" data-testid="team">
          {run.entry.team}
        </p>
        <p class="from">
          <From entry={run.entry} />
        </p>
        <p class="contest">{[named(data.division?.name), label].filter(Boolean).join(' · ')}</p>
      </div>
      {isRunning && <RunningClock clock={run.clock} feed={feed} />}
      {!feed && run.result && <p class="value figures">{resultText(run.result)}</p>}
    </section>
  );
}

/** That the clock runs by a judge's hand; nothing where the gates have it. */
function handWord(run: Run): string {
  return run.clock.by_hand === true && !run.sealed ? t('Hand time') : '';
}

function resultText(result: Result): string {
  const [first] = result.shown;
  if (result.mark !== null) return markText(result.mark);
  return first ? valueText(first, first.value) : '';
}

function placeText(run: Run): string {
  if (run.rank === null) return '';
  return run.status === 'OFFICIAL' ? t('Place {rank}', { rank: run.rank }) : t('Place {rank} so far', { rank: run.rank });
}
