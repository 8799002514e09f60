/** Which page the tablet shows, kept in the address after `#`, so that a reload comes back to it. */

import { signal, type ReadonlySignal } from '@preact/signals';

export type Page =
  | { readonly kind: 'queue' }
  | { readonly kind: 'outbox' }
  | { readonly kind: 'sign_in' }
  | { readonly kind: 'sheet'; readonly run: string }
  | { readonly kind: 'review'; readonly run: string }
  | { readonly kind: 'agree'; readonly run: string }
  | { readonly kind: 'match'; readonly match: string }
  | { readonly kind: 'match_review'; readonly match: string }
  | { readonly kind: 'settle'; readonly command: string };

export function pageOf(hash: string): Page {
  const [kind, id] = hash.replace(/^#\/?/, '').split('/');
  if (kind === 'outbox' || kind === 'sign_in') return { kind };
  if ((kind === 'sheet' || kind === 'review' || kind === 'agree') && id) return { kind, run: id };
  if ((kind === 'match' || kind === 'match_review') && id) return { kind, match: id };
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
    case 'settle':
      return `#/settle/${page.command}`;
    default:
      return `#/${page.kind}`;
  }
}

const shown = signal<Page>({ kind: 'queue' });
export const page: ReadonlySignal<Page> = shown;

/** Follow the address from now on. */
export function followAddress(): void {
  const read = (): void => {
    shown.value = pageOf(location.hash);
  };
  addEventListener('hashchange', read);
  read();
}

/** Show a page. `replace` leaves the present one out of the way back. */
export function show(next: Page, replace = false): void {
  if (replace) history.replaceState(null, '', addressOf(next));
  else history.pushState(null, '', addressOf(next));
  shown.value = next;
  scrollTo(0, 0);
}
