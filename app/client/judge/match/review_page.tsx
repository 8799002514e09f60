/** The last look at a match before it is confirmed: who won, bout by bout, and why it is corrected if it is. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { isClosed } from '../../rules/head_to_head';
import { SideMark } from '../../tokens/side_mark';
import { show } from '../route';
import { CaptainEntry } from '../sheet/captain_entry';
import { SHORTEST_REASON } from '../sheet/readiness';
import { ReasonField } from '../sheet/reason_entry';
import { useTablet, type Tablet } from '../tablet';
import { Icon } from '../widgets/icon';
import { Notice } from '../widgets/notices';
import { ScoreUnkept } from '../widgets/unkept';
import { BoutList } from './bout_list';
import { enterMatch } from './commands';
import { isRefusalUnsaid, outcomeOf, sidesOf, withSideCaptain } from './draft';
import { useMatch, type OpenedMatch } from './editor';
import { MatchHead } from './match_head';
import { MatchMissing } from './match_page';
import { scoreText } from './words';

export function MatchReviewPage({ matchId }: { matchId: string }): JSX.Element {
  const opened = useMatch(matchId);
  return opened ? <Review {...opened} /> : <MatchMissing matchId={matchId} />;
}

function Review(opened: OpenedMatch): JSX.Element {
  const { match, ruleset, editor } = opened;
  const tablet = useTablet();
  const failed = useSignal(false);
  const busy = useSignal(false);
  const draft = editor.draft.value;
  const outcome = outcomeOf(ruleset, sidesOf(match), draft);
  const needsReason = draft.kind === 'correct' && draft.reason.trim().length < SHORTEST_REASON;
  const confirm = async (): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    failed.value = !(await confirmMatch(tablet, opened));
    busy.value = false;
  };
  const winner = match.sides.findIndex((side) => side.id === outcome.winner);
  return (
    <main class="review-page">
      <MatchHead match={match} back={{ kind: 'match', match: match.id }} />
      <section class="match-verdict" data-testid="match-verdict">
        {winner === 0 || winner === 1 ? (
          <h2>
            <SideMark at={winner} /> {t('{team} wins', { team: match.sides[winner]?.team ?? '' })}
          </h2>
        ) : (
          <h2>{t('Drawn')}</h2>
        )}
        <p class="side-score figures">{scoreText(outcome.score)}</p>
        <p>{match.sides.map((side) => side.team).join(' – ')}</p>
      </section>
      <BoutList match={match} draft={draft} outcome={outcome} />
      {draft.kind === 'correct' ? (
        <ReasonField reason={draft.reason} set={(reason) => editor.change((old) => ({ ...old, reason }))} />
      ) : (
        <input
          class="text-entry"
          maxLength={2000}
          value={draft.note}
          data-testid="match-note"
          placeholder={t('Note')}
          aria-label={t('Note')}
          onInput={(input) => {
            const note = input.currentTarget.value;
            editor.change((old) => ({ ...old, note }));
          }}
        />
      )}
      {draft.kind === 'enter' ? (
        <div class="match-captains">
          {match.sides.map((side) => (
            <CaptainEntry
              key={side.id}
              team={side.team}
              captain={draft.captains?.[side.id] ?? null}
              set={(next) => editor.change((old) => withSideCaptain(old, side.id, next))}
            />
          ))}
        </div>
      ) : null}
      {isRefusalUnsaid(draft) ? (
        <Notice tone="warn" testid="refusal-unsaid">
          {t('Write down why the captain refuses to sign.')}
        </Notice>
      ) : null}
      {failed.value ? <ScoreUnkept /> : null}
      <footer class="action-bar">
        <button class="button" data-testid="edit" onClick={() => show({ kind: 'match', match: match.id })}>
          <Icon name="edit" /> {t('Change')}
        </button>
        <button
          class="button button-main"
          data-testid="confirm"
          disabled={!isClosed(outcome) || needsReason || isRefusalUnsaid(draft) || busy.value}
          onClick={() => void confirm()}
        >
          <Icon name="check" /> {t('Confirm')}
        </button>
      </footer>
    </main>
  );
}

/** Keep the command first; only then let go of the draft. False if it could not be kept. */
async function confirmMatch(tablet: Tablet, { match, editor }: OpenedMatch): Promise<boolean> {
  if (!(await tablet.keep(enterMatch(match, editor.draft.peek())))) return false;
  await editor.drop().catch(() => undefined); // a draft left over is offered again, never sent by itself
  show({ kind: 'queue' }, true);
  return true;
}
