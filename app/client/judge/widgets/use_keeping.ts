/** A wish kept from a page, and whether the last one could not be: every page that keeps one says so. */

import { useSignal, type ReadonlySignal } from '@preact/signals';

import type { Wish } from '../outbox/item';
import { useTablet } from '../tablet';

interface Keeping {
  /** False if it could not be kept. */
  readonly keep: (wish: Wish) => Promise<boolean>;
  readonly failed: ReadonlySignal<boolean>;
}

export function useKeeping(): Keeping {
  const tablet = useTablet();
  const failed = useSignal(false);
  const keep = async (wish: Wish): Promise<boolean> => {
    const isKept = await tablet.keep(wish);
    failed.value = !isKept;
    return isKept;
  };
  return { keep, failed };
}
