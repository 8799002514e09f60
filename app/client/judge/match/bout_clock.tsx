/** The clock of a bout: started and stopped by the judge, on the server's time, so that every screen runs with it. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { t, timeText } from '../../feed/i18n';
import { isClosed } from '../../rules/head_to_head';
import { useTablet } from '../tablet';
import { Icon } from '../widgets/icon';
import { elapsedS, started, STOPPED, stopped } from './draft';
import type { MatchParts } from './match_page';

const TICK_MS = 100;
const LAST_S = 10;

export function BoutClock({ match, ruleset, editor, draft, outcome }: MatchParts): JSX.Element {
  const { live } = useTablet();
  const nowMs = useSignal(live.serverNowMs());
  const isRunning = draft.clock.startedMs !== null;
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => (nowMs.value = live.serverNowMs()), TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [isRunning]);
  const limitS = ruleset.match?.bout_limit_s ?? null;
  const seconds = elapsedS(draft.clock, isRunning ? nowMs.value : 0);
  const isLast = isRunning && limitS !== null && limitS - seconds <= LAST_S;
  const set = (next: typeof draft.clock): void => editor.changeAndShow(match, (old) => ({ ...old, clock: next }));
  return (
    <div class={`clock ${isRunning ? 'clock-running' : ''} ${isLast ? 'clock-last' : ''}`} data-testid="bout-clock">
      <span class="clock-time figures">{timeText(seconds, 1)}</span>
      {limitS === null ? null : (
        <span class="clock-limit">
          {seconds >= limitS ? t('time is over') : t('limit {time}', { time: timeText(limitS, 0) })}
        </span>
      )}
      <span class="clock-about">
        {isRunning ? (
          <button
            class="button"
            data-testid="clock-stop"
            onClick={() => set(stopped(draft.clock, live.serverNowMs()))}
          >
            <Icon name="stop" /> {t('Stop')}
          </button>
        ) : (
          <>
            <button class="button button-quiet" data-testid="clock-zero" onClick={() => set(STOPPED)}>
              {t('To zero')}
            </button>
            <button
              class="button"
              data-testid="clock-start"
              disabled={isClosed(outcome) && ruleset.match?.decided_by !== 'score'}
              onClick={() => set(started(draft.clock, live.serverNowMs()))}
            >
              <Icon name="clock" /> {t('Start')}
            </button>
          </>
        )}
      </span>
    </div>
  );
}
