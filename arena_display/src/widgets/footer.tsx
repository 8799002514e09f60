/** The discreet line at the bottom: whose system this is, how old the picture is if it is old, and the languages. */

import { useEffect, useState } from 'preact/hooks';
import type { Feed } from '../../../app/client/feed/feed';
import { durationText, LOCALE_NAMES, LOCALES, locale, setLocale, t, timeOfDayText } from '../../../app/client/feed/i18n';
import { Icon } from '../../../app/client/tokens/icon';

const MINUTE_MS = 60_000;
const REDRAW_EVERY_MS = 5_000;
const SHORT_NAMES = { kk: 'Қаз', ru: 'Рус', en: 'Eng' } as const;

export function Footer({ feed }: { feed: Feed }) {
  const since = feed.offlineSince.value;
  return (
    <footer class="footer">
      {!since && <span class="brand">{t('Baige')}</span>}
      <span class="offline" role="status" data-testid="offline">
        {since && <Offline since={since} />}
      </span>
      <nav aria-label={t('Language')}>
        {LOCALES.map((code) => (
          <button
            type="button"
            key={code}
            lang={code}
            aria-pressed={code === locale.value}
            aria-label={LOCALE_NAMES[code]}
            data-testid={`language-${code}`}
            onClick={() => setLocale(code)}
          >
            {SHORT_NAMES[code]}
          </button>
        ))}
      </nav>
    </footer>
  );
}

function Offline({ since }: { since: Date }) {
  const minutes = useMinutesSince(since);
  return (
    <>
      <Icon name="offline" />
      {t('Offline since {time}', { time: timeOfDayText(since) })}
      {minutes > 0 && ` · ${durationText(minutes)}`}
    </>
  );
}

function useMinutesSince(since: Date): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), REDRAW_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return Math.floor(Math.max(0, nowMs - since.getTime()) / MINUTE_MS);
}
