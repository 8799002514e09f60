/** Which run a page is about: the team, its number, the attempt, and how the run stands. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import type { Run } from '../wire';
import { CallButton } from '../escalation/call_button';
import { comeBack, type Page } from '../route';
import { Icon } from '../widgets/icon';
import { RunStatusChip } from '../widgets/status';

export function RunHead({ run, back }: { run: Run; back: Page }): JSX.Element {
  return (
    <header class="run-head">
      <button class="button button-quiet" data-testid="back" aria-label={t('Back')} onClick={() => comeBack(back)}>
        <Icon name="back" />
      </button>
      <div class="run-name">
        <h1 data-testid="run-team">{run.entry.team}</h1>
        <p>
          <span>№ {run.entry.number}</span> · <span>{attemptText(run)}</span> ·{' '}
          <span>{run.entry.organisation}</span>
        </p>
      </div>
      <CallButton target={run.target} isBrief />
      <RunStatusChip status={run.status} />
    </header>
  );
}

export function attemptText(run: Run): string {
  if (typeof run.judge === 'string') return t('Project'); // each judge's sheet of it is an attempt only to the rules
  return t('attempt {n} of {count}', { n: run.attempt, count: run.attempts });
}
