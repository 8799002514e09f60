/** Sheets a second: reads {"ruleset", "sheets", "count"} and prints how many are evaluated in a second. */

import { readFileSync } from 'node:fs';

import { evaluate, type Ruleset, type Sheet } from '../../app/client/rules/sheet';

const asked = JSON.parse(readFileSync(0, 'utf8')) as { ruleset: Ruleset; sheets: Sheet[]; count: number };

function run(count: number): void {
  for (let at = 0; at < count; at += 1) evaluate(asked.ruleset, asked.sheets[at % asked.sheets.length] ?? {});
}

run(asked.count / 10);
const started = performance.now();
run(asked.count);
console.log((asked.count * 1000) / (performance.now() - started));
