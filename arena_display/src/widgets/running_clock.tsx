/** A run's clock: running from the field's own start instant, standing at the measured time. */

import { useEffect, useRef } from 'preact/hooks';
import type { Feed } from '../../../app/client/feed/feed';
import { t, timeText } from '../../../app/client/feed/i18n';
import type { Clock } from '../../../app/client/feed/shapes';

const LAST_SECONDS = 10;

export function RunningClock({ clock, feed }: { clock: Clock; feed: Feed }) {
  const digits = useRef<HTMLSpanElement>(null);
  const startedAtMs = clock.started_at_utc === null ? null : Date.parse(clock.started_at_utc);
  const running = clock.state === 'running' && startedAtMs !== null;

  useEffect(() => {
    if (!running) return undefined;
    let frame = 0;
    const draw = () => {
      const seconds = Math.max(0, (feed.serverNowMs() - startedAtMs) / 1000);
      const element = digits.current;
      if (element) {
        element.textContent = timeText(seconds, 1);
        element.classList.toggle('late', clock.limit_s !== null && seconds > clock.limit_s - LAST_SECONDS);
      }
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [running, startedAtMs, clock.limit_s, feed]);

  return (
    <p class={`clock figures ${clock.state}`} data-testid="clock" data-state={clock.state}>
      <span ref={digits}>{running ? '' : timeText((clock.elapsed_us ?? 0) / 1_000_000, clock.state === 'stopped' ? 3 : 1)}</span>
      {clock.simulated && <small class="simulated">{t('simulated')}</small>}
    </p>
  );
}
