/** Another tablet's commands, read from a file or from QR codes, kept on this one. */

import { t, tn } from '../../feed/i18n';
import type { Tablet } from '../tablet';
import { areOf, readHandover } from './handover';

/** What came of it, as a person reads it. */
export interface Taken {
  readonly tone: 'calm' | 'bad';
  readonly words: string;
}

export async function takeOver(tablet: Tablet, text: string): Promise<Taken> {
  const items = readHandover(text);
  if (!items) return bad(t('These are not unsent commands of a tablet, or they are damaged.'));
  const competition = tablet.competition.peek();
  if (competition === null) return bad(t('Sign in first: the commands are kept for their competition.'));
  if (!areOf(items, competition)) return bad(t('These commands are of another competition.'));
  try {
    return { tone: 'calm', words: takenText(await tablet.outbox.takeOver(items)) };
  } catch {
    return bad(t('This tablet could not keep the commands. Free some space and try again.'));
  }
}

function takenText(taken: number): string {
  if (taken === 0) return t('All of these commands are here already.');
  return tn(
    '{n} command taken over. Each is sent when the judge who made it signs in here, or a referee hands it in.',
    '{n} commands taken over. Each is sent when the judge who made it signs in here, or a referee hands it in.',
    taken,
  );
}

function bad(words: string): Taken {
  return { tone: 'bad', words };
}
