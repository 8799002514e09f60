/** What is scored of a match whose rules have fields (goals, distances): the fields of its sheet, for the last bout. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { evaluate, visibleFields } from '../../rules/sheet';
import { Entry } from '../sheet/fields/field_card';
import { problemsAt, problemText } from '../sheet/sentences';
import { inWords } from '../words';
import { Icon } from '../widgets/icon';
import { EMPTY_BOUT } from '../../rules/head_to_head';
import { inLastBout, withField, type MatchDraft } from './draft';
import type { MatchParts } from './match_page';

export function ScoreFields({ match, ruleset, editor, draft, outcome }: MatchParts): JSX.Element {
  const sheet = draft.bouts.at(-1)?.sheet ?? {};
  const visible = visibleFields(ruleset, sheet);
  const { errors } = evaluate(ruleset, sheet);
  return (
    <section class="group" data-testid="score-fields">
      {draft.bouts.length > 1 ? <h2>{t('Game {n}', { n: draft.bouts.length })}</h2> : null}
      {ruleset.fields
        .filter((field) => visible.has(field.id))
        .map((field) => (
          <section key={field.id} class="field" data-testid={`field-${field.id}`}>
            <header class="field-head">
              <h3>{inWords(field.label)}</h3>
              {sheet[field.id] === undefined ? <span class="field-value">{t('not set')}</span> : null}
            </header>
            <Entry
              field={field}
              path={field.id}
              value={sheet[field.id]}
              set={(value) => editor.changeAndShow(match, (old) => inLastBout(old, withField(field.id, value)))}
              clock={null}
            />
            {problemsAt(errors, field.id)
              .filter((problem) => problem.code !== 'required')
              .map((problem) => (
                <p key={problem.code} class="problems problems-bad">
                  <Icon name="stop" /> {problemText(problem)}
                </p>
              ))}
          </section>
        ))}
      {outcome.status === 'replay' ? (
        <button class="button" data-testid="next-game" onClick={() => editor.changeAndShow(match, withNextGame)}>
          {t('Play one more')}
        </button>
      ) : null}
    </section>
  );
}

function withNextGame(draft: MatchDraft): MatchDraft {
  return { ...draft, bouts: [...draft.bouts, { ...EMPTY_BOUT, sheet: {} }] };
}
