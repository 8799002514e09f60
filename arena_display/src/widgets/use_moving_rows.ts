/** Lets each row slide from where it stood to where it stands now, unless the viewer asked for less motion. */

import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

const MOVE_FOR_MS = 200;

export function useMovingRows(list: RefObject<HTMLElement | null>, rows: readonly unknown[]): void {
  const before = useRef(new Map<string, number>());
  useLayoutEffect(() => {
    const farthest = innerHeight;
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const now = new Map<string, number>();
    for (const row of Array.from(list.current?.children ?? []) as HTMLElement[]) {
      const key = row.dataset['key'] ?? '';
      const movedBy = (before.current.get(key) ?? row.offsetTop) - row.offsetTop;
      now.set(key, row.offsetTop);
      if (movedBy !== 0 && !isStill) slide(row, Math.max(-farthest, Math.min(farthest, movedBy)));
    }
    before.current = now;
  }, [rows]);
}

function slide(row: HTMLElement, fromPx: number): void {
  const frames = [{ transform: `translateY(${fromPx}px)` }, { transform: 'none' }];
  row.animate(frames, { duration: MOVE_FOR_MS, easing: 'ease-out' });
}
