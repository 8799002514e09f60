/** The fields of a sheet under their headings, those shown at the moment. */

import type { JSX } from 'preact';

import { visibleFields, type Field, type Ruleset } from '../../rules/sheet';
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
  const { label, fields, draft, editor, sum, clock } = props;
  if (fields.length === 0) return null;
  const errors = sum.evaluation.errors.filter((error) => error.code !== 'required');
  return (
    <section class="group">
      {label === null ? null : <h2>{label}</h2>}
      {fields.map((field) => (
        <FieldCard
          key={field.id}
          field={field}
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
