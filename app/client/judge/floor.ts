/** The oldest browsers the tablet runs on, told by what they can do and not by their name. */

/** Names for people; the build's syntax and the features below exist from these on. */
export const OLDEST_BROWSERS = 'Chrome 103, Edge 103, Safari 16, Firefox 104';

/** What this browser lacks, by name; empty where it will do. */
export function missingFeatures(scope: typeof globalThis = globalThis): string[] {
  const needed: Record<string, boolean> = {
    IndexedDB: 'indexedDB' in scope,
    'Web Locks': 'locks' in scope.navigator,
    BroadcastChannel: 'BroadcastChannel' in scope,
    'AbortSignal.timeout': 'AbortSignal' in scope && 'timeout' in AbortSignal,
    'Array.findLast': 'findLast' in Array.prototype,
  };
  return Object.keys(needed).filter((name) => needed[name] !== true);
}
