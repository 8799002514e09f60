/** What is wrong with a field, as a sentence: the ruleset's own, or ours for the kinds every sheet has. */

import { t } from '../../feed/i18n';
import type { SheetProblem } from '../../rules/types';
import { inWords } from '../words';

export function problemText(problem: SheetProblem): string {
  return problem.message ? inWords(problem.message) : codeText(problem);
}

function codeText({ code, facts }: SheetProblem): string {
  switch (code) {
    case 'required':
      return t('Not set yet.');
    case 'below_min':
      return t('At least {min}.', { min: String(facts['min']) });
    case 'above_max':
      return t('At most {max}.', { max: String(facts['max']) });
    case 'off_step':
      return t('In steps of {step}.', { step: String(facts['step']) });
    case 'not_whole':
      return t('A whole number.');
    case 'too_few_rows':
      return t('At least {min} rows.', { min: String(facts['min']) });
    case 'too_many_rows':
      return t('At most {max} rows.', { max: String(facts['max']) });
    case 'too_long':
      return t('At most {max} characters.', { max: String(facts['max']) });
    default:
      return t('This is not right ({code}).', { code });
  }
}

/** The errors and warnings that belong to a field or to one of its rows. */
export function problemsAt(problems: readonly SheetProblem[], fieldId: string): SheetProblem[] {
  return problems.filter((problem) => problem.fields.some((id) => id === fieldId || id.startsWith(`${fieldId}.`)));
}
