/** A field's queue put together from what all judges share and from the sheets that are one's own. */

import { expect, test } from 'vitest';

import { joinedQueue, queueTopics } from '../../../app/client/judge/queue/joined';
import type { QueueData, Run, Snapshot } from '../../../app/client/feed/shapes';

const ACCOUNT = { id: 'aida', name: 'Аида', role: 'judge', competition: 'demo', fields: ['P'] };

function snapshot(runs: readonly Partial<Run>[], division: string): Snapshot<QueueData> {
  const name = { kk: division, ru: division, en: division };
  const data = { field: { code: 'P', name: 'P' }, runs: runs as Run[], divisions: { [division]: { name, ruleset_digest: '0' } } };
  return { topic: 't', epoch: 1, version: 1, at_utc: '2026-04-01T07:00:00Z', data };
}

const ids = (queue: Snapshot<QueueData> | null): string[] | undefined => queue?.data.runs.map((run) => run.id);

test('a judge follows their own sheets, the chief judge everybody’s', () => {
  expect(queueTopics('demo', 'P', ACCOUNT).sheets).toBe('c/demo/field/P/judging/aida');
  expect(queueTopics('demo', 'P', { ...ACCOUNT, role: 'referee' }).sheets).toBe('c/demo/field/P/judging/all');
});

test('runs and sheets are one queue, with the divisions of both', () => {
  const shared = snapshot([{ id: 'run', judge: null }], 'line');
  const sheets = snapshot([{ id: 'sheet', judge: 'aida' }], 'research');
  const queue = joinedQueue(shared, sheets, 'aida');
  expect(ids(queue)).toEqual(['run', 'sheet']);
  expect(Object.keys(queue?.data.divisions ?? {})).toEqual(['line', 'research']);
});

test('nothing is shown before the field was heard, and runs before the sheets were', () => {
  expect(joinedQueue(null, snapshot([], 'research'), 'aida')).toBeNull();
  expect(ids(joinedQueue(snapshot([{ id: 'run' }], 'line'), null, 'aida'))).toEqual(['run']);
});

test('what was kept while everybody’s sheets were told together shows one’s own alone', () => {
  const old = snapshot([{ id: 'mine', judge: 'aida' }, { id: 'other', judge: 'bolat' }, { id: 'run', judge: null }], 'research');
  expect(ids(joinedQueue(old, null, 'aida'))).toEqual(['mine', 'run']);
  expect(ids(joinedQueue(old, snapshot([{ id: 'mine', judge: 'aida' }], 'research'), 'aida'))).toEqual(['run', 'mine']);
});
