/** Pages of a leaderboard: whole rows, all of them, in order. */

import { describe, expect, it } from 'vitest';
import { pageOf, pageStarts, type Span } from '../../../arena_display/src/paging';

function stacked(heights: readonly number[], from = 0): Span[] {
  let top = from;
  return heights.map((height) => {
    const row = { top, height };
    top += height;
    return row;
  });
}

describe('pageStarts', () => {
  it('puts everything on one page where it fits', () => {
    expect(pageStarts(stacked([100, 100, 100]), 300)).toEqual([0]);
  });

  it('has one empty page for no rows', () => {
    expect(pageStarts([], 300)).toEqual([0]);
  });

  it('breaks before the row that would be cut', () => {
    expect(pageStarts(stacked([100, 150, 100, 100, 100, 100]), 300)).toEqual([0, 2, 5]);
  });

  it('gives a row that is higher than the room a page of its own', () => {
    expect(pageStarts(stacked([100, 500, 100]), 300)).toEqual([0, 1, 2]);
  });

  it('does not mind where the list begins', () => {
    expect(pageStarts(stacked([100, 100, 100, 100], 37), 200)).toEqual([0, 2]);
  });

  it('shows every row exactly once, whole, for any heights', () => {
    const rows = stacked(Array.from({ length: 120 }, (_, n) => 60 + ((n * 47) % 130)));
    const starts = pageStarts(rows, 600);
    starts.forEach((start, page) => {
      const shown = rows.slice(start, starts[page + 1] ?? rows.length);
      expect(shown.reduce((sum, row) => sum + row.height, 0)).toBeLessThanOrEqual(600);
      expect(shown.length).toBeGreaterThan(0);
    });
  });
});

it('finds the page of a row', () => {
  const starts = [0, 2, 5];
  expect([0, 1, 2, 4, 5, 99].map((index) => pageOf(index, starts))).toEqual([0, 0, 1, 1, 2, 2]);
});
