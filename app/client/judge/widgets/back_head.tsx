/** The head of a page that was opened from another: the way back, and what this one is called. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { show, type Page } from '../route';
import { Icon } from './icon';

export function BackHead({ to, words }: { to: Page; words: string }): JSX.Element {
  return (
    <header class="page-head">
      <BackButton to={to} />
      <h1>{words}</h1>
    </header>
  );
}

export function BackButton({ to }: { to: Page }): JSX.Element {
  return (
    <button class="button button-quiet" data-testid="back" aria-label={t('Back')} onClick={() => show(to)}>
      <Icon name="back" />
    </button>
  );
}
