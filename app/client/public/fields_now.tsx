/** What happens on each field just now, and how far its day has come. */

import { durationText, named, t, tn } from '../feed/i18n';
import type { FieldSchedule } from '../feed/shapes';
import { turnNow, turnsNext, turnText } from '../feed/turns';

export function FieldsNow({ slug, fields }: { slug: string; fields: readonly FieldSchedule[] }) {
  return (
    <ul class="fields-now plain-list">
      {fields.map((field) => (
        <li key={field.code} data-testid={`field-${field.code}`}>
          <a href={`/screen/c/${encodeURIComponent(slug)}/field/${encodeURIComponent(field.code)}`}>
            <strong>{t('Field {name}', { name: field.name })}</strong>
            <span>{headline(field)}</span>
            {field.delay_min > 0 && <span class="late">{t('Late by {time}', { time: durationText(field.delay_min) })}</span>}
          </a>
          <progress max={field.done + field.left} value={field.done} aria-label={t('Runs done: {n}', { n: field.done })} />
          <small>{field.left > 0 ? tn('{n} run left', '{n} runs left', field.left) : t('All runs are done.')}</small>
        </li>
      ))}
    </ul>
  );
}

function headline(field: FieldSchedule): string {
  const now = turnNow(field);
  const turn = now ?? turnsNext(field)[0];
  if (!turn) return '';
  const region = turn.entries.length === 1 ? named(turn.entries[0]?.region) : '';
  const who = [turnText(turn), region].filter(Boolean).join(', ');
  return now ? t('Now: {team}', { team: who }) : t('Up next: {team}', { team: who });
}
