/** Which rows stand on which page, by their measured heights, so that no row is cut and all rows get their turn. */

/** Where a row stands in the whole list, in pixels. */
export interface Span {
  readonly top: number;
  readonly height: number;
}

/** The index of the first row of each page: as many whole rows as fit, and always at least one. */
export function pageStarts(rows: readonly Span[], roomHeight: number): number[] {
  const starts = [0];
  let pageTop = rows[0]?.top ?? 0;
  rows.forEach((row, index) => {
    const start = starts.at(-1) ?? 0;
    if (index === start || row.top + row.height - pageTop <= roomHeight) return;
    starts.push(index);
    pageTop = row.top;
  });
  return starts;
}

/** The page a row stands on. */
export function pageOf(index: number, starts: readonly number[]): number {
  return Math.max(0, starts.findLastIndex((start) => start <= index));
}
