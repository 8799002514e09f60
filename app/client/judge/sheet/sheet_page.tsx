/** The score sheet of a run, drawn from its ruleset. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import type { Ruleset } from '../../rules/types';
import { show } from '../route';
import { useTablet } from '../tablet';
import { Icon } from '../widgets/icon';
import { Notice } from '../widgets/notices';
import { undone, type Draft } from './draft';
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

export function SheetPage({ runId }: { runId: string }): JSX.Element {
  const sheet = useSheet(runId);
  return sheet ? <Sheet {...sheet} /> : <SheetMissing runId={runId} />;
}

function Sheet({ run, ruleset, editor }: OpenSheet): JSX.Element {
  const draft = editor.draft.value;
  const sum = total(ruleset, completed(draft.sheet, ruleset, run.clock));
  return (
    <main class="sheet-page">
      <RunHead run={run} back={{ kind: 'queue' }} />
      <div class="sheet-body">
        <div class="sheet-side">
          <FieldClock clock={run.clock} armed={run.armed} />
          <div class="wide-only">
            <Breakdown ruleset={ruleset} sum={sum} />
          </div>
        </div>
        <div class={`sheet-fields ${draft.mark === null ? '' : 'sheet-marked'}`}>
          <RunNotices run={run} editor={editor} />
          <FieldWays run={run} />
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
  return (
    <footer class="action-bar">
      <button
        class="button"
        data-testid="undo"
        disabled={draft.past.length === 0}
        onClick={() => editor.change(undone)}
      >
        <Icon name="undo" /> {t('Undo')}
      </button>
      <TotalPanel ruleset={ruleset} draft={draft} sum={sum} />
      <button class="button button-main" data-testid="review" onClick={() => show({ kind: 'review', run: runId })}>
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
