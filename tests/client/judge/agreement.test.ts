/** Two judges' sheets of one run: how it stands, where they differ, and what was settled. */

import { describe, expect, test } from 'vitest';

import { inTurn } from '../../../app/client/judge/queue/turns';
import {
  agreed,
  disagreements,
  handedIn,
  isSeenByCaptain,
  markOptions,
  sheetsStanding,
} from '../../../app/client/judge/sheet/agreement';
import { begin } from '../../../app/client/judge/sheet/beginning';
import { practise, score, settleSheets } from '../../../app/client/judge/sheet/commands';
import type { OutboxItem } from '../../../app/client/judge/outbox/item';
import type { Run } from '../../../app/client/judge/wire';
import { field, ruleset, run } from './rulesets';

const RULES = ruleset([field('laps', 'whole'), field('clean', 'yes_no'), field('word', 'text', { required: false })], {
  sheets_per_run: 2,
});
const AT = '2026-11-23T10:00:00Z';

function withSheets(...sheets: readonly [by: string, sheet: Record<string, unknown> | null, mark?: string][]): Run {
  return run({
    sheets_needed: 2,
    status: 'UNCONFIRMED',
    sheets: sheets.map(([by, sheet, mark]) => ({ by, at_utc: AT, sheet, mark: mark ?? null })),
  });
}

const ONE_IN = withSheets(['aida', null]);
const DIFFER = withSheets(['aida', { laps: 3, clean: true, word: null }], ['bek', { laps: 4, clean: true }, 'DSQ']);

test('a run that takes two sheets stands differently for each judge', () => {
  expect(sheetsStanding(run(), 'aida')).toBe('single');
  expect(sheetsStanding(withSheets(), 'aida')).toBe('none_in');
  expect([sheetsStanding(ONE_IN, 'aida'), sheetsStanding(ONE_IN, 'bek')]).toEqual(['mine_in', 'other_in']);
  expect(sheetsStanding(DIFFER, 'aida')).toBe('differ');
});

test('the queue puts it where something is to be done', () => {
  const mine = inTurn([ONE_IN], [], 'aida');
  expect([mine.halfIn, mine.unconfirmed, mine.next]).toEqual([[ONE_IN], [], undefined]);
  const theirs = inTurn([ONE_IN], [], 'bek');
  expect([theirs.halfIn, theirs.unconfirmed]).toEqual([[], [ONE_IN]]);
  expect(inTurn([DIFFER], [], 'bek')).toMatchObject({ differing: [DIFFER], unconfirmed: [] });
});

test('what will never be held is in no queue', () => {
  const turns = inTurn([run({ withdrawn: true }), run({ replaced_by: 'r2' })], [], 'aida');
  expect([turns.waiting, turns.done]).toEqual([[], []]);
});

describe('sheets that differ', () => {
  const sheets = handedIn(DIFFER);

  test('are compared field by field, unset counting as one value', () => {
    expect(disagreements(RULES, sheets).map((one) => [one.field.id, one.options])).toEqual([
      [
        'laps',
        [
          { value: 3, by: ['aida'] },
          { value: 4, by: ['bek'] },
        ],
      ],
    ]);
    expect(markOptions(sheets).map((one) => one.value)).toEqual([null, 'DSQ']);
  });

  test('are settled only when every difference is', () => {
    expect(agreed(RULES, sheets, {})).toBeNull();
    expect(agreed(RULES, sheets, { laps: 1 })).toBeNull();
    expect(agreed(RULES, sheets, { laps: 1, mark: 0 })).toEqual({ sheet: { laps: 4, clean: true }, mark: null });
  });

  test('keep what the captain said only for the very sheet they saw', () => {
    const [signed, other] = sheets.map((one, at) => ({ ...one, captain: at === 0 ? ('signed' as const) : null }));
    if (!signed || !other) throw new Error('two sheets are in');
    const settled = { sheet: { clean: true, laps: 3 }, mark: null };
    expect(isSeenByCaptain([signed, other], settled)).toBe(true);
    expect(isSeenByCaptain([signed, other], { ...settled, mark: 'DNF' })).toBe(false);
    expect(isSeenByCaptain([signed, other], { sheet: { clean: true, laps: 4 }, mark: null })).toBe(false);
    expect(isSeenByCaptain([other], settled)).toBe(false);
  });

  test('go to the server with the version both were seen at', () => {
    const settled = { sheet: { laps: 4, clean: true }, mark: null };
    expect(settleSheets(DIFFER, settled, ' Counted again ', null)).toMatchObject({
      type: 'SettleSheets',
      expectedVersion: 7,
      payload: { ...settled, reason: 'Counted again' },
    });
  });
});

test('a judge mends a sheet that waits for the other one by handing in another', () => {
  const draft = { ...begin('k', ONE_IN, RULES, 'aida', []), sheet: { laps: 3 } };
  const sent: OutboxItem = {
    ...score(ONE_IN, draft),
    seq: 1,
    id: 'id-1',
    follows: false,
    madeAt: AT,
    madeBy: { account: 'aida', name: 'Аида', device: 'tablet' },
    state: 'confirmed',
    tries: 1,
    receipt: null,
  };
  expect(begin('k', ONE_IN, RULES, 'aida', [sent])).toMatchObject({ kind: 'enter', sheet: { laps: 3 } });
});

test('practice is asked of the field, for the entry of the run', () => {
  expect(practise(run(), [])).toMatchObject({
    type: 'AddPracticeRun',
    target: 'c/demo/field/A',
    lane: 'c/demo/field/A',
    payload: { entry: 'e' },
  });
});
