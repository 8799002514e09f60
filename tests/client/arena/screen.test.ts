/** Small decisions of a screen: its address, its languages in turn, its steady clock. */

import { describe, expect, it } from 'vitest';
import type { ShownView, StandingsData } from '../../../app/client/feed/shapes';
import { readAddress, type Address } from '../../../arena_display/src/address';
import { ofRegion, regionOf } from '../../../arena_display/src/region';
import { nextShownSeconds } from '../../../arena_display/src/shown_seconds';
import { localeAfter } from '../../../arena_display/src/steering';
import { emsOf } from '../../../arena_display/src/widgets/ems';

function shown(view: Partial<ShownView>): Address {
  return { kind: 'shown', slug: 'demo', shown: { view: 'blank', field: null, division: null, region: null, ...view } };
}

describe('an address', () => {
  it.each([
    ['/screen/c/demo/alliances/line', shown({ view: 'alliances', division: 'line' })],
    ['/screen/c/demo/field/A', shown({ view: 'auto', field: 'A' })],
    ['/screen/c/demo/run/A', shown({ view: 'field', field: 'A' })],
    ['/screen/c/demo/timer/A', shown({ view: 'timer', field: 'A' })],
    ['/screen/c/demo/overlay/A', shown({ view: 'overlay', field: 'A' })],
    ['/screen/c/demo/division/line', shown({ view: 'standings', division: 'line' })],
    ['/screen/c/demo/division/line?region=KZ-35', shown({ view: 'standings', division: 'line', region: 'KZ-35' })],
    ['/screen/c/demo/ceremony/line', shown({ view: 'ceremony', division: 'line' })],
    ['/screen/c/demo/schedule', shown({ view: 'schedule' })],
    ['/screen/c/demo/pit', shown({ view: 'pit' })],
    ['/screen/c/demo/wall', shown({ view: 'wall' })],
    ['/screen/c/demo/wall/A', null],
    ['/screen/c/demo/ceremony', null],
    ['/screen/c/demo/field/A/more', null],
    ['/screen/demo-hall', { kind: 'steered', id: 'demo-hall' }],
    ['/screen/c/demo/field/%D0%90', shown({ view: 'auto', field: 'А' })],
    ['/screen/c/demo/robot/A', null],
    ['/screen/c/demo', null],
    ['/screen/', { kind: 'fresh' }],
    ['/screen', { kind: 'fresh' }],
  ])('%s', (address, meant) => {
    const { pathname, search } = new URL(address, 'http://hall');
    expect(readAddress(pathname, search)).toEqual(meant);
  });
});

it('shows each language in turn, Kazakh first', () => {
  expect([localeAfter('kk'), localeAfter('ru'), localeAfter('en')]).toEqual(['ru', 'en', 'kk']);
});

describe('a running clock', () => {
  it('does not step back when the estimate of the server’s clock gets a little better', () => {
    expect(nextShownSeconds(12.34, 12.31)).toBe(12.34);
    expect(nextShownSeconds(12.34, 12.36)).toBe(12.36);
  });

  it('does step back when it was plainly wrong, and never below nought', () => {
    expect(nextShownSeconds(90, 3)).toBe(3);
    expect(nextShownSeconds(0, -40)).toBe(0);
  });
});

it('keeps room for the widest figure of the same length', () => {
  expect(emsOf('1:11.111')).toBe(emsOf('8:00.888'));
  expect(emsOf('1:23.456')).toBeGreaterThan(emsOf('23.456'));
});

describe('standings of a region', () => {
  const rows = [
    { rank: 1, code: 'KZ-10' },
    { rank: 2, code: 'KZ-35' },
    { rank: 2, code: 'KZ-35' },
    { rank: 4, code: 'KZ-35' },
    { rank: null, code: 'KZ-35' },
  ].map(({ rank, code }, n) => ({ rank, moved: 1, entry: { id: String(n), region: { kk: code, ru: code, en: code }, region_code: code } }));
  const data = { rows } as unknown as StandingsData;

  it('are its entries, placed among themselves, those who share a place sharing it', () => {
    const own = ofRegion(data, 'KZ-35').rows;
    expect(own.map((row) => [row.entry.id, row.rank, row.moved])).toEqual([
      ['1', 1, 0],
      ['2', 1, 0],
      ['3', 3, 0],
      ['4', null, 0],
    ]);
    expect(regionOf(data, 'KZ-35')?.en).toBe('KZ-35');
  });

  it('are all of them where no region is asked for', () => {
    expect(ofRegion(data, null)).toBe(data);
  });
});
