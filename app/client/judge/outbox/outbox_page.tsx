/** Everything this tablet still has to send, and what became of what it sent. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { show } from '../route';
import { useTablet } from '../tablet';
import { clockText, inWords } from '../words';
import { MatchWays } from '../match/match_ways';
import { HandIn } from './hand_in';
import { HandoverWays } from './handover_ways';
import { BackButton } from '../widgets/back_head';
import { Icon } from '../widgets/icon';
import { Notice } from '../widgets/notices';
import { OfflineLine } from '../widgets/offline_line';
import { CommandStatus } from '../widgets/status';
import { TwiceButton } from '../widgets/twice_button';
import { isOpen, isScore, isSentBy, needsPerson, runOf, type About, type CommandType, type OutboxItem } from './item';

export function OutboxPage(): JSX.Element {
  const { outbox } = useTablet();
  const items = [...outbox.items.value].reverse();
  const waiting = items.filter((item) => isOpen(item) || needsPerson(item));
  const confirmed = items.filter((item) => item.state === 'confirmed');
  return (
    <main class="outbox-page">
      <header class="page-head">
        <BackButton to={{ kind: 'queue' }} />
        <h1>{t('What is kept here')}</h1>
        {outbox.unsent.value.length > 0 ? (
          <button class="button" data-testid="send-now" onClick={() => outbox.kick()}>
            <Icon name="up" /> {t('Send now')}
          </button>
        ) : null}
      </header>
      <NextTry />
      <OfflineLine />
      <HandIn />
      {waiting.length === 0 ? (
        <p class="empty-line">
          {t('Everything is sent. Scores you confirm appear here until the server has them.')}
        </p>
      ) : null}
      <ul class="items">
        {waiting.map((item) => (
          <Item key={item.seq} item={item} />
        ))}
      </ul>
      <HandoverWays />
      {confirmed.length > 0 ? <h2>{t('Confirmed by the server')}</h2> : null}
      <ul class="items">
        {confirmed.map((item) => (
          <Item key={item.seq} item={item} />
        ))}
      </ul>
    </main>
  );
}

function NextTry(): JSX.Element | null {
  const { outbox, live } = useTablet();
  const isOffline = live.offlineSinceMs.value !== null;
  if (outbox.unsent.value.length === 0 || (outbox.nextTryMs.value === null && !isOffline)) return null;
  return (
    <Notice tone="warn" icon={isOffline ? 'offline' : 'warning'} testid="next-try">
      {t(
        'The server does not answer. Scores are kept on this tablet and sent when it is back. It is tried again by itself.',
      )}
    </Notice>
  );
}

function Item({ item }: { item: OutboxItem }): JSX.Element {
  const { session } = useTablet();
  const account = session.me.value?.account.id ?? '';
  const mine = isSentBy(item, account);
  const isHandedIn = mine && item.madeBy.account !== account;
  return (
    <li class={`item item-${item.state}`} data-testid="outbox-item" data-state={item.state} data-type={item.type}>
      <div class="item-what">
        <strong>{item.about.team}</strong>
        <span>
          {typeText(item.type)} · {partText(item.about)}
          {clockText(Date.parse(item.madeAt))}
          {mine && !isHandedIn ? '' : ` · ${item.madeBy.name}`}
        </span>
      </div>
      <CommandStatus item={item} mine={mine} />
      {item.receipt && needsPerson(item) ? <Reason item={item} /> : null}
      {mine ? null : isOpen(item) ? (
        <p class="item-detail">
          {t('This was made by {name} and is sent when they sign in here, or a referee hands it in.', {
            name: item.madeBy.name,
          })}
        </p>
      ) : null}
      {needsPerson(item) && isHandedIn ? <PutAside item={item} /> : null}
      {needsPerson(item) && mine && !isHandedIn ? item.about.isMatch === true ? <MatchWays item={item} /> : <Ways item={item} /> : null}
    </li>
  );
}

function Reason({ item }: { item: OutboxItem }): JSX.Element | null {
  const tablet = useTablet();
  const { session } = tablet;
  const receipt = item.receipt;
  if (!receipt) return null;
  const run = tablet.run(runOf(item));
  const fields = (run && tablet.rulesetOf(run)?.fields) ?? [];
  const labelOf = (id: string | null): string =>
    inWords(fields.find((field) => field.id === id)?.label) || (id ?? '');
  const last = receipt.changed.at(-1);
  return (
    <p class="item-detail" data-testid="outbox-reason">
      {receipt.detail} {receipt.errors.map((error) => `${labelOf(error.field)}: ${error.detail}`).join(' ')}
      {last ? `${session.nameOf(last.by)}, ${clockText(Date.parse(last.at_utc))}` : ''}
    </p>
  );
}

/** What can be done about an item the server turned down. */
function Ways({ item }: { item: OutboxItem }): JSX.Element {
  const { outbox } = useTablet();
  const run = runOf(item);
  return (
    <div class="item-ways">
      {isScore(item) && item.state === 'refused' ? (
        <button class="button button-main" data-testid="mend" onClick={() => show({ kind: 'sheet', run })}>
          <Icon name="edit" /> {t('Mend the sheet')}
        </button>
      ) : null}
      {isScore(item) && item.state === 'conflict' ? (
        <button
          class="button button-main"
          data-testid="settle"
          onClick={() => show({ kind: 'settle', command: item.id })}
        >
          <Icon name="compare" /> {t('Compare the two')}
        </button>
      ) : null}
      {isScore(item) ? null : (
        <button class="button" data-testid="dismiss" onClick={() => void outbox.dismiss(item)}>
          {t('Understood')}
        </button>
      )}
    </div>
  );
}

/** What a referee handed in for another and the server turned down: the run itself is where it is put right. */
function PutAside({ item }: { item: OutboxItem }): JSX.Element {
  const { outbox } = useTablet();
  return (
    <div class="item-ways">
      <TwiceButton
        word={t('Put aside')}
        again={t('Tap again: it is gone from this tablet')}
        testid="put-aside"
        press={() => void outbox.dismiss(item)}
      />
    </div>
  );
}

/** Which attempt or match it is about; nothing for the field itself. */
function partText(about: About): string {
  if (about.isField === true) return '';
  const n = about.attempt;
  return `${about.isMatch === true ? t('match {n}', { n }) : t('attempt {n}', { n })} · `;
}

/** What a command does, in a word or two. */
export function typeText(type: CommandType): string {
  switch (type) {
    case 'OpenRun':
      return t('Run opened');
    case 'CloseRun':
      return t('Run taken off the field');
    case 'ResetRun':
      return t('Run armed again');
    case 'StartByHand':
      return t('Clock started by hand');
    case 'StopByHand':
      return t('Clock stopped by hand');
    case 'CancelByHand':
      return t('Hand clock taken back');
    case 'EnterScore':
      return t('Score');
    case 'AddPracticeRun':
      return t('Practice run');
    case 'StepAside':
      return t('Sheet handed to another judge');
    case 'AddPracticeMatch':
      return t('Practice match');
    case 'SwapRuns':
    case 'SwapMatches':
      return t('Places exchanged');
    case 'CallReferee':
      return t('Chief judge called');
    case 'AnswerEscalation':
      return t('Call answered');
    case 'SettleDisputes':
      return t('Left as the other tablet has it');
    case 'SettleSheets':
      return t('Two sheets settled');
    case 'CorrectScore':
    case 'CorrectMatch':
      return t('Correction');
    case 'OpenMatch':
      return t('Match opened');
    case 'CloseMatch':
      return t('Match taken off the field');
    case 'ShowBouts':
      return t('Bouts shown');
    case 'EnterMatch':
      return t('Match result');
    case 'SetPartnerAbsent':
      return t('Partners who are not there');
    case 'GiveWalkover':
      return t('Walkover');
  }
}
