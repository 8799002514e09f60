/** A queue as it will be: what was asked of it here and has no answer yet is seen at once, so that nobody asks twice. */

import { isOpen, runOf, type OutboxItem } from '../outbox/item';
import type { Run } from '../wire';

export interface Expected {
  /** The runs in the order that is asked for. */
  readonly runs: readonly Run[];
  /** The newest command asked of a run, by the run's id. */
  readonly asked: ReadonlyMap<string, OutboxItem>;
  /** Practice runs that the queue does not have yet, each with a run of the same entry. */
  readonly practice: readonly { readonly item: OutboxItem; readonly run: Run }[];
}

export function expected(listed: readonly Run[], items: readonly OutboxItem[]): Expected {
  let runs = listed;
  const asked = new Map<string, OutboxItem>();
  const practice: { item: OutboxItem; run: Run }[] = [];
  for (const item of items.filter(isOpen)) {
    if (item.type === 'SwapRuns') {
      const other = String(item.payload['other']);
      runs = swapped(runs, item, runOf(item), other);
      asked.set(runOf(item), item).set(other, item);
    } else if (item.type === 'StepAside') {
      asked.set(runOf(item), item);
    } else if (item.type === 'AddPracticeRun') {
      const run = runs.find((one) => one.entry.id === item.payload['entry']);
      if (run && practiceRuns(listed, run) <= (item.about.practiceRuns ?? 0)) practice.push({ item, run });
    }
  }
  return { runs, asked, practice };
}

/** Whether the first stands before the second; what an exchange turns round. */
export function standsBefore(runs: readonly Run[], first: string, second: string): boolean {
  const ids = runs.map((run) => run.id);
  return ids.indexOf(first) < ids.indexOf(second);
}

/** How many practice runs of a run's entry a queue has. */
export function practiceRuns(runs: readonly Run[], { entry }: Run): number {
  return runs.filter((run) => run.practice === true && run.entry.id === entry.id).length;
}

/** The queue may have heard of an exchange before its answer came: then the two do not stand as they stood. */
function swapped(runs: readonly Run[], item: OutboxItem, first: string, second: string): readonly Run[] {
  const [at, other] = [first, second].map((id) => runs.findIndex((run) => run.id === id)) as [number, number];
  const stoodBefore = item.about.stoodBefore ?? true;
  if (at < 0 || other < 0 || standsBefore(runs, first, second) !== stoodBefore) return runs;
  return runs.map((run, index) => (index === at ? runs[other] : index === other ? runs[at] : run) ?? run);
}
