/** What a spectator is told of a team: its turn first, then its result, then its place; and only what is new. */

import { describe, expect, it } from 'vitest';
import { newsOf, type Situation } from '../../../app/client/public/news';

const WAITING: Situation = { entry: 'x', run: 'r1', field: 'A', phase: 'waiting', rank: 3, done: 1, isFrozen: false };

describe('news of a team', () => {
  it.each(['next', 'called', 'on_field'] as const)('is that it is %s', (phase) => {
    expect(newsOf(WAITING, { ...WAITING, phase })).toEqual({ kind: phase, field: 'A' });
  });

  it('is told again for another run, and not again for the same', () => {
    const called: Situation = { ...WAITING, phase: 'called' };
    expect(newsOf(called, called)).toBeNull();
    expect(newsOf(called, { ...called, run: 'r2', field: 'B' })).toEqual({ kind: 'called', field: 'B' });
  });

  it('is a result, with its place', () => {
    expect(newsOf(WAITING, { ...WAITING, run: 'r2', done: 2, rank: 1 })).toEqual({ kind: 'result', rank: 1 });
  });

  it('is a place that others changed', () => {
    expect(newsOf(WAITING, { ...WAITING, rank: 4 })).toEqual({ kind: 'moved', rank: 4, before: 3 });
    expect(newsOf({ ...WAITING, rank: null }, WAITING)).toBeNull();
  });

  it('tells nothing of results while they are kept for the ceremony', () => {
    const frozen: Situation = { ...WAITING, isFrozen: true, rank: 1, done: 2 };
    expect(newsOf(WAITING, frozen)).toBeNull();
    expect(newsOf(WAITING, { ...frozen, phase: 'called' })).toEqual({ kind: 'called', field: 'A' });
  });

  it('is none at the first look, nor when another team is chosen', () => {
    expect(newsOf(null, { ...WAITING, phase: 'called' })).toBeNull();
    expect(newsOf({ ...WAITING, entry: 'y' }, { ...WAITING, phase: 'called' })).toBeNull();
  });
});
