/** A countdown the referee has running, on the server's time: what is counted, and the seconds left. */

import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Feed } from '../../../app/client/feed/feed';
import { named } from '../../../app/client/feed/i18n';
import type { CountingShown } from '../../../app/client/feed/matches';

export function CountdownShown({ counting, feed }: { counting: CountingShown; feed: Feed }) {
  const digits = useRef<HTMLElement>(null);
  const { seconds, started_at_utc: startedAtUtc } = counting;
  const left = (): string => String(secondsLeft(seconds, Date.parse(startedAtUtc), feed.serverNowMs()));
  useLayoutEffect(() => {
    let frame = 0;
    const draw = () => {
      const text = left();
      if (digits.current && digits.current.textContent !== text) digits.current.textContent = text;
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [startedAtUtc, seconds, feed]);
  return (
    <p class="countdown" data-testid="countdown" data-countdown={counting.id}>
      {named(counting.label)} <b class="figures" ref={digits} />
    </p>
  );
}

/** Whole seconds left, the last one until it is over. */
export function secondsLeft(seconds: number, startedMs: number, nowMs: number): number {
  return Math.ceil(Math.min(seconds, Math.max(0, seconds - (nowMs - startedMs) / 1000)));
}
