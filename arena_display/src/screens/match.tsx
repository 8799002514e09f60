/** Two sides against each other: names, score, bouts, faults and the clock; then who won. */

import type { Feed } from '../../../app/client/feed/feed';
import { locale, named, t } from '../../../app/client/feed/i18n';
import { placeText } from '../../../app/client/feed/match_words';
import type { Match } from '../../../app/client/feed/matches';
import type { Entry, FieldData } from '../../../app/client/feed/shapes';
import { SideMark, type SideAt } from '../../../app/client/tokens/side_mark';
import { BoutClockShown } from '../widgets/bout_clock';
import { CountdownShown } from '../widgets/countdown';
import { FromLine } from '../widgets/from';
import { Heading } from '../widgets/heading';
import { scoreText } from '../widgets/match_words';
import { Qualifiers, StatusWord } from '../widgets/state_word';
import { useFitting } from '../widgets/use_fitting';

export function MatchScreen({ feed, data, match }: { feed: Feed; data: FieldData; match: Match }) {
  const picture = useFitting([match, locale.value]);
  return (
    <main class="match" ref={picture} data-testid="match" data-status={match.status}>
      <Heading left={named(data.division?.name)} right={placeText(match)}>
        <span>{t('Field {name}', { name: data.field.name })}</span>
      </Heading>
      <div class="match-sides">
        <Side feed={feed} match={match} at={0} />
        <p class="match-versus" aria-hidden="true">
          :
        </p>
        <Side feed={feed} match={match} at={1} />
      </div>
      <Bouts match={match} />
      <Counting feed={feed} match={match} side={null} />
      {match.is_over ? <Verdict match={match} /> : <BoutClockShown feed={feed} clock={match.clock} />}
    </main>
  );
}

function Side({ feed, match, at }: { feed: Feed; match: Match; at: SideAt }) {
  const entry = match.sides[at];
  if (!entry) return null;
  const isWinner = match.is_over && match.winner === entry.id;
  return (
    <section class={`match-side match-side-${at} ${isWinner ? 'match-side-won' : ''}`} data-testid={`side-${at}`}>
      <p class="match-side-label">
        <SideMark at={at} /> {at === 0 ? t('Left') : t('Right')}
      </p>
      <p class="match-score figures" data-testid={`score-${at}`}>
        {match.walkover || match.given ? (isWinner ? '✔' : '–') : scoreText(match.score[at])}
      </p>
      <div class="team">
        <p class="name">{entry.team}</p>
        <FromLine entry={entry} />
      </div>
      <Faults match={match} entry={entry} />
      <Counting feed={feed} match={match} side={entry.id} />
    </section>
  );
}

function Faults({ match, entry }: { match: Match; entry: Entry }) {
  const count = (kind: 'warnings' | 'false_starts'): number =>
    match.bouts.reduce((sum, bout) => sum + (bout[kind][entry.id] ?? 0), 0);
  const warnings = count('warnings');
  const falseStarts = count('false_starts');
  return (
    <p class="match-faults">
      {warnings > 0 && <span data-testid="warnings">{t('Warnings: {n}', { n: warnings })}</span>}
      {falseStarts > 0 && <span data-testid="false-starts">{t('False starts: {n}', { n: falseStarts })}</span>}
    </p>
  );
}

/** What is counted against a side, or against both (null). */
function Counting({ feed, match, side }: { feed: Feed; match: Match; side: string | null }) {
  return (match.countdowns ?? [])
    .filter((one) => one.side === side)
    .map((one) => <CountdownShown key={one.id} counting={one} feed={feed} />);
}

/** A mark for every bout taken, in the shape and colour of its side, and an empty one for those that may come. */
function Bouts({ match }: { match: Match }) {
  if (match.decided_by === 'score' || match.walkover || match.given) return null;
  const open = match.is_over ? 0 : Math.max(0, match.bouts_most - match.taken.length);
  return (
    <ol class="match-bouts" data-testid="bouts">
      {match.taken.map((taken, at) => {
        const side = match.sides.findIndex((one) => one.id === taken.winner);
        return <li key={at}>{side === 0 || side === 1 ? <SideMark at={side} /> : <span class="bout-none" />}</li>;
      })}
      {Array.from({ length: open }, (_, at) => (
        <li key={`open-${at}`}>
          <span class="bout-open" />
        </li>
      ))}
    </ol>
  );
}

function Verdict({ match }: { match: Match }) {
  const at = match.sides.findIndex((side) => side.id === match.winner);
  const winner = match.sides[at];
  return (
    <div class="match-verdict" data-testid="verdict">
      <p class="match-winner">
        {winner && (at === 0 || at === 1) ? (
          <>
            <SideMark at={at} /> {t('{team} wins', { team: winner.team })}
          </>
        ) : (
          match.walkover ? t('Neither side came') : t('Drawn')
        )}
      </p>
      <p class="states">
        <StatusWord status={match.status} />
        {match.winner !== null && (match.walkover || match.given) && <span class="state">{t('Walkover')}</span>}
        <Qualifiers corrected={match.corrected} handTime={false} />
      </p>
    </div>
  );
}
