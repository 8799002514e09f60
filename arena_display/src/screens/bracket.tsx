/** Groups and brackets of a division, page by page: who met, who won, who comes where. */

import { useEffect, useState } from 'preact/hooks';
import type { Feed } from '../../../app/client/feed/feed';
import { named, t } from '../../../app/client/feed/i18n';
import { roundText } from '../../../app/client/feed/match_words';
import type { BracketSlot, ContestData } from '../../../app/client/feed/matches';
import { SideMark } from '../../../app/client/tokens/side_mark';
import { matchesTopic } from '../address';
import { bracketPages } from '../bracket_pages';
import { Heading } from '../widgets/heading';
import { sideText } from '../widgets/match_words';
import { Message } from '../widgets/message';
import { Frozen } from '../widgets/state_word';
import { GroupsBoard } from './groups_board';

const PAGE_FOR_MS = 8_000;
const COLUMNS_WIDE = 2;

interface Props {
  readonly feed: Feed;
  readonly slug: string;
  readonly code: string;
  /** Called when every page has been seen. */
  readonly onSeen?: () => void;
}

export function BracketScreen({ feed, slug, code, onSeen }: Props) {
  const topic = matchesTopic(slug, code);
  const data = feed.topic<ContestData>(topic).value?.data;
  if (feed.refused.value[topic]) return <Message text={t('There is no such division.')} />;
  if (!data) return <Message text={t('Waiting for the server …')} />;
  if (!data.drawn) return <Message title={named(data.division.name)} text={t('The matches are not drawn yet.')} />;
  const bracket = data.phases.findLast((phase) => phase.bracket !== null)?.bracket;
  if (!bracket) return <GroupsBoard data={data} onSeen={onSeen} />;
  return <BracketShown data={data} bracket={bracket} onSeen={onSeen} />;
}

interface BracketProps {
  readonly data: ContestData;
  readonly bracket: readonly BracketSlot[];
  readonly onSeen: (() => void) | undefined;
}

function BracketShown({ data, bracket, onSeen }: BracketProps) {
  const pages = bracketPages(bracket, innerHeight > innerWidth ? 1 : COLUMNS_WIDE);
  const [turns, setTurns] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => {
      setTurns(turns + 1);
      if (turns + 1 >= pages.length) onSeen?.();
    }, PAGE_FOR_MS);
    return () => clearTimeout(timer);
  }, [turns, pages.length]);
  const at = turns % Math.max(1, pages.length);
  const columns = pages[at] ?? [];
  return (
    <main class="contest" data-testid="contest">
      <ContestHeading data={data} page={pages.length > 1 ? `${at + 1}/${pages.length}` : ''} />
      <div class="bracket" style={{ '--columns': columns.length }} data-testid="bracket">
        {columns.map((slots) => (
          <ol class="bracket-column" key={slots[0]?.slot}>
            {slots.map((slot) => (
              <Slot key={slot.slot} slot={slot} />
            ))}
          </ol>
        ))}
      </div>
    </main>
  );
}

export function ContestHeading({ data, page }: { data: ContestData; page: string }) {
  const phase = data.phases.at(-1);
  return (
    <Heading left={[named(data.division.name), named(phase?.label)].filter(Boolean).join(' · ')} right={page}>
      {data.frozen_at_utc && <Frozen atUtc={data.frozen_at_utc} />}
      {phase?.champion && (
        <span class="contest-champion" data-testid="champion">
          {t('Winner: {team}', { team: phase.champion.team })}
        </span>
      )}
    </Heading>
  );
}

function Slot({ slot }: { slot: BracketSlot }) {
  return (
    <li class="slot" data-testid="slot" data-slot={slot.slot} data-status={slot.status}>
      <p class="slot-round">
        {roundText({ part: slot.part, round: slot.round, group: null })} · {slot.slot}
      </p>
      {slot.sides.map((side, at) => {
        const won = slot.winner !== null && slot.winner === side.entry?.id;
        return (
          <p key={at} class={`slot-side ${won ? 'slot-won' : ''} ${side.entry ? '' : 'slot-open'}`}>
            <SideMark at={at === 0 ? 0 : 1} />
            <span class="slot-team">{sideText(side)}</span>
            {slot.best_of > 1 && side.entry && <b class="figures">{side.wins}</b>}
            {won && <span aria-label={t('won')}>✔</span>}
          </p>
        );
      })}
    </li>
  );
}
