/** What everybody in the hall is told: an emergency on every page, an announcement where nothing is being entered. */

import { signal } from '@preact/signals';
import type { JSX } from 'preact';

import { useAnnouncements } from '../../feed/announcements';
import { emergencyWords } from '../../feed/emergency';
import { named, t } from '../../feed/i18n';
import type { NoticesData } from '../../feed/shapes';
import { page } from '../route';
import { useTablet } from '../tablet';
import { ASIDE, Notice } from './notices';

/** Announcements that were read here, by id. */
const read = signal<ReadonlySet<string>>(new Set());

export function Told(): JSX.Element | null {
  const { session } = useTablet();
  const competition = session.me.value?.account.competition;
  return competition ? <ToldIn slug={competition} /> : null;
}

function ToldIn({ slug }: { slug: string }): JSX.Element {
  const { live } = useTablet();
  const notices = live.topic<NoticesData>(`c/${slug}/notices`).value?.data;
  const current = useAnnouncements(notices?.announcements, () => live.serverNowMs());
  const unread = ASIDE.includes(page.value.kind) ? current.filter((one) => !read.value.has(one.id)) : [];
  return (
    <>
      {notices?.emergency ? (
        <Notice tone="bad" testid="emergency">
          <p>{emergencyWords(notices.emergency)}</p>
        </Notice>
      ) : null}
      {unread.map((one) => (
        <Notice key={one.id} tone="calm" icon="megaphone" testid="announcement">
          <p>{named(one.text)}</p>
          <button class="button" onClick={() => (read.value = new Set([...read.value, one.id]))}>
            {t('Understood')}
          </button>
        </Notice>
      ))}
    </>
  );
}
