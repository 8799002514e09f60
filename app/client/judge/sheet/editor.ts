/** One score sheet on the screen: its draft, kept on this tablet at every change. */

import { signal, type ReadonlySignal } from '@preact/signals';

import type { DraftStore } from '../store/drafts';
import { Keeping } from '../store/keeping';
import type { Draft } from './draft';

export class SheetEditor {
  private readonly current;
  private readonly keeping: Keeping<Draft>;

  readonly draft: ReadonlySignal<Draft>;
  /** Whether the last change could not be kept. */
  readonly isUnkept: ReadonlySignal<boolean>;

  constructor(
    first: Draft,
    private readonly drafts: Pick<DraftStore, 'keep' | 'drop'>,
    /** Is told how the draft stands at every change, and null when there is no draft any more. */
    private readonly tell: (draft: Draft | null) => void = () => undefined,
  ) {
    this.current = signal(first);
    this.draft = this.current;
    this.keeping = new Keeping((draft) => drafts.keep(draft));
    this.isUnkept = this.keeping.isUnkept;
  }

  change(step: (old: Draft) => Draft): void {
    const next = step(this.current.peek());
    this.current.value = next;
    this.tell(next);
    this.keeping.put(next);
  }

  /** Forget the draft, once its command is in the outbox. */
  async drop(): Promise<void> {
    this.tell(null);
    await this.keeping.settled();
    await this.drafts.drop(this.current.peek().key);
  }
}
