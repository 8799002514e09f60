/** What a call for the chief judge is about, and what came of it, in words. */

import type { CallOutcome, CallReason } from '../../feed/escalations';
import { t } from '../../feed/i18n';

export const REASONS: readonly CallReason[] = ['rules', 'team', 'field', 'safety', 'judge', 'other'];
export const OUTCOMES: readonly CallOutcome[] = ['stands', 'changed', 'replay', 'explained', 'other'];

export function reasonText(reason: CallReason): string {
  switch (reason) {
    case 'rules':
      return t('A rule is unclear');
    case 'team':
      return t('The team disagrees');
    case 'field':
      return t('The field or its gates fail');
    case 'safety':
      return t('Safety');
    case 'judge':
      return t('A judge is needed');
    case 'other':
      return t('Something else');
  }
}

export function outcomeText(outcome: CallOutcome): string {
  switch (outcome) {
    case 'stands':
      return t('The decision stands');
    case 'changed':
      return t('The decision was changed');
    case 'replay':
      return t('It is held again');
    case 'explained':
      return t('Explained');
    case 'other':
      return t('Otherwise');
  }
}
