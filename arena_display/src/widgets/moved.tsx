/** How many places a team went up or down by its last result: an arrow and a number, never a colour alone. */

import { t } from '../../../app/client/feed/i18n';
import { Icon } from '../../../app/client/tokens/icon';

export function Moved({ places }: { places: number }) {
  if (places === 0) return null;
  const label = places > 0 ? t('Places gained: {n}', { n: places }) : t('Places lost: {n}', { n: -places });
  return (
    <small class={places > 0 ? 'moved up' : 'moved down'} title={label} data-testid="moved">
      <Icon name={places > 0 ? 'up' : 'down'} />
      {Math.abs(places)}
    </small>
  );
}
