/** Which step of a rotation is on: each for its time, then the next, and from the last to the first. */

import { useEffect, useState } from 'preact/hooks';
import type { ScreenStep } from '../../app/client/feed/shapes';

/** Null where there is no step. A rotation that was set anew begins with its first step. */
export function useRotation(steps: readonly ScreenStep[]): ScreenStep | null {
  const [on, setOn] = useState({ steps, index: 0 });
  const index = on.steps === steps ? on.index % Math.max(1, steps.length) : 0;
  const step = steps[index] ?? null;
  useEffect(() => {
    if (steps.length < 2 || !step) return undefined;
    const timer = setTimeout(() => setOn({ steps, index: index + 1 }), step.seconds * 1000);
    return () => clearTimeout(timer);
  }, [steps, index]);
  return step;
}
