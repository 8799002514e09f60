/** The live part of a competition's page: my team first, then what happens on the fields. */

import './public.css';
import { render } from 'preact';
import { Feed } from '../feed/feed';
import { LOCALES, locale } from '../feed/i18n';
import { LivePage } from './live_page';
import { keptTeam } from './my_team';
import { loadTeams } from './teams';

const root = document.getElementById('live');
const slug = root?.dataset['slug'];
if (root && slug) {
  // The server wrote the rest of the page in this language.
  locale.value = LOCALES.find((one) => one === document.documentElement.lang) ?? locale.peek();
  const feed = new Feed();
  const teams = loadTeams(slug, (callback) => feed.onConnected(callback));
  render(<LivePage feed={feed} slug={slug} teams={teams} chosen={keptTeam(slug)} />, root);
}
