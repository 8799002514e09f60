/** The bar on every page: where I am, whether the server hears me, what is unsent, and the language. */

import type { JSX } from 'preact';

import { LOCALES, locale, setLocale, t } from '../../feed/i18n';
import { show } from '../route';
import { useTablet } from '../tablet';
import { clockText } from '../words';
import { Icon } from './icon';

const LOCALE_NAMES: Record<string, string> = { kk: 'Қаз', ru: 'Рус', en: 'Eng' };

export function TopBar(): JSX.Element {
  return (
    <header class="top-bar">
      <Connection />
      <UnsentCount />
      <LanguageSwitch />
    </header>
  );
}

function Connection(): JSX.Element {
  const { offlineSinceMs } = useTablet().live;
  const since = offlineSinceMs.value;
  return since === null ? (
    <span class="link link-on" data-testid="connection" data-state="online">
      <Icon name="online" /> {t('Online')}
    </span>
  ) : (
    <span class="link link-off" data-testid="connection" data-state="offline">
      <Icon name="offline" /> {t('Offline since {time}', { time: clockText(since) })}
    </span>
  );
}

/** Always there, so that its place is known; it changes shape and colour, not only its number. */
function UnsentCount(): JSX.Element {
  const { outbox } = useTablet();
  const unsent = outbox.unsent.value.length;
  const troubled = outbox.troubled.value.length;
  const tone = troubled > 0 ? 'bad' : unsent > 0 ? 'warn' : 'good';
  const icon = troubled > 0 ? 'stop' : unsent > 0 ? 'kept' : 'done';
  return (
    <button
      class={`unsent unsent-${tone}`}
      data-testid="unsent-count"
      data-unsent={unsent}
      data-troubled={troubled}
      onClick={() => show({ kind: 'outbox' })}
    >
      <Icon name={icon} />
      <span aria-live="polite">
        {unsent === 0 && troubled === 0 ? t('All sent') : null}
        {unsent > 0 ? t('Unsent: {count}', { count: unsent }) : null}
        {unsent > 0 && troubled > 0 ? ' · ' : null}
        {troubled > 0 ? t('Needs you: {count}', { count: troubled }) : null}
      </span>
    </button>
  );
}

function LanguageSwitch(): JSX.Element {
  return (
    <div class="languages" role="group" aria-label={t('Language')}>
      {LOCALES.map((code) => (
        <button
          key={code}
          lang={code}
          class="language"
          data-testid={`language-${code}`}
          aria-pressed={locale.value === code}
          onClick={() => setLocale(code)}
        >
          {LOCALE_NAMES[code]}
        </button>
      ))}
    </div>
  );
}
