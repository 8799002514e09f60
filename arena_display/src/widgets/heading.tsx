/** The line on top of every picture: what is contested, and where. */

import type { ComponentChildren } from 'preact';
import { named, t } from '../../../app/client/feed/i18n';
import type { FieldData, Run } from '../../../app/client/feed/shapes';

interface Props {
  readonly left: string;
  readonly right: string;
  readonly children?: ComponentChildren;
}

export function Heading({ left, right, children }: Props) {
  return (
    <header class="heading">
      <h1>{left}</h1>
      <p>
        {children} {right && <span>{right}</span>}
      </p>
    </header>
  );
}

export function RunHeading({ data, run }: { data: FieldData; run: Run }) {
  return (
    <Heading left={named(data.division?.name)} right={t('attempt {n} of {of}', { n: run.attempt, of: run.attempts })}>
      <span>{t('Field {name}', { name: data.field.name })}</span>
    </Heading>
  );
}
