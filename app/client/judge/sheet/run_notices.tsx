/** What the judge of a run must know before going on with its sheet. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { needsPerson } from '../outbox/item';
import { show } from '../route';
import { useTablet } from '../tablet';
import type { Run } from '../wire';
import { clockText } from '../words';
import { Notice } from '../widgets/notices';
import { TwiceButton } from '../widgets/twice_button';
import type { SheetEditor } from './editor';
import { leaveSheet } from './opening';

export function RunNotices({ run, editor }: { run: Run; editor: SheetEditor }): JSX.Element {
  const draft = editor.draft.value;
  const { outbox, session } = useTablet();
  const notOpened = outbox.items.value.findLast(
    (item) => item.type === 'OpenRun' && item.target === run.target && needsPerson(item),
  );
  const scoredMeanwhile = draft.kind === 'enter' ? run.result : null;
  const missed = run.clock.missed ?? [];
  return (
    <>
      {run.clock.false_start === true ? (
        <Notice tone="bad" testid="false-start">
          <p>{t('The gate saw a false start: the robot left before the signal.')}</p>
        </Notice>
      ) : null}
      {missed.length > 0 ? (
        <Notice tone="warn" testid="gates-missed">
          <p>{t('The robot passed the finish without these splits: {list}', { list: missed.join(', ') })}</p>
        </Notice>
      ) : null}
      {notOpened?.receipt ? (
        <Notice tone="bad" testid="open-refused">
          <p>
            {t('The field was not opened for this run.')} {notOpened.receipt.detail}
          </p>
          <button class="button" onClick={() => void outbox.dismiss(notOpened)}>
            {t('Understood')}
          </button>
        </Notice>
      ) : null}
      {scoredMeanwhile ? (
        <Notice tone="bad" testid="scored-meanwhile">
          <p>
            {t('{name} confirmed this run at {time}. If you confirm yours too, you will compare the two.', {
              name: session.nameOf(scoredMeanwhile.by),
              time: clockText(Date.parse(scoredMeanwhile.at_utc)),
            })}
          </p>
          <TwiceButton
            word={t('Throw mine away')}
            again={t('Tap again: throw it away')}
            testid="throw-away"
            press={() => {
              show({ kind: 'queue' }, true);
              void leaveSheet(editor);
            }}
          />
        </Notice>
      ) : null}
      {draft.kind === 'correct' ? (
        <Notice tone="calm" testid="correcting">
          <p>{t('You are correcting a confirmed sheet. The old one stays in the log.')}</p>
        </Notice>
      ) : null}
    </>
  );
}
