/** One side of the match: who it is, its score, and large buttons for what can happen to it. */

import type { JSX } from 'preact';

import { numberText, t } from '../../feed/i18n';
import { isClosed } from '../../rules/head_to_head';
import { SideMark, type SideAt } from '../../tokens/side_mark';
import { Icon } from '../widgets/icon';
import {
  faultsOf,
  inBout,
  inLastBout,
  outcomeOf,
  sidesOf,
  withClockOf,
  withDecision,
  withFault,
  withPoints,
  withWinner,
  type MatchDraft,
} from './draft';
import type { MatchParts } from './match_page';
import { useTablet } from '../tablet';

type SideProps = MatchParts & { readonly at: SideAt };

export function SidePanel(props: SideProps): JSX.Element | null {
  const { match, outcome, at } = props;
  const side = match.sides[at];
  if (!side) return null;
  return (
    <section class={`side side-${at} ${outcome.winner === side.id ? 'side-winner' : ''}`} data-testid={`side-${at}`}>
      <header class="side-head">
        <p class="side-label">
          <SideMark at={at} /> {at === 0 ? t('Left') : t('Right')} · № {side.number}
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

/** Changes the bout under way; whatever ends it stops its clock. */
function useBout({ match, ruleset, editor, outcome }: MatchParts) {
  const { live } = useTablet();
  return (change: Parameters<typeof inBout>[2]): void =>
    editor.changeAndShow(match, (old) => {
      const next = inBout(old, outcome, change);
      return next === old ? old : withClockOf(next, outcomeOf(ruleset, sidesOf(match), next), live.serverNowMs());
    });
}

function BoutWon(props: SideProps & { id: string }): JSX.Element {
  const change = useBout(props);
  return (
    <button
      class={`bout-button bout-button-${props.at}`}
      data-testid={`bout-${props.at}`}
      disabled={isClosed(props.outcome)}
      onClick={() => change(withWinner(props.id))}
    >
      <SideMark at={props.at} /> {t('Won the bout')}
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
  const change = useBout(props);
  return (
    <button
      class="button fault-button"
      data-testid={`${kind}-${at}`}
      data-count={count}
      disabled={isClosed(outcome)}
      onClick={() => change(withFault(kind, id))}
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
      onClick={() => editor.changeAndShow(match, (old: MatchDraft) => withDecision(old, outcome, id))}
    >
      <SideMark at={at} /> {t('Decide for this side')}
    </button>
  );
}
