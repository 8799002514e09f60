/** What the sheet comes to as it stands, with the values it is made of. */

import type { JSX } from 'preact';

import { numberText, t, tn } from '../../feed/i18n';
import { markText } from '../../feed/result_words';
import type { Evaluation, Ruleset } from '../../rules/types';
import { inWords, resultText } from '../words';
import type { Draft } from './draft';
import { broken, type Total } from './running_total';

export function TotalPanel({ ruleset, draft, sum }: { ruleset: Ruleset; draft: Pick<Draft, 'mark'>; sum: Total }): JSX.Element {
  if (draft.mark !== null) {
    return (
      <div class="total" data-testid="total" data-complete="true">
        <strong class="total-mark">{markText(draft.mark)}</strong>
      </div>
    );
  }
  const shown = sum.evaluation.ok ? sum.evaluation : sum.soFar;
  return (
    <div class="total" data-testid="total" data-complete={sum.evaluation.ok}>
      {ruleset.results
        .filter((result) => result.shown)
        .map((result) => (
          <span class="total-result" key={result.name} data-testid={`total-${result.name}`}>
            <span class="total-label">{inWords(result.label)}</span>
            <strong class="figures">
              {resultText(
                result.type,
                isKnown(sum, result.type) ? shown?.results[result.name] : null,
                result.unit,
              )}
            </strong>
          </span>
        ))}
      {sum.evaluation.ok ? null : (
        <span class="total-open" data-testid="total-open">
          {inTheWay(sum)}
        </span>
      )}
    </div>
  );
}

/** Why there is no total yet. */
function inTheWay(sum: Total): string {
  const wrong = broken(sum);
  return [
    sum.open.length > 0 ? tn('{n} field not set', '{n} fields not set', sum.open.length) : '',
    wrong > 0 ? tn('{n} value breaks a rule', '{n} values break a rule', wrong) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Points so far can be told while fields are open; a time cannot. */
function isKnown(sum: Total, type: 'points' | 'time' | 'number'): boolean {
  return sum.evaluation.ok || type === 'points';
}

/** The named values behind the total. */
export function Breakdown({ ruleset, sum }: { ruleset: Ruleset; sum: Total }): JSX.Element | null {
  const shown: Evaluation | null = sum.evaluation.ok ? sum.evaluation : sum.soFar;
  const named = ruleset.values.filter((value) => value.label !== null);
  if (!shown || named.length === 0) return null;
  return (
    <div class="breakdown" data-testid="breakdown">
      <dl>
        {named.map((value) => {
          const amount = shown.values[value.name];
          if (typeof amount !== 'number') return null;
          return (
            <div key={value.name}>
              <dt>{inWords(value.label)}</dt>
              <dd class="figures">{numberText(amount)}</dd>
            </div>
          );
        })}
      </dl>
      {sum.evaluation.ok ? null : (
        <p class="breakdown-note">{t('So far: what is not set counts as the least.')}</p>
      )}
    </div>
  );
}
