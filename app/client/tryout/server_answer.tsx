/** The server's own evaluation of the sheet beside the tablet's: the two must say the same. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { t } from '../feed/i18n';
import { post } from '../judge/api';
import { Icon } from '../judge/widgets/icon';
import type { Evaluation, Sheet } from '../rules/types';
import type { Content, ServerEvaluation } from './content';

const QUIET_MS = 250;

type Verdict = 'asking' | 'same' | 'different' | 'unreached';

export function ServerAnswer(props: { content: Content; sheet: Sheet; evaluation: Evaluation }): JSX.Element {
  const { content, sheet, evaluation } = props;
  const verdict = useSignal<Verdict>('asking');
  useEffect(() => {
    let isStale = false;
    verdict.value = 'asking';
    const timer = setTimeout(() => {
      void post<ServerEvaluation>('/api/v1/rules/score', { ...content.tried, sheet }).then((answer) => {
        if (isStale) return;
        verdict.value = answer.kind === 'ok' ? (isSame(answer.body, evaluation) ? 'same' : 'different') : 'unreached';
      });
    }, QUIET_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [sheet]);
  return (
    <p class={`server-answer server-answer-${verdict.value}`} data-testid="server-answer" data-verdict={verdict.value}>
      {words(verdict.value)}
    </p>
  );
}

function words(verdict: Verdict): JSX.Element | string {
  switch (verdict) {
    case 'asking':
      return t('Asking the server …');
    case 'same':
      return (
        <>
          <Icon name="check" /> {t('Tablet and server come to the same.')}
        </>
      );
    case 'different':
      return (
        <>
          <Icon name="warning" /> {t('Tablet and server differ. Do not use these rules; tell us.')}
        </>
      );
    case 'unreached':
      return t('The server did not answer.');
  }
}

/** Doubles are compared as they are: both sides compute with the same ones. */
function isSame(server: ServerEvaluation, tablet: Evaluation): boolean {
  const codes = (errors: Evaluation['errors'] = []): string => errors.map((error) => `${error.field}:${error.code}`).sort().join();
  if (server.ok !== tablet.ok || codes(server.errors) !== codes(tablet.errors)) return false;
  const [theirs, ours] = [server.results ?? {}, tablet.results];
  return (
    Object.keys(theirs).length === Object.keys(ours).length &&
    Object.entries(ours).every(([name, value]) => theirs[name] === value)
  );
}
