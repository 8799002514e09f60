/** What a screen shows, read from its own address, which is its configuration. */

import type { ShownView, ViewName } from '../../app/client/feed/shapes';

export type Address =
  | { readonly kind: 'shown'; readonly slug: string; readonly shown: ShownView }
  | { readonly kind: 'steered'; readonly id: string }
  | { readonly kind: 'fresh' };

/** The views of `/screen/c/<slug>/<name>/<code>` by the name in the address, and what their code is of. */
const OF_A_FIELD: Readonly<Record<string, ViewName>> = { field: 'auto', run: 'field', timer: 'timer', overlay: 'overlay' };
const OF_A_DIVISION: Readonly<Record<string, ViewName>> = { division: 'standings', ceremony: 'ceremony', bracket: 'bracket', alliances: 'alliances' };
/** The views of `/screen/c/<slug>/<name>`. */
const OF_ALL: Readonly<Record<string, ViewName>> = { schedule: 'schedule', pit: 'pit', wall: 'wall' };

/** Also `/screen/<id>` of a steered screen, and `/screen/` of a fresh one; null where the path names no screen. */
export function readAddress(path: string, query = ''): Address | null {
  const parts = path.replace(/^\/screen\/?/, '').split('/').map(decodeURIComponent);
  const [first, slug, name = '', code] = parts;
  if (parts.length === 1) return first ? { kind: 'steered', id: first } : { kind: 'fresh' };
  const shown = first === 'c' && slug && parts.length <= 4 ? readView(name, code, new URLSearchParams(query).get('region')) : null;
  return shown && slug ? { kind: 'shown', slug, shown } : null;
}

function readView(name: string, code: string | undefined, region: string | null): ShownView | null {
  const nothing = { field: null, division: null, region: null };
  const ofField = OF_A_FIELD[name];
  const ofDivision = OF_A_DIVISION[name];
  const ofAll = OF_ALL[name];
  if (code && ofField) return { ...nothing, view: ofField, field: code };
  if (code && ofDivision) return { ...nothing, view: ofDivision, division: code, region };
  return code === undefined && ofAll ? { ...nothing, view: ofAll } : null;
}

export function fieldTopic(slug: string, code: string): string {
  return `c/${slug}/field/${code}`;
}

export function standingsTopic(slug: string, code: string): string {
  return `c/${slug}/division/${code}/standings`;
}

export function matchesTopic(slug: string, code: string): string {
  return `c/${slug}/division/${code}/matches`;
}

export function alliancesTopic(slug: string, code: string): string {
  return `c/${slug}/division/${code}/alliances`;
}

export function ceremonyTopic(slug: string, code: string): string {
  return `c/${slug}/division/${code}/ceremony`;
}

export function scheduleTopic(slug: string): string {
  return `c/${slug}/schedule`;
}

export function noticesTopic(slug: string): string {
  return `c/${slug}/notices`;
}
