/** A ruleset being tried: its sheet as the judge sees it, the total and why, and a small table of tries. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';

import { t } from '../feed/i18n';
import type { Draft } from '../judge/sheet/draft';
import { SheetEditor } from '../judge/sheet/editor';
import { Groups } from '../judge/sheet/groups';
import { Marks } from '../judge/sheet/marks';
import { total } from '../judge/sheet/running_total';
import { TotalPanel } from '../judge/sheet/total_panel';
import type { Clock } from '../judge/wire';
import type { Content } from './content';
import { MatchTries } from './match_tries';
import { ServerAnswer } from './server_answer';
import { SheetTries } from './sheet_tries';
import { Why } from './why';

const EMPTY: Draft = {
  key: 'tryout',
  target: '',
  kind: 'enter',
  version: 0,
  sheet: {},
  mark: null,
  note: '',
  reason: '',
  past: [],
};

const NO_CLOCK: Clock = {
  state: 'ready',
  started_at_utc: null,
  stopped_at_utc: null,
  elapsed_us: null,
  uncertainty_us: null,
  limit_s: null,
  simulated: false,
};

/** A try is not worth keeping. */
const NOWHERE = { keep: () => Promise.resolve(), drop: () => Promise.resolve() };

export function TryoutPage({ content }: { content: Content }): JSX.Element {
  const { ruleset } = content;
  if (ruleset.match) return <MatchTries content={content} rules={ruleset.match} />;
  if (ruleset.fields.length === 0) return <p>{t('These rules have no score sheet.')}</p>;
  return <SheetTry content={content} />;
}

function SheetTry({ content }: { content: Content }): JSX.Element {
  const { ruleset } = content;
  const editor = useMemo(() => new SheetEditor(EMPTY, NOWHERE), []);
  const tries = useSignal<readonly Draft[]>([]);
  useEffect(() => offerSamples(content, editor), []);
  const draft = editor.draft.value;
  const sum = total(ruleset, draft.sheet);
  return (
    <>
      <div class="tryout">
        <section class="tryout-sheet" aria-label={t('Score sheet')}>
          <Groups ruleset={ruleset} draft={draft} editor={editor} sum={sum} clock={NO_CLOCK} />
          {ruleset.marks.length > 0 ? <Marks ruleset={ruleset} draft={draft} editor={editor} /> : null}
        </section>
        <aside class="tryout-side">
          <TotalPanel ruleset={ruleset} draft={draft} sum={sum} />
          <ServerAnswer content={content} sheet={draft.sheet} evaluation={sum.evaluation} />
          <Why content={content} sum={sum} />
          <p class="tryout-ways">
            <button class="btn" data-testid="tryout-clear" onClick={() => editor.change(() => EMPTY)}>
              {t('Empty sheet')}
            </button>
            <button
              class="btn btn-primary"
              data-testid="tryout-keep"
              disabled={!sum.evaluation.ok && draft.mark === null}
              onClick={() => (tries.value = [...tries.value, draft])}
            >
              {t('Add to the table of tries')}
            </button>
          </p>
        </aside>
      </div>
      <SheetTries content={content} tries={tries} />
    </>
  );
}

/** Let the page's own buttons put a worked example on the sheet. */
function offerSamples({ samples }: Content, editor: SheetEditor): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-sample]')) {
    const sheet = samples[Number(button.dataset['sample'])];
    if (!sheet) continue;
    button.hidden = false;
    button.addEventListener('click', () => {
      editor.change(() => ({ ...EMPTY, sheet }));
      document.getElementById('tryout')?.scrollIntoView({ behavior: 'smooth' });
    });
  }
}
