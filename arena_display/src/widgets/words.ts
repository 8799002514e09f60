/** The words for states and marks: one icon and one word a language each. */

import { t } from '../../../app/client/feed/i18n';
import type { RunStatus } from '../../../app/client/feed/shapes';

export const MARKS: Readonly<Record<string, () => string>> = {
  DNS: () => t('Did not start'),
  DNF: () => t('Did not finish'),
  DSQ: () => t('Disqualified'),
};

export const STATUSES: Readonly<Record<RunStatus, () => string>> = {
  START_LIST: () => `○ ${t('ready')}`,
  LIVE: () => `● ${t('live')}`,
  UNCONFIRMED: () => `◐ ${t('unconfirmed')}`,
  UNOFFICIAL: () => `◑ ${t('unofficial')}`,
  OFFICIAL: () => `✔ ${t('official')}`,
  PROTESTED: () => `⚑ ${t('protested')}`,
};
