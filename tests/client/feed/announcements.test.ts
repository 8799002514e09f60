/** Which announcements are current at a moment: those whose time is not over, whoever took none of them off. */

import { describe, expect, it } from 'vitest';
import { currentAnnouncements } from '../../../app/client/feed/announcements';

const NOON = Date.parse('2026-05-01T07:00:00Z');

function announced(id: string, until: string) {
  const text = { kk: id, ru: id, en: id };
  return { id, text, since_utc: '2026-05-01T06:00:00Z', until_utc: until };
}

describe('announcements', () => {
  const all = [announced('over', '2026-05-01T06:59:59.999Z'), announced('just', '2026-05-01T07:00:00Z'), announced('lunch', '2026-05-01T08:00:00Z')];

  it('are current until their time, and not at it', () => {
    expect(currentAnnouncements(all, NOON).map((one) => one.id)).toEqual(['lunch']);
    expect(currentAnnouncements(all, NOON - 1).map((one) => one.id)).toEqual(['just', 'lunch']);
    expect(currentAnnouncements(all, NOON + 3_600_000)).toEqual([]);
  });
});
