/** What a confirmed run came to: its values, place, and the words that qualify it. */

import { named, numberText, t, timeText } from '../../../app/client/feed/i18n';
import type { Column, Run } from '../../../app/client/feed/shapes';
import { MARKS } from './words';

export function ResultShown({ run }: { run: Run }) {
  const result = run.result;
  if (!result) return null;
  return (
    <div class="result" data-testid="result">
      {result.mark !== null ? (
        <p class="figure mark">{MARKS[result.mark]?.() ?? result.mark}</p>
      ) : (
        result.shown.map((column) => (
          <p class="figure figures" key={column.name}>
            <strong>{valueText(column, column.value)}</strong>
            {result.shown.length > 1 && <small>{named(column.label)}</small>}
          </p>
        ))
      )}
      {run.rank !== null && (
        <p class="place" data-testid="place">
          {t('Place {rank}', { rank: run.rank })}
        </p>
      )}
      <p class="qualified">
        {result.corrected && <span class="corrected">✎ {t('corrected')}</span>}
        {result.hand_time && <span class="hand-time">☝ {t('hand time')}</span>}
      </p>
    </div>
  );
}

/** A result's value as its column writes it. */
export function valueText(column: Pick<Column, 'type'>, value: unknown): string {
  if (typeof value !== 'number') return '–';
  return column.type === 'time' ? timeText(value) : numberText(value);
}
