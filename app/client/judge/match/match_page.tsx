/** The head-to-head sheet: a column for each side with what can happen to it, the bout's clock, and the bouts so far. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import type { Match } from '../../feed/matches';
import { isClosed, type Outcome } from '../../rules/head_to_head';
import type { Ruleset } from '../../rules/types';
import { show } from '../route';
import { useTablet } from '../tablet';
import { ArrivalMarks } from '../widgets/arrival_marks';
import { Icon } from '../widgets/icon';
import { Notice } from '../widgets/notices';
import { firstUnread } from '../widgets/unread';
import { Absent } from './absent';
import { AbsentPartners } from './absent_partners';
import { BoutClock } from './bout_clock';
import { BoutList } from './bout_list';
import { Countdowns } from './countdowns';
import { MatchHead } from './match_head';
import { isSheetWhole, outcomeOf, sidesOf, timedOut, undone, inBout, withoutLastBout, type MatchDraft } from './draft';
import { useMatch, type MatchEditor, type OpenedMatch } from './editor';
import { ScoreFields } from './score_fields';
import { SidePanel } from './side_panel';
import { scoreText, stateText } from './words';

export interface MatchParts {
  readonly match: Match;
  readonly ruleset: Ruleset;
  readonly editor: MatchEditor;
  readonly draft: MatchDraft;
  readonly outcome: Outcome;
}

export function MatchPage({ matchId }: { matchId: string }): JSX.Element {
  const opened = useMatch(matchId);
  return opened ? <Sheet {...opened} /> : <MatchMissing matchId={matchId} />;
}

function Sheet({ match, ruleset, editor }: OpenedMatch): JSX.Element {
  const draft = editor.draft.value;
  const outcome = outcomeOf(ruleset, sidesOf(match), draft);
  const parts = { match, ruleset, editor, draft, outcome };
  const hasFields = ruleset.fields.length > 0;
  return (
    <main class="match-page">
      <MatchHead match={match} back={{ kind: 'queue' }} />
      {editor.isUnkept.value ? (
        <Notice tone="bad" testid="draft-unkept">
          {t('The last tap could not be kept on this tablet. Confirm the match now, or free some space.')}
        </Notice>
      ) : null}
      <NotReady match={match} />
      <BoutClock {...parts} />
      {draft.kind === 'enter' ? <Countdowns {...parts} /> : null}
      <p class="match-state" data-testid="match-state" data-status={outcome.status} aria-live="polite">
        {stateText(outcome, ruleset.match?.decided_by === 'score')}
      </p>
      <div class="match-sides">
        <SidePanel {...parts} at={0} />
        <SidePanel {...parts} at={1} />
      </div>
      {hasFields ? <ScoreFields {...parts} /> : <TimeOut {...parts} />}
      <BoutList
        match={match}
        draft={draft}
        outcome={outcome}
        takeOut={() => editor.takeBack(match, withoutLastBout)}
      />
      <AbsentPartners match={match} />
      <Absent {...parts} />
      <ActionBar {...parts} />
    </main>
  );
}

/** What keeps either side from starting, said before anybody starts. */
function NotReady({ match }: { match: Match }): JSX.Element | null {
  if (match.is_over || match.bouts.length > 0 || !match.arrivals) return null;
  return (
    <p class="match-not-ready">
      {match.sides.map((side, at) => (
        <ArrivalMarks key={side.id} arrival={match.arrivals?.[at] ?? null} team={side.team} />
      ))}
    </p>
  );
}

/** A bout whose time ran out without a winner; what follows is the rules' matter. */
function TimeOut({ match, editor, outcome, ruleset }: MatchParts): JSX.Element | null {
  if (isClosed(outcome) || outcome.status === 'to_decide') return null;
  if (ruleset.match?.decided_by === 'score') return null;
  return (
    <button
      class="button match-time-out"
      data-testid="time-out"
      aria-disabled={editor.rest.resting.value.has('bout')}
      onClick={({ timeStamp }) => editor.tap(match, 'time_out', timeStamp, (old) => inBout(old, outcome, timedOut))}
    >
      <Icon name="clock" /> {t('Time is over, nobody won the bout')}
    </button>
  );
}

function ActionBar({ match, ruleset, editor, draft, outcome }: MatchParts): JSX.Element {
  const isRead = firstUnread.value === null;
  const mayReview = isRead && isClosed(outcome) && draft.bouts.every((bout) => isSheetWhole(ruleset, bout));
  return (
    <footer class="action-bar">
      <button
        class="button"
        data-testid="undo"
        disabled={draft.past.length === 0}
        onClick={() => editor.takeBack(match, undone)}
      >
        <Icon name="undo" /> {t('Undo')}
      </button>
      <strong class="match-total figures" data-testid="match-score">
        {scoreText(outcome.score)}
      </strong>
      <button
        class="button button-main"
        data-testid="review"
        disabled={!mayReview}
        onClick={() => show({ kind: 'match_review', match: match.id })}
      >
        {t('Review')}
      </button>
    </footer>
  );
}

export function MatchMissing({ matchId }: { matchId: string }): JSX.Element {
  const tablet = useTablet();
  const match = tablet.match(matchId);
  return (
    <main class="empty">
      <h1>{match ? match.sides.map((side) => side.team).join(' – ') : t('This match is not in your queue')}</h1>
      {match && !tablet.rulesetOf(match) ? (
        <p>
          {t(
            'The rules of this division are not on this tablet yet. They are fetched as soon as the server answers.',
          )}
        </p>
      ) : null}
      <button class="button" onClick={() => show({ kind: 'queue' })}>
        <Icon name="back" /> {t('To the queue')}
      </button>
    </main>
  );
}
