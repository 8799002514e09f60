/** Words in the chosen language: the one gettext catalogue, names in three languages, times and numbers. */

import { signal, type Signal } from '@preact/signals';
import type { Locale, Names } from './shapes';

type Catalogue = Readonly<Record<string, string | readonly string[]>>;
type Facts = Readonly<Record<string, string | number>>;

export const LOCALES: readonly Locale[] = ['kk', 'ru', 'en'];
export const LOCALE_NAMES: Names = { kk: 'Қазақша', ru: 'Русский', en: 'English' };
/** Which CLDR data numbers and dates are written by. */
const REGIONAL: Names = { kk: 'kk-KZ', ru: 'ru-KZ', en: 'en' };
const KEPT_AS = 'baige.locale';
const MINUTE_MS = 60_000;

/** Made from gettext at set-up; a language whose catalogue is missing is shown in English. */
const FILES = import.meta.glob<Catalogue>('../catalogue/*.json', { eager: true, import: 'default' });

export const locale: Signal<Locale> = signal(firstLocale());

/** Choose a language, and keep the choice on this device. */
export function setLocale(chosen: Locale): void {
  showLocale(chosen);
  localStorage.setItem(KEPT_AS, chosen);
}

/** Speak a language without keeping it as this device's choice. */
export function showLocale(shown: Locale): void {
  locale.value = shown;
  document.documentElement.lang = shown;
}

/** The language the page's address asks for with `?lang=`, which nothing else overrides. */
export function askedLocale(): Locale | null {
  const asked = 'location' in globalThis ? new URLSearchParams(location.search).get('lang') : null;
  return LOCALES.find((one) => one === asked) ?? null;
}

/** The translation of an English source string; `{name}` in it is replaced by that fact. */
export function t(source: string, facts: Facts = {}): string {
  const found = catalogue()[source];
  return filled(typeof found === 'string' ? found : source, facts);
}

/** The same with a plural: `one` and `many` are the English forms, `n` decides by the rules of the language. */
export function tn(one: string, many: string, n: number, facts: Facts = {}): string {
  const found = catalogue()[one];
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
  const rest = ((whole - minutes * 60 * scale) / scale).toFixed(digits);
  return minutes > 0 ? `${minutes}:${rest.padStart(digits ? digits + 3 : 2, '0')}` : rest;
}

/** Seconds of a running clock as 0:41.2: cut, not rounded, and of one width from the first second to the tenth minute. */
export function runningText(seconds: number): string {
  const tenths = Math.max(0, Math.floor(seconds * 10 + 1e-6));
  const rest = ((tenths % 600) / 10).toFixed(1);
  return `${Math.floor(tenths / 600)}:${rest.padStart(4, '0')}`;
}

/** The time of day, hours and minutes, so many minutes ahead of UTC; in the device's own zone where that is not told. */
export function timeOfDayText(at: Date, utcOffsetMin: number | null = null): string {
  const isTold = utcOffsetMin !== null;
  const { clock, clockOfUtc } = formatsOf(locale.value);
  return isTold ? clockOfUtc.format(at.getTime() + utcOffsetMin * MINUTE_MS) : clock.format(at);
}

/** A number as the language writes it. */
export function numberText(value: number): string {
  return formatsOf(locale.value).number.format(value);
}

/** A number of minutes, or of hours from ninety minutes on, as the language shortens it: browsers know no Kazakh units. */
export function durationText(minutes: number): string {
  return minutes < 90 ? t('{n} min', { n: Math.round(minutes) }) : t('{n} hr', { n: Math.round(minutes / 60) });
}

interface Formats {
  readonly number: Intl.NumberFormat;
  readonly plural: Intl.PluralRules;
  readonly clock: Intl.DateTimeFormat;
  readonly clockOfUtc: Intl.DateTimeFormat;
}

const formats = new Map<Locale, Formats>();

/** Made once a language: making one takes longer than all that is drawn for a tap. */
function formatsOf(language: Locale): Formats {
  let made = formats.get(language);
  if (!made) {
    const region = REGIONAL[language];
    const hours: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
    made = {
      number: new Intl.NumberFormat(region, { maximumFractionDigits: 4 }),
      plural: new Intl.PluralRules(language),
      clock: new Intl.DateTimeFormat(region, hours),
      clockOfUtc: new Intl.DateTimeFormat(region, { ...hours, timeZone: 'UTC' }),
    };
    formats.set(language, made);
  }
  return made;
}

function catalogue(): Catalogue {
  return FILES[`../catalogue/${locale.value}.json`] ?? {};
}

function pluralIndex(n: number): number {
  const forms = locale.value === 'ru' ? ['one', 'few', 'many'] : ['one', 'other'];
  return Math.max(0, forms.indexOf(formatsOf(locale.value).plural.select(n)));
}

function filled(wording: string, facts: Facts): string {
  return wording.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
}

function firstLocale(): Locale {
  const page = 'document' in globalThis ? document.documentElement.lang : null;
  const kept = 'localStorage' in globalThis ? localStorage.getItem(KEPT_AS) : null;
  return askedLocale() ?? LOCALES.find((one) => one === kept) ?? LOCALES.find((one) => one === page) ?? 'kk';
}
