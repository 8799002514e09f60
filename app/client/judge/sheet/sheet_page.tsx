/** The score sheet of a run, drawn from its ruleset. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import type { Ruleset } from '../../rules/types';
import { show, useReturn } from '../route';
import { useTablet } from '../tablet';
import { Icon } from '../widgets/icon';
import { Notice } from '../widgets/notices';
import { firstUnread } from '../widgets/unread';
import { lead, placeOf, useLead } from './attention';
import type { Draft } from './draft';
import type { SheetEditor } from './editor';
import { FieldClock } from './field_clock';
import { FieldWays } from './field_ways';
import { Groups } from './groups';
import { Marks, NoteEntry } from './marks';
import { completed } from './measured';
import { useSheet, type OpenSheet } from './opening';
import { RunHead } from './run_head';
import { RunNotices } from './run_notices';
import { total, type Total } from './running_total';
import { Breakdown, TotalPanel } from './total_panel';
import { UndoButton } from './undo_button';

export function SheetPage({ runId }: { runId: string }): JSX.Element {
  const sheet = useSheet(runId);
  return sheet ? <Sheet {...sheet} /> : <SheetMissing runId={runId} />;
}

function Sheet({ run, ruleset, editor }: OpenSheet): JSX.Element {
  const draft = editor.draft.value;
  const isJudged = (run.judge ?? null) !== null;
  const sum = total(ruleset, completed(draft.sheet, ruleset, run.clock));
  useReturn();
  useLead();
  return (
    <main class="sheet-page">
      <RunHead run={run} back={{ kind: 'queue' }} />
      <div class="sheet-body">
        <div class="sheet-side">
          {isJudged ? null : <FieldClock clock={run.clock} armed={run.armed} />}
          <div class="wide-only">
            <Breakdown ruleset={ruleset} sum={sum} />
          </div>
        </div>
        <div class={`sheet-fields ${draft.mark === null ? '' : 'sheet-marked'}`}>
          <RunNotices run={run} editor={editor} />
          {isJudged ? null : <FieldWays run={run} />}
          {editor.isUnkept.value ? (
            <Notice tone="bad" testid="draft-unkept">
              {t('The last change could not be kept on this tablet. Confirm the sheet now, or free some space.')}
            </Notice>
          ) : null}
          <Groups ruleset={ruleset} draft={draft} editor={editor} sum={sum} clock={run.clock} />
          <Marks ruleset={ruleset} draft={draft} editor={editor} />
          {draft.kind === 'enter' ? <NoteEntry draft={draft} editor={editor} /> : null}
          <div class="narrow-only">
            <Breakdown ruleset={ruleset} sum={sum} />
          </div>
        </div>
      </div>
      <ActionBar runId={run.id} ruleset={ruleset} draft={draft} editor={editor} sum={sum} />
    </main>
  );
}

function ActionBar(props: {
  runId: string;
  ruleset: Ruleset;
  draft: Draft;
  editor: SheetEditor;
  sum: Total;
}): JSX.Element {
  const { runId, ruleset, draft, editor, sum } = props;
  // What cannot be read is not on the sheet: instead of a review without it, the judge is led to its box.
  const review = (): void => {
    const unread = firstUnread.peek();
    if (unread === null) show({ kind: 'review', run: runId });
    else lead(placeOf(unread));
  };
  return (
    <footer class="action-bar">
      <UndoButton ruleset={ruleset} editor={editor} />
      <TotalPanel ruleset={ruleset} draft={draft} sum={sum} />
      <button class="button button-main" data-testid="review" onClick={review}>
        {t('Review')}
      </button>
    </footer>
  );
}

export function SheetMissing({ runId }: { runId: string }): JSX.Element {
  const tablet = useTablet();
  const run = tablet.run(runId);
  return (
    <main class="empty">
      <h1>{run ? run.entry.team : t('This run is not in your queue')}</h1>
      {run && !tablet.rulesetOf(run) ? (
        <p>
          {t(
            'The rules of this division are not on this tablet yet. They are fetched as soon as the server answers.',
          )}
        </p>
      ) : null}
      <button class="button" onClick={() => show({ kind: 'queue' })}>
        <Icon name="back" /> {t('To the queue')}
      </button>
    </main>
  );
}
