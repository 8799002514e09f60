/** Which of two snapshots is newer: the epoch decides, then the version. */

import { expect, it } from 'vitest';
import { isNewer } from '../../../app/client/feed/order';

it.each([
  ['the first one', { epoch: 1, version: 1 }, null, true],
  ['a higher version', { epoch: 1, version: 6 }, { epoch: 1, version: 5 }, true],
  ['the same version', { epoch: 1, version: 5 }, { epoch: 1, version: 5 }, false],
  ['a lower version', { epoch: 1, version: 4 }, { epoch: 1, version: 5 }, false],
  ['a lower version of a later epoch', { epoch: 2, version: 1 }, { epoch: 1, version: 5 }, true],
  ['a higher version of an earlier epoch', { epoch: 1, version: 99 }, { epoch: 2, version: 1 }, false],
] as const)('%s', (_case, offered, kept, newer) => {
  expect(isNewer(offered, kept)).toBe(newer);
});
