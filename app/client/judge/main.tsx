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
import './match/match.css';
import { locale, t } from '../feed/i18n';
import { App } from './app';
import { missingFeatures, OLDEST_BROWSERS } from './floor';
import { followAddress } from './route';
import { Tablet, TabletContext } from './tablet';
import { registerWorker } from './worker/registration';

const root = document.getElementById('judge');

async function start(into: HTMLElement): Promise<void> {
  document.documentElement.lang = locale.value;
  const missing = missingFeatures();
  if (missing.length > 0) {
    say(
      into,
      t('This browser is too old for the tablet ({missing}). It needs at least {browsers}.', {
        missing: missing.join(', '),
        browsers: OLDEST_BROWSERS,
      }),
    );
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

function say(into: HTMLElement, words: string): void {
  const paragraph = document.createElement('p');
  paragraph.className = 'floor';
  paragraph.textContent = words;
  into.replaceChildren(paragraph);
}

if (root) void start(root);
