/** Which page the tablet shows, kept in the address after `#`, so that a reload comes back to it. */

import { signal, type ReadonlySignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';

export type Page =
  | { readonly kind: 'queue' }
  | { readonly kind: 'outbox' }
  | { readonly kind: 'codes' }
  | { readonly kind: 'scan' }
  | { readonly kind: 'sign_in' }
  | { readonly kind: 'sheet'; readonly run: string }
  | { readonly kind: 'review'; readonly run: string }
  | { readonly kind: 'agree'; readonly run: string }
  | { readonly kind: 'match'; readonly match: string }
  | { readonly kind: 'match_review'; readonly match: string }
  | { readonly kind: 'settle'; readonly command: string }
  /** Calling the chief judge to `c/<slug>/<run, match or field>/<id>`. */
  | { readonly kind: 'call'; readonly target: string };

export function pageOf(hash: string): Page {
  const [kind, id, ...rest] = hash.replace(/^#\/?/, '').split('/');
  if (kind === 'outbox' || kind === 'codes' || kind === 'scan' || kind === 'sign_in') return { kind };
  if ((kind === 'sheet' || kind === 'review' || kind === 'agree') && id) return { kind, run: id };
  if ((kind === 'match' || kind === 'match_review') && id) return { kind, match: id };
  if (kind === 'call' && id) return { kind, target: [id, ...rest].join('/') };
  if (kind === 'settle' && id) return { kind, command: id };
  return { kind: 'queue' };
}

export function addressOf(page: Page): string {
  switch (page.kind) {
    case 'sheet':
    case 'review':
    case 'agree':
      return `#/${page.kind}/${page.run}`;
    case 'match':
    case 'match_review':
      return `#/${page.kind}/${page.match}`;
    case 'call':
      return `#/call/${page.target}`;
    case 'settle':
      return `#/settle/${page.command}`;
    default:
      return `#/${page.kind}`;
  }
}

const shown = signal<Page>({ kind: 'queue' });
export const page: ReadonlySignal<Page> = shown;

/** How far each page was scrolled when it was left, by its address, and how far the one that is come back to is to be. */
const leftAt = new Map<string, number>();
let returnTo: number | null = null;

/** Follow the address from now on. */
export function followAddress(): void {
  const read = (): void => {
    returnTo = leftAt.get(location.hash) ?? null;
    shown.value = pageOf(location.hash);
  };
  addEventListener('hashchange', read);
  read();
}

/** Show a page. `replace` leaves the present one out of the way back. */
export function show(next: Page, replace = false): void {
  leftAt.set(location.hash, scrollY);
  returnTo = null;
  if (replace) history.replaceState(null, '', addressOf(next));
  else history.pushState(null, '', addressOf(next));
  shown.value = next;
  scrollTo(0, 0);
}

/** Show a page as far down as it was left. */
export function comeBack(to: Page): void {
  show(to);
  returnTo = leftAt.get(addressOf(to)) ?? null;
}

/** For a page that is drawn only once its data is there: scroll it to where it was left, if it is come back to. */
export function useReturn(): void {
  useLayoutEffect(() => {
    if (returnTo !== null) scrollTo(0, returnTo);
    returnTo = null;
  }, []);
}
