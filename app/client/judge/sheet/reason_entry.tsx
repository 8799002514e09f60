/** Why a confirmed sheet is corrected: one tap for the usual reasons, or the judge's own words. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import type { Draft } from './draft';
import type { SheetEditor } from './editor';

export function ReasonEntry({ draft, editor }: { draft: Draft; editor: SheetEditor }): JSX.Element {
  return (
    <ReasonField
      reason={draft.reason}
      set={(reason) => {
        editor.change((old) => ({ ...old, reason }));
      }}
    />
  );
}

/** A reason in words, with the usual ones a tap away: those of a correction, where no others are given. */
export function ReasonField(props: {
  reason: string;
  set: (reason: string) => void;
  title?: string;
  usual?: readonly string[];
}): JSX.Element {
  const { reason, set, title = t('Reason for the correction') } = props;
  const usual = props.usual ?? [
    t('Wrong tap'),
    t('Counted again'),
    t('Time read wrongly'),
    t("Referee's decision"),
  ];
  return (
    <section class="field" data-testid="reason">
      <header class="field-head">
        <h3>{title}</h3>
      </header>
      <div class="choices" role="group">
        {usual.map((words, at) => (
          <button
            key={at}
            class="choice"
            aria-pressed={reason === words}
            data-testid={`reason-${at}`}
            onClick={() => set(words)}
          >
            {words}
          </button>
        ))}
      </div>
      <input
        class="text-entry"
        maxLength={1000}
        value={reason}
        data-testid="reason-text"
        aria-label={title}
        onInput={(input) => set(input.currentTarget.value)}
      />
    </section>
  );
}
