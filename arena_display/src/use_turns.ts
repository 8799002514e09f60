/** Keeps the turns of a field's screen: a new result starts them, time and the end of the standings move them on. */

import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Feed } from '../../app/client/feed/feed';
import { COMING_FOR_MS, firstTurn, leftOfResultMs, resultKey, turnAfter, type Last, type Turn } from './scene';

export interface Turns {
  readonly turn: Turn;
  readonly moveOn: () => void;
}

/** The standings move on by themselves, when all their pages were seen; the others after their time. */
export function useTurns(feed: Feed, last: Last | null): Turns {
  const key = resultKey(last);
  const [kept, setKept] = useState<{ key: string; turn: Turn }>({ key: '', turn: 'coming' });
  const turn = kept.key === key ? kept.turn : firstTurn(last, feed.serverNowMs());
  const moveOn = useCallback(() => setKept({ key, turn: turnAfter(turn) }), [key, turn]);

  useEffect(() => {
    setKept({ key, turn });
    if (turn === 'standings') return undefined;
    const timer = setTimeout(moveOn, turn === 'result' ? leftOfResultMs(last, feed.serverNowMs()) : COMING_FOR_MS);
    return () => clearTimeout(timer);
  }, [key, turn]);

  return { turn, moveOn };
}
