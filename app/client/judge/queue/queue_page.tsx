/** My field's queue: who is on, who is next, and what was scored. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import type { OutboxItem } from '../outbox/item';
import type { Run } from '../wire';
import { CallButton } from '../escalation/call_button';
import { useTablet } from '../tablet';
import { clockText, deviceCode } from '../words';
import { Icon } from '../widgets/icon';
import { MatchRows } from '../match/match_rows';
import { OfflineLine } from '../widgets/offline_line';
import { expected } from './expected';
import { FieldChoice } from './field_choice';
import { inTurn } from './turns';
import { PracticeAsked } from './practice_asked';
import { QueueRow } from './queue_row';

export function QueuePage(): JSX.Element {
  const tablet = useTablet();
  const { field, queue } = tablet;
  if (tablet.competition.value === null)
    return (
      <Message words={t('This account belongs to no competition. Ask the organiser for a judge’s account.')} />
    );
  if (field.value === null) return <FieldChoice />;
  if (queue.value === null)
    return <Message words={t('Waiting for the queue of this field. It is kept here once it was heard.')} />;
  const { runs, matches = [] } = queue.value.data;
  const { runs: expectedRuns, asked, practice } = expected(runs, tablet.outbox.items.value);
  const turns = inTurn(expectedRuns, tablet.outbox.items.value, tablet.session.me.value?.account.id ?? '');
  return (
    <main class="queue-page">
      <QueueHead name={queue.value.data.field.name} heardMs={Date.parse(queue.value.at_utc)} />
      <OfflineLine />
      {runs.length === 0 && matches.length === 0 ? (
        <p class="empty-line">{t('No runs yet. They appear when the organiser draws the start list.')}</p>
      ) : null}
      <MatchRows matches={matches} />
      <Rows title={t('Scored here, not confirmed yet')} runs={turns.keptHere} />
      <Rows title={t('The judges’ sheets differ')} runs={turns.differing} />
      <Rows title={t('On the field')} runs={turns.onField} next={turns.next} />
      <Rows title={t('To be confirmed')} runs={turns.unconfirmed} next={turns.next} />
      <Rows title={t('Waiting for the other judge')} runs={turns.halfIn} />
      <PracticeAsked asked={practice} />
      <Rows title={t('Next')} runs={turns.waiting} next={turns.next} asked={asked} canSwap />
      <Rows title={t('Done')} runs={turns.done} />
    </main>
  );
}

function QueueHead({ name, heardMs }: { name: string; heardMs: number }): JSX.Element {
  const tablet = useTablet();
  const me = tablet.session.me.value;
  return (
    <header class="page-head">
      <div class="page-title">
        <h1 data-testid="field-name">{t('Field {name}', { name })}</h1>
        <p data-testid="signed-in-as">
          <Icon name="person" /> {me?.account.name} · {t('tablet {code}', { code: deviceCode(me?.device ?? '') })}
          {tablet.live.offlineSinceMs.value === null ? null : (
            <> · {t('as of {time}', { time: clockText(heardMs) })}</>
          )}
        </p>
      </div>
      {tablet.fields.value.length > 1 ? (
        <select
          class="field-select"
          aria-label={t('Field')}
          data-testid="field-select"
          value={tablet.field.value ?? ''}
          onChange={(change) => void tablet.chooseField(change.currentTarget.value)}
        >
          {tablet.fields.value.map((code) => (
            <option key={code} value={code}>
              {code}
            </option>
          ))}
        </select>
      ) : null}
      <CallButton target={`c/${tablet.competition.value ?? ''}/field/${tablet.field.value ?? ''}`} />
      <button class="button button-quiet" data-testid="sign-out" onClick={() => void signOut(tablet)}>
        {t('Sign out')}
      </button>
    </header>
  );
}

async function signOut(tablet: ReturnType<typeof useTablet>): Promise<void> {
  const unsent = tablet.outbox.unsent.peek().length;
  const words = t(
    'Commands not sent yet: {count}. They stay here and are sent only when you sign in again. Sign out?',
    { count: unsent },
  );
  if (unsent > 0 && !confirm(words)) return;
  tablet.telling.leave();
  await tablet.session.signOut();
}

function Rows({
  title,
  runs,
  next,
  asked,
  canSwap = false,
}: {
  title: string;
  runs: readonly Run[];
  next?: Run | undefined;
  asked?: ReadonlyMap<string, OutboxItem>;
  canSwap?: boolean;
}): JSX.Element | null {
  if (runs.length === 0) return null;
  return (
    <section class="group">
      <h2>{title}</h2>
      <ol class="queue">
        {runs.map((run) => (
          <QueueRow
            key={run.id}
            run={run}
            isNext={run === next}
            asked={asked?.get(run.id)}
            {...(canSwap ? { others: runs.filter((other) => other !== run) } : {})}
          />
        ))}
      </ol>
    </section>
  );
}

function Message({ words }: { words: string }): JSX.Element {
  const tablet = useTablet();
  return (
    <main class="empty">
      <p>{words}</p>
      <button class="button" data-testid="sign-out" onClick={() => void signOut(tablet)}>
        {t('Sign out')}
      </button>
    </main>
  );
}
