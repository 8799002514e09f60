/** The matches of my field's queue: who meets whom, how it stands, and the one thing to do with it. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import type { Match } from '../../feed/matches';
import { needsPerson } from '../outbox/item';
import { show } from '../route';
import { draftKey } from '../store/drafts';
import { useTablet, type Tablet } from '../tablet';
import { ArrivalMarks } from '../widgets/arrival_marks';
import { Icon } from '../widgets/icon';
import { Chip, CommandStatus, RunStatusChip } from '../widgets/status';
import { SideMark } from '../../tokens/side_mark';
import { PlannedStart } from '../widgets/planned_start';
import { clockText, inWords } from '../words';
import { openMatch, sidesText } from './commands';
import { waitingResult } from './editor';
import { mayCompare } from './match_ways';
import { MatchRowWays } from './row_ways';
import { listText, scoreText, subtitleText, walkoverText } from './words';

export function MatchRows({ matches }: { matches: readonly Match[] }): JSX.Element | null {
  const tablet = useTablet();
  const isKept = (match: Match): boolean => waitingResult(tablet.outbox.items.value, match) !== undefined;
  const standing = matches.filter((match) => !match.called_off && match.replaced_by === null);
  const kept = standing.filter(isKept);
  const open = standing.filter((match) => !match.is_over && !isKept(match));
  const onField = open.filter((match) => match.armed);
  const waiting = open.filter((match) => !match.armed);
  const next = onField[0] ?? waiting[0];
  return (
    <>
      <Rows title={t('Scored here, not confirmed yet')} matches={kept} />
      <Rows title={t('Match on the field')} matches={onField} next={next} />
      <Rows title={t('Next matches')} matches={waiting} next={next} canSwap />
      <Rows title={t('Matches decided')} matches={standing.filter((match) => match.is_over && !isKept(match))} />
    </>
  );
}

interface RowsProps {
  readonly title: string;
  readonly matches: readonly Match[];
  readonly next?: Match | undefined;
  readonly canSwap?: boolean;
}

function Rows({ title, matches, next, canSwap = false }: RowsProps): JSX.Element | null {
  if (matches.length === 0) return null;
  return (
    <section class="group">
      <h2>{title}</h2>
      <ol class="queue">
        {matches.map((match) => (
          <MatchRow
            key={match.id}
            match={match}
            isNext={match === next}
            {...(canSwap ? { others: matches.filter((other) => other !== match && isUnbegun(other)) } : {})}
          />
        ))}
      </ol>
    </section>
  );
}

function isUnbegun(match: Match): boolean {
  return match.bouts.length === 0;
}

interface RowProps {
  readonly match: Match;
  readonly isNext: boolean;
  /** Those that a waiting one may change places with. */
  readonly others?: readonly Match[];
}

function MatchRow({ match, isNext, others }: RowProps): JSX.Element {
  const isWide = useSignal(false);
  const tablet = useTablet();
  const kept = waitingResult(tablet.outbox.items.value, match);
  const account = tablet.session.me.value?.account.id ?? '';
  const isBegun = tablet.drafts.begun.value.has(draftKey(account, match.target));
  const correcting = match.is_over || kept !== undefined;
  return (
    <li
      class={`queue-row ${match.armed ? 'queue-row-on' : ''}`}
      data-testid="match-row"
      data-match={match.id}
      data-status={match.status}
    >
      <span class="queue-number figures">{listText(match)}</span>
      <div class="queue-who">
        {match.sides.map((side, at) => (
          <strong key={side.id} class={match.winner === side.id ? 'match-winner' : ''}>
            <SideMark at={at === 0 ? 0 : 1} /> {side.team}
          </strong>
        ))}
        <span>{subtitleText(match)}</span>
        <span class="queue-division">{inWords(tablet.queue.value?.data.divisions[match.division]?.name)}</span>
      </div>
      <div class="queue-state">
        {kept ? (
          <CommandStatus item={kept} mine={kept.madeBy.account === account} />
        ) : (
          <RunStatusChip status={match.status} />
        )}
        {match.planned_at_utc && match.planned_clock && !match.is_over ? (
          <PlannedStart atUtc={match.planned_at_utc} time={match.planned_clock} counts={isNext} />
        ) : null}
        {isBegun ? <Chip tone="warn" icon="edit" word={t('Sheet begun')} testid="sheet-begun" /> : null}
        <MatchMarks match={match} />
      </div>
      <div class="queue-buttons">
        {others && isUnbegun(match) ? (
          <button
            class="button button-quiet"
            data-testid="row-more"
            aria-expanded={isWide.value}
            aria-label={t('More for {team}', { team: sidesText(match) })}
            onClick={() => (isWide.value = !isWide.value)}
          >
            <Icon name={isWide.value ? 'cross' : 'more'} />
          </button>
        ) : null}
        {kept && mayCompare(kept) ? (
          <button
            class="button button-main"
            data-testid="match-settle"
            onClick={() => show({ kind: 'settle', command: kept.id })}
          >
            <Icon name="compare" /> {t('Compare')}
          </button>
        ) : (
          <button
            class={`button ${isNext || (kept && needsPerson(kept)) ? 'button-main' : ''}`}
            data-testid={correcting ? 'match-correct' : 'match-open'}
            onClick={() => void open(tablet, match, correcting)}
          >
            {correcting ? t('Correct') : match.armed ? t('Sheet') : t('Open')}
          </button>
        )}
      </div>
      {others && isWide.value ? <MatchRowWays match={match} others={others} done={() => (isWide.value = false)} /> : null}
    </li>
  );
}

/** What is special about a match: who is not there for it, how it was called, and what came of it. */
function MatchMarks({ match }: { match: Match }): JSX.Element {
  const isCalled = match.called_at_utc !== null && !match.is_over;
  const refused = Object.values(match.captains ?? {}).includes('refused');
  return (
    <>
      {match.is_over
        ? null
        : match.sides.map((side, at) => (
            <ArrivalMarks key={side.id} arrival={match.arrivals?.[at] ?? null} team={side.team} />
          ))}
      {match.practice === true ? <Chip tone="calm" icon="edit" word={t('Practice')} testid="practice" /> : null}
      {match.replay_of ? <Chip tone="calm" icon="undo" word={t('Held again')} testid="replay" /> : null}
      {isCalled ? (
        <Chip
          tone="busy"
          icon="flag"
          word={t('Called at {time}', { time: clockText(Date.parse(match.called_at_utc)) })}
          testid="called"
        />
      ) : null}
      {match.score.length > 0 ? <span class="queue-result figures">{scoreText(match.score)}</span> : null}
      {match.walkover ? <Chip tone="calm" icon="flag" word={walkoverText(match)} testid="walkover" /> : null}
      {refused ? <Chip tone="warn" icon="hand" word={t('Refused to sign')} /> : null}
      {(match.disputes?.length ?? 0) > 0 ? (
        <Chip tone="bad" icon="compare" word={t('Another tablet says otherwise')} testid="disputed" />
      ) : null}
      {match.corrected ? <Chip tone="calm" icon="edit" word={t('Corrected')} /> : null}
    </>
  );
}

/** Put the match on its field, unless it is there, and show its sheet; it opens whatever becomes of the command. */
async function open(tablet: Tablet, match: Match, correcting: boolean): Promise<void> {
  show({ kind: 'match', match: match.id });
  if (!correcting && !match.armed) await tablet.keep(openMatch(match));
}
