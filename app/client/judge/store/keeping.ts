/** Keeps a draft at every change: the newest of it, one write at a time, and only once the screen has shown the change. */

import { signal, type ReadonlySignal } from '@preact/signals';

/** However long a frame takes to come (none does on a hidden page), a change is written after this. */
const LONGEST_WAIT_MS = 50;

export class Keeping<D> {
  private readonly unkept = signal(false);
  private next: D | null = null;
  private writing: Promise<void> | null = null;

  /** Whether the last change could not be kept (storage full, say): it is only on the screen. */
  readonly isUnkept: ReadonlySignal<boolean> = this.unkept;

  constructor(
    private readonly keep: (draft: D) => Promise<void>,
    private readonly shown: () => Promise<void> = afterPainting,
  ) {}

  put(draft: D): void {
    this.next = draft;
    this.writing ??= this.write();
  }

  /** Resolves once nothing is left to be written. */
  settled(): Promise<void> {
    return this.writing ?? Promise.resolve();
  }

  private async write(): Promise<void> {
    while (this.next !== null) {
      await this.shown();
      const draft = this.next;
      this.next = null;
      this.unkept.value = await this.keep(draft).then(
        () => false,
        () => true,
      );
    }
    this.writing = null;
  }
}

/** Resolves when what was changed just now is on the screen; at once where there is none, or the page goes away. */
async function afterPainting(): Promise<void> {
  if (!('requestAnimationFrame' in globalThis)) return;
  await new Promise<void>((resolve) => {
    // A message is taken after the frame that was being made.
    const { port1, port2 } = new MessageChannel();
    const now = (): void => {
      clearTimeout(timer);
      removeEventListener('pagehide', now);
      port1.close();
      resolve();
    };
    const timer = setTimeout(now, LONGEST_WAIT_MS);
    port1.onmessage = now;
    requestAnimationFrame(() => port2.postMessage(null));
    addEventListener('pagehide', now);
  });
}
