/** A field's screen: who is next → the running clock → the result → the standings, each for its time. */

import { useEffect, useState } from 'preact/hooks';
import type { Feed } from '../../../app/client/feed/feed';
import { named, t } from '../../../app/client/feed/i18n';
import type { FieldData, Run } from '../../../app/client/feed/shapes';
import { fieldTopic } from '../address';
import { Message } from '../widgets/message';
import { ResultShown } from '../widgets/result';
import { RunningClock } from '../widgets/running_clock';
import { Team } from '../widgets/team';
import { STATUSES } from '../widgets/words';
import { StandingsScreen } from './standings';

export const RESULT_FOR_MS = 8_000;

interface Props {
  readonly feed: Feed;
  readonly slug: string;
  readonly code: string;
  /** Keep to the field, without its division's standings between runs. */
  readonly stays?: boolean;
}

export function FieldScreen({ feed, slug, code, stays = false }: Props) {
  const topic = fieldTopic(slug, code);
  const data = feed.topic<FieldData>(topic).value?.data;
  const fresh = useFreshResult(data?.last ?? null);
  if (feed.refused.value[topic]) return <Message text={t('There is no such field.')} />;
  if (!data) return <Message text={t('Waiting for the server …')} />;
  if (data.run) return <RunShown data={data} run={data.run} feed={feed} />;
  if (data.last && (fresh || (stays && data.next.length === 0))) return <RunShown data={data} run={data.last} feed={feed} />;
  if (data.last && data.division && !stays) return <StandingsScreen feed={feed} slug={slug} code={data.division.code} />;
  return <ComingUp data={data} />;
}

/** Whether the last run's result came a moment ago, or was changed a moment ago. */
function useFreshResult(last: Run | null): boolean {
  const [stale, setStale] = useState('');
  const key = last ? `${last.id}/${String(last.version)}` : '';
  useEffect(() => {
    const timer = setTimeout(() => setStale(key), RESULT_FOR_MS);
    return () => clearTimeout(timer);
  }, [key]);
  return key !== '' && key !== stale;
}

function RunShown({ data, run, feed }: { data: FieldData; run: Run; feed: Feed }) {
  return (
    <main class={`run ${run.result ? 'done' : run.clock.state}`} data-testid="run" data-status={run.status}>
      <Heading data={data} run={run} />
      <Team entry={run.entry} />
      {run.result ? <ResultShown run={run} /> : <RunningClock clock={run.clock} feed={feed} />}
      <p class="status" data-testid="status">
        {STATUSES[run.status]()}
      </p>
    </main>
  );
}

function Heading({ data, run }: { data: FieldData; run: Run | null }) {
  return (
    <header class="heading">
      <span>{named(data.division?.name)}</span>
      <span>
        {t('Field {name}', { name: data.field.name })}
        {run && ` · ${t('attempt {n} of {of}', { n: run.attempt, of: run.attempts })}`}
      </span>
    </header>
  );
}

function ComingUp({ data }: { data: FieldData }) {
  const [first, ...others] = data.next;
  return (
    <main class="coming" data-testid="coming">
      <Heading data={data} run={first ?? null} />
      {first ? (
        <>
          <p class="label">{t('Next')}</p>
          <Team entry={first.entry} />
        </>
      ) : (
        <p class="label">{named(data.competition.name)}</p>
      )}
      <ol class="after">
        {others.map((run) => (
          <li key={run.id}>
            № {run.entry.number} {run.entry.team}
          </li>
        ))}
      </ol>
    </main>
  );
}
