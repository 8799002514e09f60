/** Units of rulesets, as people write them in the language shown. */

import { t } from './i18n';

/** What is not known here stands as the ruleset has it. */
export function unitText(unit: string): string {
  switch (unit) {
    case 's':
      return t('s');
    case 'min':
      return t('min');
    case 'mm':
      return t('mm');
    case 'cm':
      return t('cm');
    case 'm':
      return t('m');
    case 'g':
      return t('g');
    case 'kg':
      return t('kg');
    default:
      return unit;
  }
}
