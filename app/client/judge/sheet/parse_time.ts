/** Times as people type them: 1:23.456, or plain seconds. */

/** Seconds from `1:23.456`, `83,456` or `83`; null where that is not a time. */
export function parseTime(text: string): number | null {
  const found = /^\s*(?:(\d{1,3}):)?(\d{1,5}(?:[.,]\d{1,6})?)\s*$/.exec(text);
  if (!found) return null;
  const [, minutes, rest] = found;
  const seconds = Number((rest ?? '').replace(',', '.'));
  if (minutes !== undefined && seconds >= 60) return null;
  return Number((Number(minutes ?? 0) * 60 + seconds).toFixed(6));
}
