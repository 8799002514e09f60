/** The discreet line at the bottom: language, and since when the picture is old. */

import type { Feed } from '../../../app/client/feed/feed';
import { LOCALES, LOCALE_NAMES, locale, setLocale, t } from '../../../app/client/feed/i18n';

export function Footer({ feed }: { feed: Feed }) {
  const since = feed.offlineSince.value;
  return (
    <footer class="footer">
      <span class="offline" role="status" data-testid="offline">
        {since && `◌ ${t('offline since {time}', { time: clockTime(since) })}`}
      </span>
      <nav aria-label={t('Language')}>
        {LOCALES.map((code) => (
          <button
            type="button"
            key={code}
            lang={code}
            aria-pressed={code === locale.value}
            data-testid={`language-${code}`}
            onClick={() => setLocale(code)}
          >
            {LOCALE_NAMES[code]}
          </button>
        ))}
      </nav>
    </footer>
  );
}

function clockTime(at: Date): string {
  return at.toLocaleTimeString(locale.value, { hour: '2-digit', minute: '2-digit' });
}
