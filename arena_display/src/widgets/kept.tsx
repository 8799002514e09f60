/** Stands where a clock or a result would: the public is told it at the ceremony. */

import { t } from '../../../app/client/feed/i18n';

export function Kept() {
  return (
    <p class="kept" data-testid="kept">
      {t('The result is kept for the ceremony')}
    </p>
  );
}
