/** The screen page: reads its address, follows its topics, draws. */

import '../../app/client/tokens/fonts.css';
import '../../app/client/tokens/tokens.css';
import './screen.css';
import { render } from 'preact';
import { Feed } from '../../app/client/feed/feed';
import { readAddress } from './address';
import { Screen } from './screen';

const root = document.getElementById('screen');
if (root) {
  document.documentElement.dataset['ready'] = 'yes';
  render(<Screen address={readAddress(location.pathname)} feed={new Feed()} />, root);
}
