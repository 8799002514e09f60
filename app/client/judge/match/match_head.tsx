/** Which match a page is about: its number, where it stands in the contest, and how it stands. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import type { Match } from '../../feed/matches';
import { CallButton } from '../escalation/call_button';
import { show, type Page } from '../route';
import { Icon } from '../widgets/icon';
import { RunStatusChip } from '../widgets/status';
import { matchText, subtitleText } from './words';

export function MatchHead({ match, back }: { match: Match; back: Page }): JSX.Element {
  return (
    <header class="run-head">
      <button class="button button-quiet" data-testid="back" aria-label={t('Back')} onClick={() => show(back)}>
        <Icon name="back" />
      </button>
      <div class="run-name">
        <h1>{matchText(match)}</h1>
        <p>{subtitleText(match)}</p>
      </div>
      <CallButton target={match.target} isBrief />
      <RunStatusChip status={match.status} />
    </header>
  );
}
