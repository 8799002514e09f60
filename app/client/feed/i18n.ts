/** Words in the chosen language: the one gettext catalogue, names in three languages, times and numbers. */

import { signal, type Signal } from '@preact/signals';
import en from '../catalogue/en.json';
import kk from '../catalogue/kk.json';
import ru from '../catalogue/ru.json';
import type { Locale, Names } from './shapes';

type Catalogue = Readonly<Record<string, string | readonly string[]>>;
type Facts = Readonly<Record<string, string | number>>;

export const LOCALES: readonly Locale[] = ['kk', 'ru', 'en'];
export const LOCALE_NAMES: Names = { kk: 'Қазақша', ru: 'Русский', en: 'English' };
const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { kk, ru, en };
const KEPT_AS = 'baige.locale';

export const locale: Signal<Locale> = signal(firstLocale());

/** Choose a language, and keep the choice. */
export function setLocale(chosen: Locale): void {
  locale.value = chosen;
  document.documentElement.lang = chosen;
  localStorage.setItem(KEPT_AS, chosen);
}

/** The translation of an English source string; `{name}` in it is replaced by that fact. */
export function t(source: string, facts: Facts = {}): string {
  const found = CATALOGUES[locale.value][source];
  return filled(typeof found === 'string' ? found : source, facts);
}

/** The same with a plural: `one` and `many` are the English forms, `n` decides by the rules of the language. */
export function tn(one: string, many: string, n: number, facts: Facts = {}): string {
  const found = CATALOGUES[locale.value][one];
  const form = typeof found === 'object' ? found[pluralIndex(n)] : undefined;
  return filled(form ?? (n === 1 ? one : many), { n, ...facts });
}

/** A name in the chosen language. */
export function named(names: Names | string | null | undefined): string {
  if (!names) return '';
  return typeof names === 'string' ? names : names[locale.value] || names.ru || names.en;
}

/** Seconds as 1:23.456, or 41.237 below a minute; `digits` after the point. */
export function timeText(seconds: number, digits = 3): string {
  const scale = 10 ** digits;
  const whole = Math.round(seconds * scale);
  const minutes = Math.floor(whole / (60 * scale));
  const rest = (whole - minutes * 60 * scale) / scale;
  const shown = rest.toFixed(digits);
  return minutes > 0 ? `${String(minutes)}:${shown.padStart(digits ? digits + 3 : 2, '0')}` : shown;
}

/** A number as the language writes it. */
export function numberText(value: number): string {
  return new Intl.NumberFormat(locale.value, { maximumFractionDigits: 4 }).format(value);
}

function pluralIndex(n: number): number {
  const forms = locale.value === 'ru' ? ['one', 'few', 'many'] : ['one', 'other'];
  return Math.max(0, forms.indexOf(new Intl.PluralRules(locale.value).select(n)));
}

function filled(wording: string, facts: Facts): string {
  return wording.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
}

function firstLocale(): Locale {
  const asked = new URLSearchParams(globalThis.location?.search ?? '').get('lang');
  const page = globalThis.document?.documentElement.lang;
  const kept = globalThis.localStorage?.getItem(KEPT_AS);
  return [asked, kept, page].find((one): one is Locale => LOCALES.includes(one as Locale)) ?? 'kk';
}
