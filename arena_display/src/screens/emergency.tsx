/** The message that overrides every screen: its sign, its words as large as fit, in all three languages. */

import { emergencyWords } from '../../../app/client/feed/emergency';
import { LOCALES } from '../../../app/client/feed/i18n';
import type { Emergency } from '../../../app/client/feed/shapes';
import { Icon, type IconName } from '../../../app/client/tokens/icon';
import { useFitting } from '../widgets/use_fitting';

const ICONS: Readonly<Record<Emergency['kind'], IconName>> = { evacuate: 'up', stop: 'hand', medical: 'person', own: 'warning' };

export function EmergencyScreen({ emergency }: { emergency: Emergency }) {
  const words = emergencyWords(emergency);
  const picture = useFitting([words]);
  return (
    <main class={`emergency ${emergency.kind}`} ref={picture} aria-live="assertive" data-testid="emergency">
      <Icon name={ICONS[emergency.kind]} />
      <div class="team">
        <p class="name">{words}</p>
      </div>
      {emergency.kind === 'own' && <OtherLanguages emergency={emergency} shown={words} />}
    </main>
  );
}

/** Own words are there in each language; the ready ones follow the language of the screen. */
function OtherLanguages({ emergency, shown }: { emergency: Emergency; shown: string }) {
  const others = LOCALES.map((code) => ({ code, words: emergency.text?.[code] ?? '' })).filter(({ words }) => words && words !== shown);
  return (
    <div class="others-said">
      {others.map(({ code, words }) => (
        <p key={code} lang={code}>
          {words}
        </p>
      ))}
    </div>
  );
}
