/** What an entry has reached before this run: its value and its place. Nothing at its first attempt. */

import { t } from '../../../app/client/feed/i18n';
import type { Standing } from '../use_standing';
import { valueText } from './value_text';

export function BestSoFar({ standing }: { standing: Standing | null }) {
  const [column] = standing?.data.columns ?? [];
  if (!standing || !column || standing.row.rank === null) return null;
  const { rank, values } = standing.row;
  return (
    <p class="best" data-testid="best">
      {t('Best so far: {value}', { value: valueText(column, values[column.name]) })} · {t('Place {rank} so far', { rank })}
    </p>
  );
}
