/** A result's value as its column writes it. */

import { numberText, timeText } from '../../../app/client/feed/i18n';
import type { Column } from '../../../app/client/feed/shapes';

export function valueText(column: Pick<Column, 'type'>, value: unknown): string {
  if (typeof value !== 'number') return '–';
  return column.type === 'time' ? timeText(value) : numberText(value);
}
