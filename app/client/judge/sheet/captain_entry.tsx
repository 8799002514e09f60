/** The team's captain sees the sheet: signs it on the glass, or refuses and says why. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { Icon } from '../widgets/icon';
import { Chip } from '../widgets/status';
import type { Run } from '../wire';
import type { Captain, Draft } from './draft';
import { SignaturePad } from './signature_pad';

/** Whether a captain is asked: not for a panel's marks, practice or a correction, and not where nobody came. */
export function asksCaptain(run: Pick<Run, 'practice' | 'judge'>, draft: Pick<Draft, 'kind' | 'mark'>): boolean {
  return draft.kind === 'enter' && draft.mark !== 'DNS' && run.practice !== true && typeof run.judge !== 'string';
}

export function CaptainEntry(props: {
  captain: Captain | null;
  /** Undefined takes back what the captain did. */
  set: (next: Captain | undefined) => void;
  /** Whose captain, where two sign. */
  team?: string;
}): JSX.Element {
  const { captain, set, team } = props;
  const refuses = captain?.outcome === 'refused';
  return (
    <section class="field captain" data-testid="captain" data-outcome={captain?.outcome ?? ''}>
      <header class="field-head">
        <h3>{team === undefined ? t('Captain of the team') : t('Captain of {team}', { team })}</h3>
        <Outcome captain={captain} />
      </header>
      {refuses ? (
        <textarea
          class="text-entry"
          rows={2}
          maxLength={2000}
          value={captain.comment}
          data-testid="captain-comment"
          aria-label={t('Why the captain refuses')}
          placeholder={t('Why the captain refuses')}
          onInput={(input) => set({ outcome: 'refused', comment: input.currentTarget.value })}
        />
      ) : (
        <SignaturePad
          strokes={captain?.strokes ?? []}
          set={(strokes) => set({ outcome: 'signed', strokes })}
        />
      )}
      <div class="captain-ways">
        {captain?.outcome === 'signed' ? (
          <button class="button" data-testid="signature-clear" onClick={() => set(undefined)}>
            <Icon name="undo" /> {t('Sign again')}
          </button>
        ) : null}
        <button
          class="button"
          data-testid={refuses ? 'captain-signs' : 'captain-refuses'}
          onClick={() => set(refuses ? undefined : { outcome: 'refused', comment: '' })}
        >
          {refuses ? t('The captain signs after all') : t('The captain refuses')}
        </button>
      </div>
    </section>
  );
}

function Outcome({ captain }: { captain: Captain | null }): JSX.Element {
  switch (captain?.outcome) {
    case 'signed':
      return <Chip tone="good" icon="check" word={t('Signed')} testid="captain-outcome" />;
    case 'refused':
      return <Chip tone="warn" icon="hand" word={t('Refused to sign')} testid="captain-outcome" />;
    case undefined:
      return <span class="field-value">{t('Signs here, or the sheet goes without a signature')}</span>;
  }
}
