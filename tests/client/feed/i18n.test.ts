/** Words, times and numbers in three languages. */

import { afterEach, describe, expect, it } from 'vitest';
import { durationText, locale, named, numberText, runningText, t, timeOfDayText, timeText, tn } from '../../../app/client/feed/i18n';
import { unitText } from '../../../app/client/feed/units';

afterEach(() => {
  locale.value = 'kk';
});

describe('times', () => {
  it.each([
    [0, '0.000'],
    [41.2367, '41.237'],
    [59.9996, '1:00.000'],
    [83.456, '1:23.456'],
    [600, '10:00.000'],
  ])('writes %d s as %s when measured', (seconds, text) => {
    expect(timeText(seconds)).toBe(text);
  });

  it.each([
    [-0.2, '0:00.0'],
    [0.09, '0:00.0'],
    [9.99, '0:09.9'],
    [59.999, '0:59.9'],
    [83.45, '1:23.4'],
    [83.3, '1:23.3'],
    [600.04, '10:00.0'],
  ])('writes %d s as %s while running', (seconds, text) => {
    expect(runningText(seconds)).toBe(text);
  });

  it('keeps one width while running, up to ten minutes', () => {
    const widths = new Set(Array.from({ length: 6_000 }, (_, tenths) => runningText(tenths / 10).length));
    expect([...widths]).toEqual([6]);
  });

  it('never shows a tenth twice or leaves one out', () => {
    const texts = Array.from({ length: 6_000 }, (_, tenths) => runningText(tenths / 10));
    expect(new Set(texts).size).toBe(6_000);
  });

  it('tells the time of day by the 24-hour clock in every language', () => {
    const at = new Date(2026, 10, 23, 17, 4);
    for (const one of ['kk', 'ru', 'en'] as const) {
      locale.value = one;
      expect(timeOfDayText(at)).toBe('17:04');
    }
  });
});

describe('words', () => {
  it('fills in facts, and leaves what it has no fact for', () => {
    expect(t('a string no catalogue has: {n} of {of}', { n: 2 })).toBe('a string no catalogue has: 2 of {of}');
  });

  it('falls back to English plurals', () => {
    expect(tn('{n} robot nobody translated', '{n} robots nobody translated', 1)).toBe('1 robot nobody translated');
    expect(tn('{n} robot nobody translated', '{n} robots nobody translated', 5)).toBe('5 robots nobody translated');
  });

  it('names things in the chosen language, or in one there is', () => {
    expect(named({ kk: 'Астана', ru: 'город Астана', en: 'Astana' })).toBe('Астана');
    expect(named({ kk: '', ru: 'город Астана', en: '' })).toBe('город Астана');
    expect(named(null)).toBe('');
  });
});

describe('numbers', () => {
  it('are written as the language writes them', () => {
    expect(numberText(1234.5).replace(/\s/g, ' ')).toBe('1 234,5');
    locale.value = 'en';
    expect(numberText(1234.5)).toBe('1,234.5');
  });

  it('shortens durations', () => {
    locale.value = 'en';
    expect(durationText(3)).toBe('3 min');
    expect(durationText(185)).toBe('3 hr');
  });
});

describe('units of rulesets', () => {
  it('are said in the language shown, and stand as they are where nobody knows them', () => {
    expect(['s', 'cm', 'lux'].map(unitText)).toEqual(['с', 'см', 'lux']);
    locale.value = 'en';
    expect(unitText('cm')).toBe('cm');
  });
});
