/** A draft is kept after the screen has shown it: the newest of it, one write at a time, and what fails is said. */

import { expect, test } from 'vitest';

import { Keeping } from '../../../app/client/judge/store/keeping';

interface Bench {
  readonly keeping: Keeping<string>;
  readonly written: string[];
  /** The next frame is on the screen. */
  readonly paint: () => Promise<void>;
  fails: boolean;
}

function bench(): Bench {
  let shown: () => void = () => undefined;
  const made = { written: [] as string[], fails: false };
  const write = (draft: string): Promise<void> => {
    if (made.fails) return Promise.reject(new DOMException('full', 'QuotaExceededError'));
    made.written.push(draft);
    return Promise.resolve();
  };
  const keeping = new Keeping(write, () => new Promise((resolve) => (shown = resolve)));
  const paint = async (): Promise<void> => {
    shown();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return Object.assign(made, { keeping, paint });
}

test('nothing is written before the change is shown, and then its newest state alone', async () => {
  const { keeping, written, paint } = bench();
  keeping.put('one');
  keeping.put('two');
  await new Promise((resolve) => setTimeout(resolve));
  expect(written).toEqual([]);
  await paint();
  expect(written).toEqual(['two']);
  keeping.put('three');
  await paint();
  expect(written).toEqual(['two', 'three']);
  await keeping.settled();
});

test('it is settled only when the last change is written', async () => {
  const { keeping, written, paint } = bench();
  keeping.put('one');
  const settled = keeping.settled().then(() => written.length);
  await paint();
  expect(await settled).toBe(1);
});

test('a change that could not be kept is said until the next one could', async () => {
  const made = bench();
  made.fails = true;
  made.keeping.put('one');
  await made.paint();
  expect(made.keeping.isUnkept.value).toBe(true);
  made.fails = false;
  made.keeping.put('two');
  await made.paint();
  expect(made.keeping.isUnkept.value).toBe(false);
  expect(made.written).toEqual(['two']);
});
