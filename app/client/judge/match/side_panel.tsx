/** One side of the match: who it is, its score, and large buttons for what can happen to it. */

import type { JSX } from 'preact';

import { sideNumber } from '../../feed/alliances';
import { numberText, t } from '../../feed/i18n';
import { isClosed } from '../../rules/head_to_head';
import { SideMark, type SideAt } from '../../tokens/side_mark';
import { Icon } from '../widgets/icon';
import {
  faultsOf,
  inBout,
  inLastBout,
  withDecision,
  withFault,
  withPoints,
  withWinner,
} from './draft';
import type { MatchParts } from './match_page';
import type { Tap } from './rest';

type SideProps = MatchParts & { readonly at: SideAt };

export function SidePanel(props: SideProps): JSX.Element | null {
  const { match, outcome, at } = props;
  const side = match.sides[at];
  if (!side) return null;
  return (
    <section class={`side side-${at} ${outcome.winner === side.id ? 'side-winner' : ''}`} data-testid={`side-${at}`}>
      <header class="side-head">
        <p class="side-label">
          <SideMark at={at} /> {at === 0 ? t('Left') : t('Right')} · {sideNumber(side)}
        </p>
        <h2>{side.team}</h2>
      </header>
      <p class="side-score figures" data-testid={`score-${at}`}>
        {numberText(outcome.score[at])}
      </p>
      <Buttons {...props} id={side.id} />
    </section>
  );
}

function Buttons(props: SideProps & { id: string }): JSX.Element | null {
  const { ruleset, outcome } = props;
  const rules = ruleset.match;
  if (!rules) return null;
  if (outcome.status === 'to_decide' || outcome.bouts.at(-1)?.by === 'to_decide') return <Decide {...props} />;
  return (
    <div class="side-buttons">
      {rules.decided_by === 'score' ? <Goals {...props} /> : <BoutWon {...props} />}
      {rules.warnings_to_loss === null ? null : (
        <Fault {...props} kind="warnings" limit={rules.warnings_to_loss} word={t('Warning')} />
      )}
      {rules.false_starts_to_loss === null ? null : (
        <Fault {...props} kind="false_starts" limit={rules.false_starts_to_loss} word={t('False start')} />
      )}
    </div>
  );
}

/** Taps that change the bout under way, each with the time it was made. */
function useBout({ match, editor, outcome }: MatchParts) {
  return (tap: Tap, { timeStamp }: Event, change: Parameters<typeof inBout>[2]): void =>
    editor.tap(match, tap, timeStamp, (old) => inBout(old, outcome, change));
}

function BoutWon(props: SideProps & { id: string }): JSX.Element {
  const tapped = useBout(props);
  const isResting = props.editor.rest.resting.value.has('bout') && !isClosed(props.outcome);
  return (
    <button
      class={`bout-button bout-button-${props.at}`}
      data-testid={`bout-${props.at}`}
      disabled={isClosed(props.outcome)}
      aria-disabled={isResting}
      onClick={(click) => tapped('bout', click, withWinner(props.id))}
    >
      {isResting ? <Icon name="check" /> : <SideMark at={props.at} />}{' '}
      {isResting ? t('Bout counted') : t('Won the bout')}
    </button>
  );
}

function Goals({ match, ruleset, editor, at, id }: SideProps & { id: string }): JSX.Element | null {
  if (ruleset.fields.length > 0) return null;
  const add = (by: number) => (): void =>
    editor.changeAndShow(match, (old) => inLastBout(old, withPoints(id, by)));
  return (
    <div class="side-goals">
      <button class={`bout-button bout-button-${at}`} data-testid={`goal-${at}`} onClick={add(1)}>
        <SideMark at={at} /> +1
      </button>
      <button class="button" data-testid={`goal-off-${at}`} onClick={add(-1)}>
        −1
      </button>
    </div>
  );
}

function Fault(
  props: SideProps & { id: string; kind: 'warnings' | 'false_starts'; limit: number; word: string },
): JSX.Element {
  const { draft, outcome, at, id, kind, limit, word } = props;
  const count = faultsOf(draft, kind, id);
  const tapped = useBout(props);
  const { resting } = props.editor.rest;
  const isResting = resting.value.has('bout') || resting.value.has(`${kind} ${id}`);
  return (
    <button
      class="button fault-button"
      data-testid={`${kind}-${at}`}
      data-count={count}
      disabled={isClosed(outcome)}
      aria-disabled={isResting && !isClosed(outcome)}
      onClick={(click) => tapped(`${kind} ${id}`, click, withFault(kind, id))}
    >
      <Icon name={kind === 'warnings' ? 'warning' : 'flag'} /> {word}
      <span class="fault-count figures">{t('{n} of {of}', { n: count % limit, of: limit })}</span>
    </button>
  );
}

function Decide({ match, editor, outcome, at, id }: SideProps & { id: string }): JSX.Element {
  return (
    <button
      class={`bout-button bout-button-${at}`}
      data-testid={`decide-${at}`}
      onClick={({ timeStamp }) => editor.tap(match, 'decision', timeStamp, (old) => withDecision(old, outcome, id))}
    >
      <SideMark at={at} /> {t('Decide for this side')}
    </button>
  );
}
