/** The clock of a bout as its judge keeps it, running here on the server's time. */

import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Feed } from '../../../app/client/feed/feed';
import { runningText, timeText, t } from '../../../app/client/feed/i18n';
import type { BoutClock } from '../../../app/client/feed/matches';
import { nextShownSeconds } from '../shown_seconds';

const LAST_SECONDS = 10;

export function BoutClockShown({ clock, feed }: { clock: BoutClock; feed: Feed }) {
  const digits = useRef<HTMLSpanElement>(null);
  const startedAtMs = clock.started_at_utc === null ? null : Date.parse(clock.started_at_utc);
  useLayoutEffect(() => {
    if (startedAtMs === null) return undefined;
    let frame = 0;
    let shown = 0;
    const draw = () => {
      shown = nextShownSeconds(shown, clock.elapsed_s + (feed.serverNowMs() - startedAtMs) / 1000);
      drawSeconds(digits.current, shown, clock.limit_s);
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [startedAtMs, clock.elapsed_s, clock.limit_s, feed]);
  return (
    <p class="bout-clock figures" data-testid="bout-clock" data-state={startedAtMs === null ? 'stopped' : 'running'}>
      <span ref={digits}>{runningText(clock.elapsed_s)}</span>
      {clock.limit_s !== null && <small>{t('limit {time}', { time: timeText(clock.limit_s, 0) })}</small>}
    </p>
  );
}

/** Drawn by hand, and only when a digit changes: a small computer paints ten times a second, not sixty. */
function drawSeconds(digits: HTMLElement | null, seconds: number, limitS: number | null): void {
  const text = runningText(seconds);
  if (!digits || digits.textContent === text) return;
  digits.textContent = text;
  digits.closest('.bout-clock')?.classList.toggle('late', limitS !== null && seconds > limitS - LAST_SECONDS);
}
