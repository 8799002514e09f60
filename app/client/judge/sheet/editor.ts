/** One score sheet on the screen: its draft, kept on this tablet at every change. */

import { signal, type ReadonlySignal } from '@preact/signals';

import type { DraftStore } from '../store/drafts';
import type { Draft } from './draft';

export class SheetEditor {
  private readonly current;
  private readonly unkept = signal(false);
  private keeping: Promise<void> = Promise.resolve();

  readonly draft: ReadonlySignal<Draft>;
  /** Whether the last change could not be kept (storage full, say): it is only on the screen. */
  readonly isUnkept: ReadonlySignal<boolean> = this.unkept;

  constructor(
    first: Draft,
    private readonly drafts: Pick<DraftStore, 'keep' | 'drop'>,
  ) {
    this.current = signal(first);
    this.draft = this.current;
  }

  change(step: (old: Draft) => Draft): void {
    const next = step(this.current.peek());
    this.current.value = next;
    this.keeping = this.keeping
      .then(() => this.drafts.keep(next))
      .then(
        () => {
          this.unkept.value = false;
        },
        () => {
          this.unkept.value = true;
        },
      );
  }

  /** Forget the draft, once its command is in the outbox. */
  async drop(): Promise<void> {
    await this.keeping;
    await this.drafts.drop(this.current.peek().key);
  }
}
