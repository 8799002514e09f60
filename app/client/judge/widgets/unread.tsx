/** Boxes that say something their field cannot take: it is said beside them, and nothing is confirmed until it is mended. */

import { computed, signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { t } from '../../feed/i18n';
import { Icon } from './icon';

const paths = signal<readonly string[]>([]);

/** The path of the first such box on the page; null where all can be read. */
export const firstUnread = computed(() => paths.value[0] ?? null);

/** Keep account of one box. */
export function useUnread(path: string, isUnread: boolean): void {
  useEffect(() => {
    if (!isUnread) return undefined;
    paths.value = [...paths.peek(), path];
    return () => {
      paths.value = paths.peek().filter((one) => one !== path);
    };
  }, [path, isUnread]);
}

export function Unread({ path, kind }: { path: string; kind: 'time' | 'number' }): JSX.Element {
  return (
    <p class="problems problems-bad" role="alert" data-testid={`field-${path}-unread`}>
      <Icon name="stop" />{' '}
      {kind === 'time'
        ? t('This is not a time, so it is not on the sheet. Mend it or clear the box.')
        : t('This is not a number, so it is not on the sheet. Mend it or clear the box.')}
    </p>
  );
}
