/** Announcements whose time is not over, by the server's clock; what ends by itself goes without anybody saying so. */

import { useEffect, useState } from 'preact/hooks';
import type { Announcement } from './shapes';

const NONE: readonly Announcement[] = [];
/** The estimate of the server's clock may be off: look again a little after the end. */
const AFTER_MS = 250;
const LONGEST_TIMER_MS = 3_600_000;

export function currentAnnouncements(all: readonly Announcement[], nowMs: number): readonly Announcement[] {
  return all.filter((one) => Date.parse(one.until_utc) > nowMs);
}

/** The current ones, drawn anew when the next of them is over. */
export function useAnnouncements(all: readonly Announcement[] = NONE, serverNowMs: () => number): readonly Announcement[] {
  const [, look] = useState(0);
  const current = currentAnnouncements(all, serverNowMs());
  const next = Math.min(...current.map((one) => Date.parse(one.until_utc)));
  useEffect(() => {
    if (!Number.isFinite(next)) return undefined;
    const wait = Math.min(LONGEST_TIMER_MS, Math.max(0, next - serverNowMs()) + AFTER_MS);
    const timer = setTimeout(() => look((times) => times + 1), wait);
    return () => clearTimeout(timer);
  });
  return current;
}
