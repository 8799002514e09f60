/** Small decisions of a screen: its address, its languages in turn, its steady clock. */

import { describe, expect, it } from 'vitest';
import { readAddress } from '../../../arena_display/src/address';
import { nextShownSeconds } from '../../../arena_display/src/shown_seconds';
import { localeAfter } from '../../../arena_display/src/steering';
import { emsOf } from '../../../arena_display/src/widgets/ems';

describe('an address', () => {
  it.each([
    ['/screen/c/demo/field/A', { kind: 'field', slug: 'demo', code: 'A' }],
    ['/screen/c/demo/division/line', { kind: 'division', slug: 'demo', code: 'line' }],
    ['/screen/demo-hall', { kind: 'steered', id: 'demo-hall' }],
    ['/screen/c/demo/field/%D0%90', { kind: 'field', slug: 'demo', code: 'А' }],
    ['/screen/c/demo/robot/A', null],
    ['/screen/c/demo', null],
    ['/screen/', { kind: 'fresh' }],
    ['/screen', { kind: 'fresh' }],
  ])('%s', (path, address) => {
    expect(readAddress(path)).toEqual(address);
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
