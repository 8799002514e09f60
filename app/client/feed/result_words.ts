/** Result marks and the status of a result, in words. */

import { t } from './i18n';
import type { RunStatus } from './shapes';

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

export function statusText(status: RunStatus): string {
  switch (status) {
    case 'START_LIST':
      return t('Waiting');
    case 'LIVE':
      return t('Under way');
    case 'UNCONFIRMED':
      return t('Not confirmed');
    case 'UNOFFICIAL':
      return t('Unofficial');
    case 'OFFICIAL':
      return t('Official');
    case 'PROTESTED':
      return t('Under protest');
  }
}
