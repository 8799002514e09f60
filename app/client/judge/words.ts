/** Words in the judge's language: names that come in three, clock times, and the values of a sheet. */

import { locale, numberText, t, timeText } from '../feed/i18n';
import type { Field, Value, Words } from '../rules/types';

/** A name in the language shown, or in whichever it has. */
export function inWords(words: Words | null | undefined): string {
  if (!words) return '';
  return words[locale.value] ?? words.kk ?? words.ru ?? words.en ?? '';
}

/** The time of day of an instant, hours and minutes. */
export function clockText(atMs: number): string {
  return new Intl.DateTimeFormat(locale.value, { hour: '2-digit', minute: '2-digit', hour12: false }).format(atMs);
}

export function markText(mark: string): string {
  switch (mark) {
    case 'DNS':
      return t('Did not start');
    case 'DNF':
      return t('Did not finish');
    case 'DSQ':
      return t('Disqualified');
    default:
      return mark;
  }
}

/** What the desk calls a tablet: the beginning of its name, short enough to be read out. */
export function deviceCode(device: string): string {
  return device.slice(0, 4).toUpperCase();
}

/** A field's value as a person reads it. */
export function valueText(field: Field, value: Value | undefined): string {
  if (value === undefined || value === null) return t('not set');
  switch (field.type) {
    case 'yes_no':
      return value === true ? t('Yes') : t('No');
    case 'time':
      return timeText(value as number);
    case 'choice':
      return optionText(field, value as string);
    case 'multiple_choice':
      return (value as readonly string[]).map((id) => optionText(field, id)).join(', ') || t('none');
    case 'rows':
      return t('Rows: {count}', { count: (value as readonly unknown[]).length });
    default:
      return typeof value === 'number' ? withUnit(numberText(value), field.unit) : (value as string);
  }
}

export function withUnit(text: string, unit: string | null): string {
  return unit ? `${text} ${unit}` : text;
}

/** A result column's value as a person reads it. */
export function resultText(
  type: 'points' | 'time' | 'number',
  value: number | null | undefined,
  unit: string | null,
): string {
  if (value === null || value === undefined) return '–';
  return type === 'time' ? timeText(value) : withUnit(numberText(value), unit);
}

function optionText(field: Field, id: string): string {
  return inWords(field.options.find((option) => option.id === id)?.label) || id;
}
