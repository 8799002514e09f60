/** Evaluates sheets for the agreement tests: a line {"ruleset"} is kept, each line {"sheet"} is answered. */

import { createInterface } from 'node:readline'

import { evaluate, type Ruleset, type Sheet } from '../../app/client/rules/sheet'

let ruleset: Ruleset | null = null

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line) as { ruleset?: Ruleset; sheet?: Sheet }
  if (asked.ruleset !== undefined) ruleset = asked.ruleset
  if (asked.sheet !== undefined && ruleset !== null) console.log(JSON.stringify(evaluate(ruleset, asked.sheet)))
}
