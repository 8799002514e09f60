/** Starts the judge's tablet. */

import { render } from 'preact';

import '../tokens/fonts.css';
import '../tokens/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/pages.css';
import './styles/sheet.css';
import './styles/fields.css';
import './styles/review.css';
import './styles/codes.css';
import './match/match.css';
import { locale, t } from '../feed/i18n';
import { App } from './app';
import { obstacle, OLDEST_BROWSERS } from './floor';
import { followAddress } from './route';
import { Tablet, TabletContext } from './tablet';
import { registerWorker } from './worker/registration';

const root = document.getElementById('judge');

async function start(into: HTMLElement): Promise<void> {
  document.documentElement.lang = locale.value;
  const inTheWay = obstacle();
  if (inTheWay !== null) {
    say(into, ...(inTheWay.kind === 'insecure' ? insecureWords(into) : [oldWords(inTheWay.missing)]));
    return;
  }
  followAddress();
  try {
    const tablet = await Tablet.open();
    into.replaceChildren();
    render(
      <TabletContext.Provider value={tablet}>
        <App />
      </TabletContext.Provider>,
      into,
    );
  } catch (failure) {
    say(
      into,
      t(
        'This browser keeps no data for this page, so scores would not be safe here. Leave the private window, or allow site data. ({reason})',
        { reason: String(failure) },
      ),
    );
    return;
  }
  registerWorker();
}

function oldWords(missing: readonly string[]): string {
  return t('This browser is too old for the tablet ({missing}). It needs at least {browsers}.', {
    missing: missing.join(', '),
    browsers: OLDEST_BROWSERS,
  });
}

/** The page knows the server's own address; where that is not a secure one, its certificate page tells more. */
function insecureWords(into: HTMLElement): (string | Node)[] {
  const address = into.dataset['address'] ?? '';
  return [
    t('This address is not secure, so the browser keeps nothing safe here. Open the tablet by its https address.'),
    ...(address.startsWith('https:') ? [link(address, address)] : []),
    t('If the tablet warns of the certificate, install it first:'),
    link('/ca', t('Certificate for tablets')),
  ];
}

function link(to: string, words: string): Node {
  const anchor = document.createElement('a');
  anchor.href = to;
  anchor.textContent = words;
  return anchor;
}

function say(into: HTMLElement, ...words: readonly (string | Node)[]): void {
  const lines = words.map((word) => {
    const line = document.createElement('p');
    line.append(word);
    return line;
  });
  const block = document.createElement('div');
  block.className = 'floor';
  block.append(...lines);
  into.replaceChildren(block);
}

if (root) void start(root);
