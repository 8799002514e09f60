/** The fields of a sheet under their headings, those shown at the moment. */

import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';

import { visibleFields, type Field, type Ruleset, type SheetProblem } from '../../rules/sheet';
import type { Clock } from '../wire';
import { inWords } from '../words';
import type { Draft } from './draft';
import type { SheetEditor } from './editor';
import { FieldCard } from './fields/field_card';
import type { Total } from './running_total';
import { problemsAt } from './sentences';

interface GroupsProps {
  ruleset: Ruleset;
  draft: Draft;
  editor: SheetEditor;
  sum: Total;
  clock: Clock;
}

export function Groups(props: GroupsProps): JSX.Element {
  const { ruleset, draft } = props;
  const visible = visibleFields(ruleset, draft.sheet);
  const shown = ruleset.fields.filter((field) => visible.has(field.id));
  const ungrouped = shown.filter((field) => field.group === null);
  return (
    <>
      {ruleset.groups.map((group) => (
        <Group
          key={group.id}
          {...props}
          label={inWords(group.label)}
          fields={shown.filter((field) => field.group === group.id)}
        />
      ))}
      <Group {...props} label={null} fields={ungrouped} />
    </>
  );
}

function Group(props: GroupsProps & { label: string | null; fields: readonly Field[] }): JSX.Element | null {
  const { label, fields, ruleset, draft, editor, sum, clock } = props;
  if (fields.length === 0) return null;
  const errors = sum.evaluation.errors.filter((error) => error.code !== 'required');
  return (
    <section class="group">
      {label === null ? null : <h2>{label}</h2>}
      {fields.map((field) => (
        <FieldSlot
          key={field.id}
          field={field}
          ruleset={ruleset}
          draft={draft}
          editor={editor}
          clock={clock}
          errors={problemsAt(errors, field.id)}
          warnings={problemsAt(sum.evaluation.warnings, field.id)}
        />
      ))}
    </section>
  );
}

interface FieldSlotProps {
  readonly field: Field;
  readonly ruleset: Ruleset;
  readonly draft: Draft;
  readonly editor: SheetEditor;
  readonly clock: Clock;
  readonly errors: readonly SheetProblem[];
  readonly warnings: readonly SheetProblem[];
}

/** A field's card, drawn again only where something of the field changed: a tap touches one of many. */
function FieldSlot(props: FieldSlotProps): JSX.Element {
  const { field, ruleset, draft, editor, clock, errors, warnings } = props;
  return useMemo(
    () => (
      <FieldCard
        field={field}
        draft={draft}
        editor={editor}
        clock={clock}
        levels={ruleset.rubric?.criteria.find((criterion) => criterion.id === field.id)?.levels ?? []}
        errors={errors}
        warnings={warnings}
      />
    ),
    [field, ruleset, draft.sheet[field.id], editor, clock, keyOf(errors), keyOf(warnings)],
  );
}

function keyOf(problems: readonly SheetProblem[]): string {
  return problems.length === 0 ? '' : JSON.stringify(problems);
}
