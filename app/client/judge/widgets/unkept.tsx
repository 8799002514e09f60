/** What is said where a tablet could not keep what a person did: its storage is full or closed, and nothing was sent. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { Notice } from './notices';

export function CommandUnkept(): JSX.Element {
  return (
    <Notice tone="bad" testid="not-kept">
      {t('This tablet could not keep the command. Free some space and try again.')}
    </Notice>
  );
}

export function ScoreUnkept(): JSX.Element {
  return (
    <Notice tone="bad" testid="not-kept">
      {t(
        'This tablet could not keep the score: its storage is full or closed. Nothing was sent. Free some space and confirm again.',
      )}
    </Notice>
  );
}
