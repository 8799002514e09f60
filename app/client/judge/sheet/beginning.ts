/** The sheet a judge starts from: what this tablet already holds for the run, or what is confirmed, or nothing. */

import type { Ruleset, Sheet } from '../../rules/types';
import { isOpen, isScore, needsPerson, type OutboxItem } from '../outbox/item';
import type { Mark, Run } from '../wire';
import { newDraft, withoutUnset, type Draft } from './draft';

/**
 * A new draft for `run`. A score of the same judge that waits here, or that the server turned down, is taken up again
 * with its values. If it may have reached the server it can only be corrected; otherwise the new one takes its place.
 */
export function begin(
  key: string,
  run: Run,
  ruleset: Ruleset,
  account: string,
  items: readonly OutboxItem[],
): Draft {
  const fresh = newDraft(key, run, ruleset);
  // One of two sheets, handed in and not agreed with yet: its judge mends it by handing in another.
  const isOneOfTwo = (run.sheets_needed ?? 1) > 1 && run.result === null;
  const handedIn = items.findLast((item) => isMine(item, run, account) && item.type === 'EnterScore');
  if (isOneOfTwo) return handedIn ? { ...fresh, ...payloadOf(handedIn) } : fresh;
  const waiting = items.findLast((item) => isMine(item, run, account) && (isOpen(item) || needsPerson(item)));
  if (!waiting) return fresh;
  const inDoubt = isOpen(waiting) && waiting.tries > 0;
  const stays = isOpen(waiting) && !inDoubt;
  return {
    ...fresh,
    ...payloadOf(waiting),
    kind: inDoubt ? 'correct' : stays ? kindOf(waiting) : fresh.kind,
    version: isOpen(waiting) ? (waiting.expectedVersion ?? fresh.version) : fresh.version,
  };
}

/** The sheet of a command as a draft holds it. */
export function payloadOf(item: OutboxItem): Pick<Draft, 'sheet' | 'mark' | 'note' | 'reason' | 'stopwatch'> {
  const { sheet, mark, note, reason, stopwatch } = item.payload as {
    sheet?: Sheet;
    mark?: Mark | null;
    note?: string;
    reason?: string;
    stopwatch?: boolean;
  };
  return {
    sheet: withoutUnset(sheet ?? {}),
    mark: mark ?? null,
    note: note ?? '',
    reason: reason ?? '',
    stopwatch: stopwatch === true,
  };
}

function kindOf(item: OutboxItem): Draft['kind'] {
  return item.type === 'CorrectScore' ? 'correct' : 'enter';
}

function isMine(item: OutboxItem, run: Run, account: string): boolean {
  return item.target === run.target && item.madeBy.account === account && isScore(item);
}
