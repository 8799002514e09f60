/** Small rulesets in their JSON form, and a run to score by them, for tests. */

import type { Run } from '../../../app/client/judge/wire';
import type { Field, FieldType, Ruleset } from '../../../app/client/rules/types';

export function field(id: string, type: FieldType, over: Partial<Field> = {}): Field {
  return {
    id,
    type,
    label: { kk: id, ru: id, en: id },
    hint: null,
    unit: null,
    min: null,
    max: null,
    step: type === 'whole' ? 1 : null,
    required: true,
    otherwise: null,
    visible_if: null,
    group: null,
    source: 'judge',
    options: [],
    fields: [],
    min_rows: 0,
    max_rows: 0,
    ...over,
  };
}

export function ruleset(fields: readonly Field[], over: Partial<Ruleset> = {}): Ruleset {
  return {
    id: 'test',
    version: '1',
    kind: 'timed',
    digest: 'd',
    label: { en: 'Test' },
    description: null,
    parameters: [],
    robot: {},
    groups: [],
    fields,
    tables: {},
    values: [],
    results: [],
    order: [],
    constraints: [],
    attempts: {
      count: 1,
      minimum: 1,
      limit_s: null,
      window_s: null,
      unused: 'skipped',
      better: [],
      normalise: [],
    },
    match: null,
    ranking: [],
    marks: ['DNS', 'DNF', 'DSQ'],
    rubric: null,
    protest_window_min: 10,
    protest_fee: false,
    sheets_per_run: 1,
    ...over,
  };
}

export function run(over: Partial<Run> = {}): Run {
  return {
    id: 'r1',
    target: 'c/demo/run/r1',
    division: 'line',
    field: 'A',
    attempt: 1,
    attempts: 3,
    position: 1,
    entry: { id: 'e', number: 1, team: 'Тұлпар', organisation: '', region: null, region_code: null },
    status: 'START_LIST',
    version: 7,
    armed: false,
    clock: {
      state: 'ready',
      started_at_utc: null,
      stopped_at_utc: null,
      elapsed_us: null,
      uncertainty_us: null,
      limit_s: 180,
      simulated: false,
    },
    result: null,
    rank: null,
    sealed: false,
    called_at_utc: null,
    ...over,
  };
}
