/** The matches of my field's queue: who meets whom, how it stands, and the one thing to do with it. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import type { Match } from '../../feed/matches';
import { needsPerson } from '../outbox/item';
import { show } from '../route';
import { draftKey } from '../store/drafts';
import { useTablet, type Tablet } from '../tablet';
import { Chip, CommandStatus, RunStatusChip } from '../widgets/status';
import { SideMark } from '../../tokens/side_mark';
import { inWords } from '../words';
import { openMatch } from './commands';
import { waitingResult } from './editor';
import { placeText, scoreText } from './words';

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
      <Rows title={t('Next matches')} matches={waiting} next={next} />
      <Rows title={t('Matches decided')} matches={standing.filter((match) => match.is_over && !isKept(match))} />
    </>
  );
}

function Rows(props: { title: string; matches: readonly Match[]; next?: Match | undefined }): JSX.Element | null {
  if (props.matches.length === 0) return null;
  return (
    <section class="group">
      <h2>{props.title}</h2>
      <ol class="queue">
        {props.matches.map((match) => (
          <MatchRow key={match.id} match={match} isNext={match === props.next} />
        ))}
      </ol>
    </section>
  );
}

function MatchRow({ match, isNext }: { match: Match; isNext: boolean }): JSX.Element {
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
      <span class="queue-number figures">{match.number}</span>
      <div class="queue-who">
        {match.sides.map((side, at) => (
          <strong key={side.id} class={match.winner === side.id ? 'match-winner' : ''}>
            <SideMark at={at === 0 ? 0 : 1} /> {side.team}
          </strong>
        ))}
        <span>{placeText(match)}</span>
        <span class="queue-division">{inWords(tablet.queue.value?.data.divisions[match.division]?.name)}</span>
      </div>
      <div class="queue-state">
        {kept ? (
          <CommandStatus item={kept} mine={kept.madeBy.account === account} />
        ) : (
          <RunStatusChip status={match.status} />
        )}
        {isBegun ? <Chip tone="warn" icon="edit" word={t('Sheet begun')} testid="sheet-begun" /> : null}
        {match.score.length > 0 ? <span class="queue-result figures">{scoreText(match.score)}</span> : null}
        {match.walkover ? <Chip tone="calm" icon="flag" word={t('Walkover')} /> : null}
        {match.corrected ? <Chip tone="calm" icon="edit" word={t('Corrected')} /> : null}
      </div>
      <button
        class={`button ${isNext || (kept && needsPerson(kept)) ? 'button-main' : ''}`}
        data-testid={correcting ? 'match-correct' : 'match-open'}
        onClick={() => void open(tablet, match, correcting)}
      >
        {correcting ? t('Correct') : match.armed ? t('Sheet') : t('Open')}
      </button>
    </li>
  );
}

/** Put the match on its field, unless it is there, and show its sheet; it opens whatever becomes of the command. */
async function open(tablet: Tablet, match: Match, correcting: boolean): Promise<void> {
  show({ kind: 'match', match: match.id });
  const maker = tablet.session.maker();
  if (!correcting && !match.armed && maker) await tablet.outbox.add(openMatch(match), maker).catch(() => undefined);
}
