/** The calls for the chief judge on whatever page is open: a judge's own, or all of them for the chief judge. */

import { signal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import type { CallOutcome, Escalation } from '../../feed/escalations';
import { t } from '../../feed/i18n';
import { isOpen } from '../outbox/item';
import { useTablet, type Tablet } from '../tablet';
import { clockText } from '../words';
import { Notice } from '../widgets/notices';
import { TwiceButton } from '../widgets/twice_button';
import { CommandUnkept } from '../widgets/unkept';
import { useKeeping } from '../widgets/use_keeping';
import { answerCall } from './commands';
import { placeOf } from './places';
import { OUTCOMES, outcomeText, reasonText } from './words';

/** How long an answer is shown that nobody has put away. */
const ANSWER_SHOWN_MS = 10 * 60_000;

/** Answers that were read here, by the calls' ids. */
const read = signal<ReadonlySet<string>>(new Set());

export function Calls(): JSX.Element | null {
  const tablet = useTablet();
  const account = tablet.session.me.value?.account;
  if (!account) return null;
  const calls = tablet.escalations.value?.data.escalations ?? [];
  if (account.role === 'referee') {
    const open = calls.filter((one) => one.state === 'open' || one.state === 'coming');
    return <>{open.map((one) => <Asked key={one.id} call={one} account={account.id} />)}</>;
  }
  const mine = calls.filter((one) => one.by === account.id && isToBeShown(tablet, one));
  const unsent = tablet.outbox.items.value.filter(
    (item) => item.type === 'CallReferee' && isOpen(item) && item.madeBy.account === account.id,
  );
  return (
    <>
      {unsent.map((item) => (
        <Notice key={item.id} tone="bad" icon="flag" testid="call-unsent">
          <p>{t('The call for the chief judge is not sent yet. If it cannot wait, send somebody.')}</p>
        </Notice>
      ))}
      {mine.map((one) => (
        <Own key={one.id} call={one} />
      ))}
    </>
  );
}

function isToBeShown(tablet: Tablet, call: Escalation): boolean {
  if (call.state === 'open' || call.state === 'coming') return true;
  if (call.state === 'taken_back' || read.value.has(call.id) || call.answered_at_utc === null) return false;
  return tablet.live.serverNowMs() - Date.parse(call.answered_at_utc) < ANSWER_SHOWN_MS;
}

function Own({ call }: { call: Escalation }): JSX.Element {
  const tablet = useTablet();
  const { keep, failed } = useKeeping();
  const place = placeOf(tablet, call.about, call.field);
  const who = call.answered_by === null ? '' : tablet.session.nameOf(call.answered_by);
  return (
    <Notice tone={call.state === 'open' ? 'warn' : 'calm'} icon="flag" testid={`my-call-${call.state}`}>
      <p>
        <strong>{place.about.team}</strong> · {reasonText(call.reason)} · {ownState(call, who)}
      </p>
      <Written words={written(tablet, call)?.answer} testid="call-answer" />
      {call.state === 'settled' ? (
        <button class="button" data-testid="call-read" onClick={() => (read.value = new Set([...read.value, call.id]))}>
          {t('Understood')}
        </button>
      ) : (
        <TwiceButton
          word={t('No longer needed')}
          again={t('Tap again: take the call back')}
          testid="call-take-back"
          press={() => void keep(answerCall(call, place, { answer: 'taken_back' }))}
        />
      )}
      {failed.value ? <CommandUnkept /> : null}
    </Notice>
  );
}

/** What was asked or answered in writing. */
function Written({ words, testid }: { words: string | null | undefined; testid: string }): JSX.Element | null {
  return words ? <blockquote class="call-words" data-testid={testid}>«{words}»</blockquote> : null;
}

/** What was written about a call, where this tablet has its field at hand. */
function written(tablet: Tablet, call: Escalation): { note: string | null; answer: string | null } | undefined {
  return tablet.queue.value?.data.calls?.[call.id];
}

function ownState(call: Escalation, who: string): string {
  switch (call.state) {
    case 'open':
      return t('the chief judge is called since {time}', { time: clockText(Date.parse(call.at_utc)) });
    case 'coming':
      return t('{name} is coming', { name: who });
    default:
      return t('settled: {outcome}', { outcome: call.outcome === null ? '' : outcomeText(call.outcome) });
  }
}

/** A call as the chief judge's tablet shows it, to be answered there. */
function Asked({ call, account }: { call: Escalation; account: string }): JSX.Element {
  const tablet = useTablet();
  const { keep, failed } = useKeeping();
  const place = placeOf(tablet, call.about, call.field);
  const isMine = call.answered_by === account;
  const note = useSignal('');
  return (
    <Notice tone={call.state === 'open' ? 'bad' : 'warn'} icon="flag" testid="asked">
      <p>
        <strong>{t('Field {name}', { name: call.field })}</strong>
        {place.about.isField === true ? '' : ` · ${place.about.team}`} · {reasonText(call.reason)} ·{' '}
        {tablet.session.nameOf(call.by)}, {clockText(Date.parse(call.at_utc))}
        {call.state === 'coming' && !isMine
          ? ` · ${t('{name} is coming', { name: tablet.session.nameOf(call.answered_by ?? '') })}`
          : ''}
      </p>
      <Written words={written(tablet, call)?.note} testid="asked-note" />
      {call.state === 'open' ? (
        <button
          class="button button-main"
          data-testid="asked-coming"
          onClick={() => void keep(answerCall(call, place, { answer: 'coming' }))}
        >
          {t('I am coming')}
        </button>
      ) : (
        <>
          <textarea
            class="text-entry"
            rows={2}
            maxLength={2000}
            value={note.value}
            data-testid="asked-answer"
            aria-label={t('Answer in writing')}
            placeholder={t('Answer in writing')}
            onInput={({ currentTarget }) => (note.value = currentTarget.value)}
          />
          <select
            class="field-select"
            aria-label={t('What came of it')}
            data-testid="asked-settled"
            value=""
            onChange={({ currentTarget }) =>
              void keep(
                answerCall(call, place, {
                  answer: 'settled',
                  outcome: currentTarget.value as CallOutcome,
                  note: note.value.trim() || null,
                }),
              )
            }
          >
            <option value="" disabled>
              {t('Settled …')}
            </option>
            {OUTCOMES.map((one) => (
              <option key={one} value={one}>
                {outcomeText(one)}
              </option>
            ))}
          </select>
        </>
      )}
      {failed.value ? <CommandUnkept /> : null}
    </Notice>
  );
}
