/** A run's clock: running from the field's own start instant, standing at the measured time. */

import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Feed } from '../../../app/client/feed/feed';
import { runningText, timeText } from '../../../app/client/feed/i18n';
import type { Clock } from '../../../app/client/feed/shapes';
import { nextShownSeconds } from '../shown_seconds';
import { Figure } from './figure';

const LAST_SECONDS = 10;

export function RunningClock({ clock, feed }: { clock: Clock; feed: Feed }) {
  const digits = useRef<HTMLSpanElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const startedAtMs = clock.started_at_utc === null ? null : Date.parse(clock.started_at_utc);
  const isRunning = clock.state === 'running' && startedAtMs !== null;

  // A layout effect, so that no frame of the running clock is drawn over the measured time.
  useLayoutEffect(() => {
    if (!isRunning) return undefined;
    let frame = 0;
    let shownSeconds = 0;
    const draw = () => {
      shownSeconds = nextShownSeconds(shownSeconds, (feed.serverNowMs() - startedAtMs) / 1000);
      drawSeconds(digits.current, bar.current, shownSeconds, clock.limit_s);
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [isRunning, startedAtMs, clock.limit_s, feed]);

  const stoodText = stoodAt(clock) ?? runningText(0);
  return (
    <div class={`clock ${clock.state}`} data-testid="clock" data-state={clock.state}>
      <Figure key={clock.state} text={isRunning ? runningText(clock.limit_s ?? 0) : stoodText} digits={digits} />
      {clock.limit_s !== null && <div class="limit" ref={bar} />}
    </div>
  );
}

/** The time a stopped clock stands at: to hundredths where a judge's hand stopped it. */
function stoodAt(clock: Clock): string | null {
  if (clock.state !== 'stopped') return null;
  if (clock.elapsed_us !== null) return timeText(clock.elapsed_us / 1e6);
  if (clock.started_at_utc === null || clock.stopped_at_utc === null) return null;
  return timeText((Date.parse(clock.stopped_at_utc) - Date.parse(clock.started_at_utc)) / 1000, 2);
}

/** Drawn by hand, without asking Preact, and only when a digit changes: a small computer paints ten times a second, not sixty. */
function drawSeconds(digits: HTMLElement | null, bar: HTMLElement | null, seconds: number, limitS: number | null): void {
  const text = runningText(seconds);
  if (!digits || digits.textContent === text) return;
  digits.textContent = text;
  if (limitS === null) return;
  bar?.style.setProperty('--left', String(Math.max(0, 1 - seconds / limitS)));
  digits.closest('.clock')?.classList.toggle('late', seconds > limitS - LAST_SECONDS);
}
