/** The screen page: reads its address, follows its topics, draws. */

import '../../app/client/tokens/fonts.css';
import '../../app/client/tokens/tokens.css';
import './styles/frame.css';
import './styles/run.css';
import './styles/result.css';
import './styles/standings.css';
import './styles/ceremony.css';
import './styles/hall.css';
import './styles/overlay.css';
import './styles/match.css';
import './styles/bracket.css';
import './styles/alliances.css';
import './styles/phone.css';
import { render } from 'preact';
import { Feed } from '../../app/client/feed/feed';
import { locale, showLocale } from '../../app/client/feed/i18n';
import { effect } from '@preact/signals';
import { readAddress, type Address } from './address';
import { reportPresence, type Presence } from './presence';
import { Screen } from './screen';
import { shownNow } from './shown_now';

/** Only a screen of the hall tells of itself: not a preview of it, and nobody who looks at a field or a division. */
function presenceOf(address: Address | null): Presence | null {
  if (new URLSearchParams(location.search).has('preview')) return null;
  if (address?.kind === 'steered') return reportPresence(address.id, () => shownNow.peek());
  return address?.kind === 'fresh' ? reportPresence(null, () => '') : null;
}

/** A fresh browser that was given a screen goes to that screen's address, which is its configuration from then on. */
function followClaim(presence: Presence): void {
  effect(() => {
    const screen = presence.screen.value;
    if (screen) location.replace(`/screen/${encodeURIComponent(screen)}`);
  });
}

const root = document.getElementById('screen');
if (root) {
  showLocale(locale.peek());
  const address = readAddress(location.pathname, location.search);
  const presence = presenceOf(address);
  if (presence && address?.kind === 'fresh') followClaim(presence);
  render(<Screen address={address} feed={new Feed()} presence={presence} />, root);
  document.documentElement.dataset['ready'] = 'yes';
}
