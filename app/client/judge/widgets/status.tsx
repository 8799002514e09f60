/** A state as word, icon and colour: of a command in the outbox, and of a run. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { statusText } from '../../feed/result_words';
import type { OutboxItem } from '../outbox/item';
import type { RunStatus } from '../wire';
import { Icon, type IconName } from './icon';

export type Tone = 'calm' | 'busy' | 'good' | 'warn' | 'bad';

export function Chip(props: { tone: Tone; icon: IconName; word: string; testid?: string }): JSX.Element {
  return (
    <span class={`chip chip-${props.tone}`} data-testid={props.testid}>
      <Icon name={props.icon} />
      {props.word}
    </span>
  );
}

/** What has become of a command, to the one who made it (`mine`) or to somebody else at this tablet. */
export function CommandStatus({ item, mine }: { item: OutboxItem; mine: boolean }): JSX.Element {
  switch (item.state) {
    case 'saved':
      return mine ? (
        <Chip tone="warn" icon="kept" word={t('Saved here, not sent')} testid="state-saved" />
      ) : (
        <Chip tone="warn" icon="person" word={t('Waits for its maker')} testid="state-other" />
      );
    case 'sent':
      return <Chip tone="busy" icon="up" word={t('Sent, no answer yet')} testid="state-sent" />;
    case 'confirmed':
      return <Chip tone="good" icon="done" word={t('Confirmed by the server')} testid="state-confirmed" />;
    case 'refused':
      return <Chip tone="bad" icon="stop" word={t('Refused')} testid="state-refused" />;
    case 'conflict':
      return <Chip tone="bad" icon="compare" word={t('Changed meanwhile')} testid="state-conflict" />;
  }
}

const LOOKS: Record<RunStatus, readonly [Tone, IconName]> = {
  START_LIST: ['calm', 'clock'],
  LIVE: ['busy', 'clock'],
  UNCONFIRMED: ['warn', 'warning'],
  UNOFFICIAL: ['good', 'check'],
  OFFICIAL: ['good', 'done'],
  PROTESTED: ['warn', 'warning'],
};

export function RunStatusChip({ status }: { status: RunStatus }): JSX.Element {
  const [tone, icon] = LOOKS[status];
  return <Chip tone={tone} icon={icon} word={statusText(status)} />;
}
