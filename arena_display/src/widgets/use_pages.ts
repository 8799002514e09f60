/** Shows a long list page by page: moves the list behind its window by whole rows, and hides what a page does not hold. */

import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { pageOf, pageStarts } from '../paging';

const PAGE_FOR_MS = 8_000;
const ONLY_PAGE_FOR_MS = 14_000;

export interface Pages {
  readonly room: RefObject<HTMLDivElement | null>;
  readonly list: RefObject<HTMLDivElement | null>;
  readonly page: number;
  readonly pages: number;
  /** How many times all pages have been seen. */
  readonly passes: number;
}

/** `first` is the index of the row whose page is shown first, or -1; `language` changes how high rows are. */
export function usePages(rows: readonly unknown[], first: number, language: string): Pages {
  const room = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const { starts, tops } = usePageStarts(room, list, [rows, language]);
  const [turns, setTurns] = useState(0);
  const pages = starts.length;
  const page = (pageOf(Math.max(0, first), starts) + turns) % pages;

  useEffect(() => {
    const timer = setTimeout(() => setTurns(turns + 1), pages > 1 ? PAGE_FOR_MS : ONLY_PAGE_FOR_MS);
    return () => clearTimeout(timer);
  }, [turns, pages]);
  useLayoutEffect(() => {
    if (list.current) showPage(list.current, starts, page);
  }, [starts, tops, page, rows]);

  return { room, list, page, pages, passes: Math.floor(turns / pages) };
}

interface Measured {
  readonly starts: readonly number[];
  /** Where each row begins: rows may move, as when the fonts come, though pages begin with the same ones. */
  readonly tops: readonly number[];
}

/** Measured whenever the rows, the room or the fonts change. A room that scrolls, as on phones, has one page. */
function usePageStarts(room: RefObject<HTMLElement | null>, list: RefObject<HTMLElement | null>, causes: readonly unknown[]): Measured {
  const [measured, setMeasured] = useState<Measured>({ starts: [0], tops: [] });
  const measure = useCallback(() => {
    if (!room.current || !list.current) return;
    const scrolls = getComputedStyle(room.current).overflowY !== 'hidden';
    const spans = rowsOf(list.current).map((row) => ({ top: row.offsetTop, height: row.offsetHeight }));
    const found = { starts: scrolls ? [0] : pageStarts(spans, room.current.clientHeight), tops: spans.map((span) => span.top) };
    setMeasured((before) => (JSON.stringify(before) === JSON.stringify(found) ? before : found));
  }, []);
  useLayoutEffect(measure, causes);
  useEffect(() => {
    const observer = new ResizeObserver(measure);
    if (room.current) observer.observe(room.current);
    if (list.current) observer.observe(list.current);
    return () => observer.disconnect();
  }, []);
  return measured;
}

function showPage(list: HTMLElement, starts: readonly number[], page: number): void {
  const rows = rowsOf(list);
  const from = starts[page] ?? 0;
  const until = starts[page + 1] ?? rows.length;
  list.style.transform = `translateY(${-(rows[from]?.offsetTop ?? 0)}px)`;
  rows.forEach((row, index) => (row.style.visibility = index >= from && index < until ? '' : 'hidden'));
}

function rowsOf(list: HTMLElement): HTMLElement[] {
  return Array.from(list.children) as HTMLElement[];
}
