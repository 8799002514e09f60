/** The screen page: reads its address, follows its topics, draws. */

import '../../app/client/tokens/fonts.css';
import '../../app/client/tokens/tokens.css';
import './styles/frame.css';
import './styles/run.css';
import './styles/result.css';
import './styles/standings.css';
import './styles/phone.css';
import { render } from 'preact';
import { Feed } from '../../app/client/feed/feed';
import { locale, showLocale } from '../../app/client/feed/i18n';
import { readAddress } from './address';
import { Screen } from './screen';

const root = document.getElementById('screen');
if (root) {
  showLocale(locale.peek());
  render(<Screen address={readAddress(location.pathname)} feed={new Feed()} />, root);
  document.documentElement.dataset['ready'] = 'yes';
}
