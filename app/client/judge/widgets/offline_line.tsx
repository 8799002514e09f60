/** One line that says whether the tablet is ready for a hall without network, and if not, why. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import type { QueueData } from '../../feed/shapes';
import { offlineStart, type OfflineStart } from '../offline_start';
import { useTablet } from '../tablet';
import { pageKept } from '../worker/registration';
import { inWords } from '../words';
import { Icon } from './icon';

export function OfflineLine(): JSX.Element {
  const tablet = useTablet();
  const queue = tablet.queue.value?.data ?? null;
  const state = offlineStart(pageKept.value, queue, tablet.rulesets.value, tablet.persistence.value);
  const isReady = state.kind === 'ready' || state.kind === 'unsure';
  const tone = isReady ? 'good' : state.kind === 'page_coming' ? 'calm' : 'bad';
  return (
    <p class={`offline-line offline-line-${tone}`} data-testid="offline-start" data-state={state.kind}>
      <Icon name={isReady ? 'done' : state.kind === 'page_coming' ? 'clock' : 'stop'} />{' '}
      <strong>{t('Ready without network: {answer}', { answer: isReady ? t('yes') : t('no') })}</strong>{' '}
      {words(state, queue)}
    </p>
  );
}

function words(state: OfflineStart, queue: Pick<QueueData, 'divisions'> | null): string {
  switch (state.kind) {
    case 'ready':
      return '';
    case 'unsure':
      return t('The browser has not promised to keep it.');
    case 'page_coming':
      return t('The page is being kept on this tablet. Leave it open for a moment.');
    case 'page_missing':
      return t('The page could not be kept on this tablet. Open it again while the network is there. {reason}', {
        reason: state.reason,
      });
    case 'queue_missing':
      return t('The queue of this field was not heard yet.');
    case 'rules_missing':
      return t('The rules are missing: {list}', {
        list: state.divisions.map((code) => inWords(queue?.divisions[code]?.name) || code).join(', '),
      });
  }
}
