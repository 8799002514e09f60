/** What the tablet needs to run at all: a secure address, and a browser told by what it can do and not by its name. */

/** Names for people; the build's syntax and the features below exist from these on. */
export const OLDEST_BROWSERS = 'Chrome 103, Edge 103, Safari 16, Firefox 104';

export type Obstacle = { readonly kind: 'insecure' } | { readonly kind: 'old'; readonly missing: readonly string[] };

/** Why the tablet cannot run here, or null. Over plain HTTP any browser lacks features: that is not its age. */
export function obstacle(scope: typeof globalThis = globalThis): Obstacle | null {
  if (!scope.isSecureContext) return { kind: 'insecure' };
  const missing = missingFeatures(scope);
  return missing.length > 0 ? { kind: 'old', missing } : null;
}

/** What this browser lacks, by name; empty where it will do. */
function missingFeatures(scope: typeof globalThis): string[] {
  const needed: Record<string, boolean> = {
    IndexedDB: 'indexedDB' in scope,
    'Web Locks': 'locks' in scope.navigator,
    BroadcastChannel: 'BroadcastChannel' in scope,
    'AbortSignal.timeout': 'AbortSignal' in scope && 'timeout' in AbortSignal,
    'Array.findLast': 'findLast' in Array.prototype,
  };
  return Object.keys(needed).filter((name) => needed[name] !== true);
}
