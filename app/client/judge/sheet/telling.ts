/**
 * The chief judge is told of sheets as they are filled in: at best, now and then, and never in the way of the outbox.
 *
 * Nothing is kept for it and nothing waits for it. What was written in words stays on the tablet.
 */

import type { Field, Row, Ruleset, Sheet, Value } from '../../rules/types';
import type { Answer } from '../api';
import { draftKey } from '../store/drafts';
import type { Draft } from './draft';

/** The least time between two messages. */
export const EVERY_MS = 2_000;
const ADDRESS = '/api/v1/begun-sheets';

/** How a sheet stands, as it crosses the wire; a sheet that is null is not begun any more. */
export interface SheetBegun {
  readonly target: string;
  readonly version: number;
  readonly sheet: Sheet | null;
  readonly mark: string | null;
}

export interface TellingParts {
  readonly post: (path: string, body: unknown) => Promise<Answer<unknown>>;
  /** As whom something may be told just now; null without a network, and while nobody is signed in. */
  readonly account: () => string | null;
  readonly nowMs?: () => number;
}

interface Known {
  readonly begun: SheetBegun;
  readonly changedMs: number;
  readonly isTold: boolean;
}

export class Telling {
  /** Every sheet begun since this page was opened, by its draft's key. */
  private readonly known = new Map<string, Known>();
  private readonly nowMs: () => number;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lastMs = Number.NEGATIVE_INFINITY;
  private isBusy = false;

  constructor(private readonly parts: TellingParts) {
    this.nowMs = parts.nowMs ?? ((): number => performance.now());
  }

  /** A draft was changed. What the desk is not shown of it (a note, a reason) is no news. */
  changed(draft: Draft, ruleset: Ruleset): void {
    const { key, target, version, mark } = draft;
    this.take(key, { target, version, sheet: withoutWords(ruleset.fields, draft.sheet), mark });
  }

  /** A draft is no more: its command is kept, or the judge threw it away. */
  dropped(key: string): void {
    const before = this.known.get(key);
    if (before) this.take(key, { ...before.begun, sheet: null, mark: null });
  }

  /** The server was reached again, and may have forgotten all of it. */
  again(): void {
    for (const [key, one] of this.known) this.known.set(key, { ...one, isTold: false });
    this.tellSoon();
  }

  /** Whoever filled in these sheets leaves the tablet: said at once, while it still can be said. */
  leave(): void {
    for (const [key, { begun }] of this.known) {
      if (this.isOwn(key)) void this.parts.post(ADDRESS, { ...begun, sheet: null, mark: null });
    }
    this.known.clear();
  }

  /** Sheets are told by those who fill them in, never by who signed in after them. */
  private isOwn(key: string): boolean {
    const account = this.parts.account();
    return account !== null && key.startsWith(draftKey(account, ''));
  }

  private take(key: string, begun: SheetBegun): void {
    const before = this.known.get(key);
    if (before && JSON.stringify(before.begun) === JSON.stringify(begun)) return;
    this.known.set(key, { begun, changedMs: this.nowMs(), isTold: false });
    this.tellSoon();
  }

  private tellSoon(): void {
    if (this.timer !== undefined || this.isBusy || this.next() === undefined) return;
    const waitMs = Math.max(0, this.lastMs + EVERY_MS - this.nowMs());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.tell();
    }, waitMs);
  }

  private next(): [string, Known] | undefined {
    return [...this.known].find(([key, one]) => !one.isTold && this.isOwn(key));
  }

  /** One message; what could not be told now waits for the next change, or for the network. */
  private async tell(): Promise<void> {
    const next = this.next();
    if (!next) return;
    const [key, one] = next;
    this.isBusy = true;
    this.lastMs = this.nowMs();
    const changed_ms_ago = Math.round(this.nowMs() - one.changedMs);
    const answer = await this.parts.post(ADDRESS, { ...one.begun, changed_ms_ago });
    this.isBusy = false;
    if (answer.kind === 'unreached') return;
    // Refused or taken: either way the server knows, and asking again would change nothing.
    if (this.known.get(key) === one) this.settle(key, one);
    this.tellSoon();
  }

  private settle(key: string, one: Known): void {
    if (one.begun.sheet === null) this.known.delete(key);
    else this.known.set(key, { ...one, isTold: true });
  }
}

/** The sheet without what a person wrote in words. */
export function withoutWords(fields: readonly Field[], sheet: Sheet): Sheet {
  const kept: Record<string, Value> = {};
  for (const field of fields) {
    const value = sheet[field.id];
    if (value === undefined || field.type === 'text') continue;
    const isRows = field.type === 'rows' && Array.isArray(value);
    kept[field.id] = isRows ? (value as readonly Row[]).map((row) => withoutWords(field.fields, row)) : value;
  }
  return kept;
}
