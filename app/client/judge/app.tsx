/** The tablet's frame: the bar, what must be known, and the page the address names. */

import type { JSX } from 'preact';

import { locale } from '../feed/i18n';
import { CallPage } from './escalation/call_page';
import { Calls } from './escalation/calls';
import { MatchPage } from './match/match_page';
import { MatchReviewPage } from './match/review_page';
import { CodesPage } from './outbox/codes/codes_page';
import { ScanPage } from './outbox/codes/scan_page';
import { OutboxPage } from './outbox/outbox_page';
import { QueuePage } from './queue/queue_page';
import { page } from './route';
import { SignInPage } from './session/sign_in_page';
import { AgreePage } from './sheet/agree_page';
import { ReviewPage } from './sheet/review_page';
import { SettlePage } from './sheet/settle_page';
import { SheetPage } from './sheet/sheet_page';
import { useTablet } from './tablet';
import { Notices } from './widgets/notices';
import { Told } from './widgets/told';
import { TopBar } from './widgets/top_bar';

export function App(): JSX.Element {
  return (
    <div class="tablet" lang={locale.value}>
      <TopBar />
      <Notices />
      <Told />
      <Calls />
      <CurrentPage />
    </div>
  );
}

function CurrentPage(): JSX.Element {
  const { session } = useTablet();
  const shown = page.value;
  // What was kept here can be looked at by anybody at the tablet; all else is somebody's own.
  if (shown.kind === 'outbox') return <OutboxPage />;
  if (shown.kind === 'codes') return <CodesPage />;
  if (session.me.value === null || shown.kind === 'sign_in') return <SignInPage />;
  switch (shown.kind) {
    case 'sheet':
      return <SheetPage key={shown.run} runId={shown.run} />;
    case 'review':
      return <ReviewPage key={shown.run} runId={shown.run} />;
    case 'agree':
      return <AgreePage key={shown.run} runId={shown.run} />;
    case 'match':
      return <MatchPage key={shown.match} matchId={shown.match} />;
    case 'match_review':
      return <MatchReviewPage key={shown.match} matchId={shown.match} />;
    case 'settle':
      return <SettlePage key={shown.command} commandId={shown.command} />;
    case 'call':
      return <CallPage key={shown.target} target={shown.target} />;
    case 'scan':
      return <ScanPage />;
    case 'queue':
      return <QueuePage />;
  }
}
