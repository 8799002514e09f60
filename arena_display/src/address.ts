/** What a screen shows, read from its own address: `/screen/c/<slug>/field/<code>`, `…/division/<code>`, `/screen/<id>`, or nothing yet at `/screen/`. */

export type Address =
  | { readonly kind: 'field'; readonly slug: string; readonly code: string }
  | { readonly kind: 'division'; readonly slug: string; readonly code: string }
  | { readonly kind: 'steered'; readonly id: string }
  | { readonly kind: 'fresh' };

/** Null where the path names no screen. */
export function readAddress(path: string): Address | null {
  const parts = path.replace(/^\/screen\/?/, '').split('/').map(decodeURIComponent);
  const [first, slug, kind, code] = parts;
  if (first === 'c' && slug && code && (kind === 'field' || kind === 'division')) return { kind, slug, code };
  if (parts.length > 1) return null;
  return first ? { kind: 'steered', id: first } : { kind: 'fresh' };
}

export function fieldTopic(slug: string, code: string): string {
  return `c/${slug}/field/${code}`;
}

export function standingsTopic(slug: string, code: string): string {
  return `c/${slug}/division/${code}/standings`;
}
