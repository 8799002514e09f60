/** A state as word, icon and colour: of a command in the outbox, and of a run. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
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

export function RunStatusChip({ status }: { status: RunStatus }): JSX.Element {
  switch (status) {
    case 'START_LIST':
      return <Chip tone="calm" icon="clock" word={t('Waiting')} />;
    case 'LIVE':
      return <Chip tone="busy" icon="clock" word={t('Under way')} />;
    case 'UNCONFIRMED':
      return <Chip tone="warn" icon="warning" word={t('Not confirmed')} />;
    case 'UNOFFICIAL':
      return <Chip tone="good" icon="check" word={t('Unofficial')} />;
    case 'OFFICIAL':
      return <Chip tone="good" icon="done" word={t('Official')} />;
    case 'PROTESTED':
      return <Chip tone="warn" icon="warning" word={t('Under protest')} />;
  }
}
