/** States as the interface writes them: one icon, one colour and one word a language each. */

import { t, timeOfDayText } from '../../../app/client/feed/i18n';
import type { Quality } from '../../../app/client/feed/offset';
import { statusText } from '../../../app/client/feed/result_words';
import type { RunStatus } from '../../../app/client/feed/shapes';
import { Icon, type IconName } from '../../../app/client/tokens/icon';

type Tone = 'calm' | 'busy' | 'good' | 'warn' | 'bad';

export function StateWord({ tone, icon, word, testid }: { tone: Tone; icon: IconName; word: string; testid: string }) {
  return (
    <span class={`state tone-${tone}`} data-testid={testid}>
      <Icon name={icon} />
      {word}
    </span>
  );
}

const LOOKS: Record<RunStatus, readonly [Tone, IconName]> = {
  START_LIST: ['calm', 'clock'],
  LIVE: ['busy', 'clock'],
  UNCONFIRMED: ['warn', 'warning'],
  UNOFFICIAL: ['calm', 'check'],
  OFFICIAL: ['good', 'done'],
  PROTESTED: ['warn', 'flag'],
};

export function StatusWord({ status }: { status: RunStatus }) {
  const [tone, icon] = LOOKS[status];
  return <StateWord tone={tone} icon={icon} word={statusText(status)} testid="status" />;
}

/** Since when, or from when, what is shown here does not change until the ceremony. */
export function Frozen({ atUtc }: { atUtc: string }) {
  return <StateWord tone="warn" icon="stop" word={t('Frozen at {time}', { time: timeOfDayText(new Date(atUtc)) })} testid="frozen" />;
}

/** The run is on its field, and the gates wait for it. */
export function ReadyWord() {
  return <StateWord tone="calm" icon="clock" word={t('Ready for the start')} testid="status" />;
}

export function Qualifiers({ corrected, handTime }: { corrected: boolean; handTime: boolean }) {
  return (
    <>
      {corrected && <StateWord tone="warn" icon="edit" word={t('Corrected')} testid="corrected" />}
      {handTime && <StateWord tone="warn" icon="hand" word={t('Hand time')} testid="hand-time" />}
    </>
  );
}

export function Simulated() {
  return <StateWord tone="calm" icon="wave" word={t('Simulated')} testid="simulated" />;
}

/** Said only where a running clock may visibly be off. */
export function SyncWord({ quality }: { quality: Quality }) {
  if (quality === 'fair') return <StateWord tone="calm" icon="online" word={t('Sync fair')} testid="sync" />;
  if (quality === 'poor') return <StateWord tone="warn" icon="online" word={t('Sync poor')} testid="sync" />;
  return null;
}
