/** What an address is: a run or match of this field's queue, or the field itself. */

import { t } from '../../feed/i18n';
import type { Tablet } from '../tablet';
import type { Place } from './commands';

/** The place of `c/<slug>/<kind>/<id>`; one that is not in the queue at hand is called by its field. */
export function placeOf(tablet: Tablet, target: string, field: string): Place {
  const [, slug, kind, id = ''] = target.split('/');
  const lane = `c/${slug ?? ''}/field/${field}`;
  const run = kind === 'run' ? tablet.run(id) : null;
  if (run) return { target, lane, about: { team: run.entry.team, attempt: run.attempt } };
  const match = kind === 'match' ? tablet.match(id) : null;
  if (match) {
    const team = match.sides.map((side) => side.team).join(' – ');
    return { target, lane, about: { team, attempt: match.number, isMatch: true } };
  }
  return { target, lane, about: { team: t('Field {name}', { name: field }), attempt: 0, isField: true } };
}
