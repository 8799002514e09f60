/** What keeps a team from starting: it is not here, or its robot did not pass. A team that may start is not marked. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import type { Arrival } from '../../feed/shapes';
import { Chip } from './status';

interface ArrivalProps {
  readonly arrival: Arrival | null;
  /** Whose arrival it is, where the place does not say so. */
  readonly team?: string;
}

export function ArrivalMarks({ arrival, team }: ArrivalProps): JSX.Element | null {
  if (arrival === null) return null;
  const inspection = inspectionWord(arrival.inspection);
  const said = (word: string): string => (team === undefined ? word : `${team}: ${word}`);
  return (
    <>
      {arrival.checked_in === false ? (
        <Chip tone="warn" icon="person" word={said(t('Not checked in'))} testid="not-here" />
      ) : null}
      {inspection === null ? null : (
        <Chip tone="warn" icon="warning" word={said(inspection)} testid="not-inspected" />
      )}
    </>
  );
}

/** What is wrong with an inspection, in words; null where nothing is. */
export function inspectionWord(inspection: Arrival['inspection']): string | null {
  switch (inspection) {
    case 'to_do':
      return t('Not inspected');
    case 'failed':
      return t('Did not pass inspection');
    case 'again':
      return t('To be inspected again');
    default:
      return null;
  }
}
