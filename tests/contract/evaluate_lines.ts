/** Evaluates sheets for the agreement tests: a line {"ruleset"} is kept, each line {"sheets"} is answered by one. */

import { createInterface } from 'node:readline';

import { evaluate, type Ruleset, type Sheet } from '../../app/client/rules/sheet';

let ruleset: Ruleset | null = null;

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line) as { ruleset?: Ruleset; sheets?: Sheet[] };
  if (asked.ruleset !== undefined) ruleset = asked.ruleset;
  const rules = ruleset;
  if (asked.sheets !== undefined && rules !== null) {
    console.log(JSON.stringify(asked.sheets.map((sheet) => evaluate(rules, sheet))));
  }
}
