/** The words of an emergency: ready ones in the chosen language, or the organiser's own. */

import { named, t } from './i18n';
import type { Emergency } from './shapes';

export function emergencyWords({ kind, text }: Emergency): string {
  switch (kind) {
    case 'evacuate':
      return t('Please leave the hall calmly by the nearest exit.');
    case 'stop':
      return t('All runs have stopped. Please stay where you are.');
    case 'medical':
      return t('Please make way for the medics.');
    case 'own':
      return named(text);
  }
}
