/** What a captain draws, how much of it is kept, and when it no longer holds. */

import { describe, expect, test } from 'vitest';

import { asksCaptain } from '../../../app/client/judge/sheet/captain_entry';
import { score } from '../../../app/client/judge/sheet/commands';
import {
  newDraft,
  undone,
  withCaptain,
  withMark,
  withValue,
  type Stroke,
} from '../../../app/client/judge/sheet/draft';
import { mayConfirm, readiness } from '../../../app/client/judge/sheet/readiness';
import { total } from '../../../app/client/judge/sheet/running_total';
import {
  begun,
  extended,
  MOST_COORDINATES,
  MOST_STROKES,
  pointAt,
  pointsOf,
} from '../../../app/client/judge/sheet/signature';
import { field, ruleset, run } from './rulesets';

const RULES = ruleset([field('laps', 'whole')]);
const SIGNED = { outcome: 'signed', strokes: [[1, 2, 300, 40]] } as const;

describe('a signature', () => {
  test('is told in thousandths of the width of the pad, and never leaves it', () => {
    expect(pointAt(250, 100, 500)).toEqual({ x: 500, y: 200 });
    expect(pointAt(-3, 4000, 500)).toEqual({ x: 0, y: 400 });
    expect(pointAt(5, 5, 0)).toEqual({ x: 1000, y: 400 });
  });

  test('keeps only points that say something new', () => {
    let strokes: readonly Stroke[] = begun([], { x: 10, y: 10 });
    for (const x of [11, 12, 13, 14, 15]) strokes = extended(strokes, { x, y: 10 });
    expect(strokes).toEqual([[10, 10, 14, 10]]);
    expect(pointsOf(strokes[0] ?? [])).toEqual([
      { x: 10, y: 10 },
      { x: 14, y: 10 },
    ]);
  });

  test('stays within what the server takes, however long somebody scribbles', () => {
    let strokes: readonly Stroke[] = begun([], { x: 0, y: 0 });
    for (let at = 1; at < 5000; at += 1) strokes = extended(strokes, { x: (at % 2) * 500, y: 0 });
    expect(strokes[0]).toHaveLength(MOST_COORDINATES);
    for (let at = 0; at < 500; at += 1) strokes = begun(strokes, { x: 1, y: 1 });
    expect(strokes).toHaveLength(MOST_STROKES);
  });
});

describe('what the captain saw', () => {
  const seen = withCaptain(withValue(newDraft('k', run(), RULES), ['laps'], 3), SIGNED);

  test('goes with the score', () => {
    expect(score(run(), seen).payload).toMatchObject({ sheet: { laps: 3 }, captain: SIGNED });
  });

  test('is asked again after any change of the sheet', () => {
    expect(withValue(seen, ['laps'], 4).captain).toBeNull();
    expect(withMark(seen, 'DSQ').captain).toBeNull();
    expect(undone(seen).captain).toBeNull();
  });

  test('is not asked for practice, for corrections, and of a team that did not come', () => {
    expect(asksCaptain(run(), seen)).toBe(true);
    expect(asksCaptain(run({ practice: true }), seen)).toBe(false);
    expect(asksCaptain(run(), { ...seen, kind: 'correct' })).toBe(false);
    expect(asksCaptain(run(), withMark(seen, 'DNS'))).toBe(false);
  });

  test('is a refusal only with its reason', () => {
    const state = (comment: string): boolean => {
      const draft = withCaptain(seen, { outcome: 'refused', comment });
      return mayConfirm(readiness(draft, RULES, total(RULES, draft.sheet), run().clock, false));
    };
    expect([state(''), state('  '), state('The third gate was counted twice')]).toEqual([false, false, true]);
  });
});
