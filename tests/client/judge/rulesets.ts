/** Small rulesets in their JSON form, for tests. */

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
    attempts: { count: 1, minimum: 1, limit_s: null, window_s: null, unused: 'skipped', better: [], normalise: [] },
    match: null,
    ranking: [],
    marks: ['DNS', 'DNF', 'DSQ'],
    rubric: null,
    protest_window_min: null,
    protest_fee: false,
    sheets_per_run: 1,
    ...over,
  };
}
