/** Decides matches for the agreement test: each line `[rules, sides, bouts, decision]` is answered by its outcome. */

import { createInterface } from 'node:readline';

import { decide, type Bout, type Sides } from '../../app/client/rules/head_to_head';
import type { Match } from '../../app/client/rules/types';

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line) as [Match, Sides, Bout[], string | null][];
  console.log(JSON.stringify(asked.map((one) => decide(...one))));
}
