/** A conflict being settled, of a run or of a match: both sides by side, and for each difference whose value holds. */

import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';

import { t, tn } from '../../feed/i18n';
import { lettingStand, type OutboxItem, type Wish } from '../outbox/item';
import { show } from '../route';
import { useTablet, type Tablet } from '../tablet';
import { clockText } from '../words';
import { Icon } from '../widgets/icon';
import { Notice } from '../widgets/notices';
import { ScoreUnkept } from '../widgets/unkept';
import type { Side } from './difference';
import { SHORTEST_REASON } from './readiness';
import { ReasonField } from './reason_entry';

/** One thing on which the two differ, in words. */
export interface Differing {
  readonly id: string;
  readonly label: string;
  readonly mine: string;
  readonly theirs: string;
}

/** Whose value holds, by the difference's id; none where nobody chose yet: neither is taken by keeping silent. */
export type Sides = Readonly<Record<string, Side>>;

interface SettlingProps {
  readonly head: JSX.Element;
  /** What somebody else did meanwhile, and when. */
  readonly sentence: string;
  /** Said where nothing differs. */
  readonly same: string;
  readonly differing: readonly Differing[];
  /** The reason that was given already. */
  readonly reason: string;
  /** What comes of the choices. */
  readonly outcome?: (chosen: Sides) => ComponentChildren;
  /** What keeps the choices from being sent once all are made, in words. */
  readonly obstacle?: (chosen: Sides) => string | null;
  readonly item: OutboxItem;
  /** What was chosen as a correction of theirs. */
  readonly correction: (chosen: Sides, reason: string) => Wish;
}

export function Settling(props: SettlingProps): JSX.Element {
  const { differing, item } = props;
  const tablet = useTablet();
  const chosen = useSignal<Sides>({});
  const reason = useSignal(props.reason);
  const failed = useSignal(false);
  const busy = useSignal(false);
  const open = differing.filter((one) => chosen.value[one.id] === undefined).length;
  const takesMine = differing.some((one) => chosen.value[one.id] === 'mine');
  const obstacle = takesMine && open === 0 ? (props.obstacle?.(chosen.value) ?? null) : null;
  const isUnsaid = takesMine && reason.value.trim().length < SHORTEST_REASON;
  const all = (side: Side): void => {
    chosen.value = Object.fromEntries(differing.map((one) => [one.id, side]));
  };
  const finish = async (): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    // Whatever was chosen is in the log: a correction, or that theirs stands.
    failed.value = !(await tablet.keep(takesMine ? props.correction(chosen.value, reason.value) : lettingStand(item)));
    busy.value = false;
    if (!failed.value) show({ kind: 'outbox' }, true);
  };
  return (
    <main class="settle-page">
      {props.head}
      <Notice tone="warn" icon="compare">
        {props.sentence}
      </Notice>
      {differing.length === 0 ? <p class="empty-line">{props.same}</p> : null}
      <div class="settle-all">
        <button class="button" data-testid="keep-mine" onClick={() => all('mine')}>
          {t('All mine')}
        </button>
        <button class="button" data-testid="take-theirs" onClick={() => all('theirs')}>
          {t('All theirs')}
        </button>
      </div>
      {differing.map((one) => (
        <Pair
          key={one.id}
          {...one}
          side={chosen.value[one.id] ?? null}
          choose={(side) => (chosen.value = { ...chosen.value, [one.id]: side })}
        />
      ))}
      {open === 0 ? props.outcome?.(chosen.value) : null}
      {takesMine ? <ReasonField reason={reason.value} set={(words) => (reason.value = words)} /> : null}
      {obstacle ? (
        <Notice tone="bad" testid="obstacle">
          {obstacle}
        </Notice>
      ) : null}
      {failed.value ? <ScoreUnkept /> : null}
      <footer class="action-bar">
        {open > 0 ? (
          <span class="total-open">{tn('{n} difference is open', '{n} differences are open', open)}</span>
        ) : null}
        <button
          class="button button-main"
          data-testid="settle-done"
          disabled={open > 0 || isUnsaid || obstacle !== null || busy.value}
          onClick={() => void finish()}
        >
          <Icon name="check" /> {takesMine ? t('Send the correction') : t('Leave theirs as it is')}
        </button>
      </footer>
    </main>
  );
}

function Pair(props: Differing & { side: Side | null; choose: (side: Side) => void }): JSX.Element {
  const option = (side: Side, word: string, value: string): JSX.Element => (
    <button
      class="choice pair-side"
      aria-pressed={props.side === side}
      data-testid={`settle-${props.id}-${side}`}
      onClick={() => props.choose(side)}
    >
      <span class="pair-whose">{word}</span>
      <strong>{value}</strong>
    </button>
  );
  return (
    <section class="field">
      <header class="field-head">
        <h3>{props.label}</h3>
      </header>
      <div class="choices choices-two">
        {option('mine', t('Mine'), props.mine)}
        {option('theirs', t('Theirs'), props.theirs)}
      </div>
    </section>
  );
}

/** Where there is nothing to settle: somebody did meanwhile, or it was not this. */
export function Settled(): JSX.Element {
  return (
    <main class="empty">
      <h1>{t('There is nothing to settle here')}</h1>
      <button class="button" onClick={() => show({ kind: 'outbox' })}>
        <Icon name="back" /> {t('What is kept here')}
      </button>
    </main>
  );
}

/** Who was first, and when. */
export function firstOf(tablet: Tablet, item: OutboxItem): { name: string; time: string } {
  const last = item.receipt?.changed.at(-1);
  return {
    name: tablet.session.nameOf(last?.by ?? ''),
    time: last ? clockText(Date.parse(last.at_utc)) : '',
  };
}

/** The conflict a command of this tablet is in, or null where it is in none. */
export function useConflict(commandId: string): OutboxItem | null {
  const item = useTablet().outbox.items.value.find((one) => one.id === commandId);
  return item?.state === 'conflict' ? item : null;
}
