/** The language of a steered screen: what the organiser set, or each in turn; `?lang=` in the address overrides both. */

import { useEffect } from 'preact/hooks';
import { askedLocale, LOCALES, locale, showLocale } from '../../app/client/feed/i18n';
import type { Locale, ScreenData } from '../../app/client/feed/shapes';

const ROTATE_EVERY_MS = 12_000;

export function useSteeredLocale(wanted: ScreenData['locale'] | undefined): void {
  useEffect(() => {
    if (wanted === undefined || askedLocale() !== null) return undefined;
    if (wanted !== 'rotate') {
      showLocale(wanted);
      return undefined;
    }
    const turn = setInterval(() => showLocale(localeAfter(locale.peek())), ROTATE_EVERY_MS);
    return () => clearInterval(turn);
  }, [wanted]);
}

/** The next of kk, ru, en, and from the last to the first. */
export function localeAfter(shown: Locale): Locale {
  return LOCALES[(LOCALES.indexOf(shown) + 1) % LOCALES.length] ?? 'kk';
}
