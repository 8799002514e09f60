/** Words in the judge's language: names that come in three, clock times, and the values of a sheet. */

import { signal } from '@preact/signals';

import { locale, numberText, t, timeOfDayText, timeText } from '../feed/i18n';
import { unitText } from '../feed/units';
import type { Field, Value, Words } from '../rules/types';

/** A name in the language shown, or in whichever it has. */
export function inWords(words: Words | null | undefined): string {
  if (!words) return '';
  return words[locale.value] ?? words.kk ?? words.ru ?? words.en ?? '';
}

/** How far the clock of the hall is from UTC; null before it was first heard. */
export const hallOffsetMin = signal<number | null>(null);

/** The time of day of an instant as the hall's clock shows it, whatever zone the tablet is set to. */
export function clockText(atMs: number): string {
  return timeOfDayText(new Date(atMs), hallOffsetMin.value);
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
  return unit ? `${text} ${unitText(unit)}` : text;
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
