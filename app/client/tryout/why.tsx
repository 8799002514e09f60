/** Why a sheet comes to what it does: each formula with what it gives, and each condition with whether it holds. */

import type { JSX } from 'preact';

import { numberText, t } from '../feed/i18n';
import type { Total } from '../judge/sheet/running_total';
import { problemText } from '../judge/sheet/sentences';
import { Icon } from '../judge/widgets/icon';
import { inWords, resultText } from '../judge/words';
import type { Evaluation, Ruleset } from '../rules/types';
import type { Content } from './content';

export function Why({ content, sum }: { content: Content; sum: Total }): JSX.Element {
  const { ruleset } = content;
  return (
    <section class="why" data-testid="why">
      <h2>{t('Why')}</h2>
      <Formulas content={content} sum={sum} />
      {sum.soFar ? <p>{t('So far: what is not set counts as the least.')}</p> : null}
      <Conditions content={content} ruleset={ruleset} evaluation={sum.evaluation} />
      <Unplaced ruleset={ruleset} evaluation={sum.evaluation} />
    </section>
  );
}

function Formulas({ content, sum }: { content: Content; sum: Total }): JSX.Element {
  const { ruleset, formulas } = content;
  const labels = new Map([...ruleset.values, ...ruleset.results].map(({ name, label }) => [name, label]));
  return (
    <dl>
      {ruleset.order.map((name) => (
        <div key={name} data-testid={`why-${name}`}>
          <dt>
            {labels.get(name) ? inWords(labels.get(name)) : name} <code>{formulas[name]}</code>
          </dt>
          <dd class="figures">{amountText(ruleset, name, sum)}</dd>
        </div>
      ))}
    </dl>
  );
}

function amountText(ruleset: Ruleset, name: string, sum: Total): string {
  const shown = sum.evaluation.ok ? sum.evaluation : sum.soFar;
  const result = ruleset.results.find((one) => one.name === name);
  if (result) {
    const isKnown = sum.evaluation.ok || result.type === 'points';
    return resultText(result.type, isKnown ? shown?.results[name] : null, result.unit);
  }
  const value = shown?.values[name];
  if (typeof value === 'boolean') return value ? t('Yes') : t('No');
  return typeof value === 'number' ? numberText(value) : (value ?? '–');
}

function Conditions(props: { content: Content; ruleset: Ruleset; evaluation: Evaluation }): JSX.Element | null {
  const { content, ruleset, evaluation } = props;
  if (ruleset.constraints.length === 0) return null;
  const broken = new Set([...evaluation.errors, ...evaluation.warnings].map((problem) => problem.code));
  return (
    <>
      <h3>{t('Conditions')}</h3>
      <ul class="conditions">
        {ruleset.constraints.map((constraint) => (
          <li key={constraint.code} data-broken={broken.has(constraint.code)}>
            <Icon name={broken.has(constraint.code) ? 'warning' : 'check'} />{' '}
            {broken.has(constraint.code) ? inWords(constraint.message) : null} <code>{content.conditions[constraint.code]}</code>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Errors that belong to a formula, not to a field or a condition. */
function Unplaced({ ruleset, evaluation }: { ruleset: Ruleset; evaluation: Evaluation }): JSX.Element | null {
  const fields = new Set(ruleset.fields.map((field) => field.id));
  const unplaced = evaluation.errors.filter((error) => !error.message && !fields.has((error.field ?? '').split('.')[0] ?? ''));
  if (unplaced.length === 0) return null;
  return (
    <ul class="problems problems-bad">
      {unplaced.map((error) => (
        <li key={`${error.field}${error.code}`}>
          {error.field}: {problemText(error)}
        </li>
      ))}
    </ul>
  );
}
