/** Starts the page on which an organiser tries a ruleset: the sheet, what it comes to, and why. */

import '../judge/styles/controls.css';
import '../judge/styles/fields.css';
import './tryout.css';
import { render } from 'preact';

import { LOCALES, locale } from '../feed/i18n';
import { contentOf } from './content';
import { TryoutPage } from './tryout_page';

const root = document.getElementById('tryout');
if (root) {
  // The server wrote the rest of the page in this language.
  locale.value = LOCALES.find((one) => one === document.documentElement.lang) ?? locale.peek();
  const content = contentOf(root);
  root.replaceChildren();
  render(<TryoutPage content={content} />, root);
}
