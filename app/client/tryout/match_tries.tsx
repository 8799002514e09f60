/** Matches tried bout by bout between made-up teams, ranked by the server. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { t } from '../feed/i18n';
import { inWords } from '../judge/words';
import type { Match } from '../rules/types';
import type { Content } from './content';
import { TriesRanking } from './tries_ranking';

const TEAMS = ['A', 'B', 'C', 'D'] as const;

interface TriedMatch {
  readonly sides: readonly [string, string];
  readonly bouts: readonly TriedBout[];
}

type TriedBout = { readonly winner: string } | { readonly points: Readonly<Record<string, number>> };

export function MatchTries({ content, rules }: { content: Content; rules: Match }): JSX.Element {
  const matches = useSignal<readonly TriedMatch[]>([]);
  const change = (at: number, made: TriedMatch): void => {
    matches.value = matches.value.map((match, other) => (other === at ? made : match));
  };
  const add = (): void => {
    const fresh = pairing(matches.value.length);
    matches.value = [...matches.value, { sides: fresh, bouts: [emptyBout(rules, fresh)] }];
  };
  return (
    <section class="tries" data-testid="match-tries">
      <MatchRulesShown rules={rules} />
      {matches.value.map((match, at) => (
        <MatchTry key={at} match={match} rules={rules} change={(made) => change(at, made)} />
      ))}
      <p>
        <button class="btn btn-primary" data-testid="match-add" onClick={add}>
          {t('Add a match')}
        </button>
      </p>
      {matches.value.length === 0 ? null : (
        <TriesRanking
          content={content}
          results={{ entries: TEAMS.map((id) => ({ id, attempts: [] })), matches: matches.value }}
        />
      )}
    </section>
  );
}

function MatchRulesShown({ rules }: { rules: Match }): JSX.Element {
  return (
    <ul data-testid="match-rules">
      <li>{t('Bouts in a match: {n}', { n: rules.bouts })}</li>
      {rules.target === null ? null : <li>{t('Won with: {n}', { n: rules.target })}</li>}
      {rules.bout_limit_s === null ? null : <li>{t('A bout lasts at most {n} s', { n: rules.bout_limit_s })}</li>}
      {rules.warnings_to_loss === null ? null : <li>{t('Warnings that lose a bout: {n}', { n: rules.warnings_to_loss })}</li>}
      {rules.false_starts_to_loss === null ? null : (
        <li>{t('False starts that lose a bout: {n}', { n: rules.false_starts_to_loss })}</li>
      )}
      {(rules.countdowns ?? []).map((one) => (
        <li key={one.id}>{t('Countdown: {name}, {n} s', { name: inWords(one.label), n: one.seconds })}</li>
      ))}
    </ul>
  );
}

function MatchTry(props: { match: TriedMatch; rules: Match; change: (made: TriedMatch) => void }): JSX.Element {
  const { match, rules, change } = props;
  const setBout = (at: number, bout: TriedBout): void =>
    change({ ...match, bouts: match.bouts.map((old, other) => (other === at ? bout : old)) });
  return (
    <fieldset class="match-try">
      <legend>{match.sides.join(' – ')}</legend>
      {match.bouts.map((bout, at) => (
        <div key={at} class="match-bout">
          {match.sides.map((side) =>
            'points' in bout ? (
              <label key={side}>
                {side}{' '}
                <input
                  class="form-control d-inline-block w-auto"
                  type="number"
                  min="0"
                  value={bout.points[side]}
                  onInput={(event) => setBout(at, { points: { ...bout.points, [side]: Number(event.currentTarget.value) } })}
                />
              </label>
            ) : (
              <label key={side}>
                <input type="radio" checked={bout.winner === side} onChange={() => setBout(at, { winner: side })} /> {side}
              </label>
            ),
          )}
        </div>
      ))}
      <button class="btn btn-sm" onClick={() => change({ ...match, bouts: [...match.bouts, emptyBout(rules, match.sides)] })}>
        {t('Add a bout')}
      </button>
    </fieldset>
  );
}

function emptyBout(rules: Match, sides: readonly [string, string]): TriedBout {
  return rules.decided_by === 'bouts' ? { winner: sides[0] } : { points: { [sides[0]]: 0, [sides[1]]: 0 } };
}

/** Everyone meets everyone, then again. */
function pairing(at: number): readonly [string, string] {
  const pairs = TEAMS.flatMap((one, i) => TEAMS.slice(i + 1).map((other) => [one, other] as const));
  return pairs[at % pairs.length] ?? ['A', 'B'];
}
