/** A browser that is no screen yet: its pairing code, until the organiser says which screen it is. */

import { t } from '../../../app/client/feed/i18n';
import { useSteeredLocale } from '../steering';
import { Figure } from '../widgets/figure';
import { Message } from '../widgets/message';

export function FreshScreen({ code }: { code: string | null }) {
  useSteeredLocale('rotate');
  if (code === null) return <Message text={t('Waiting for the server …')} />;
  return (
    <main class="fresh" data-testid="fresh">
      <p>{t('This screen is new. Its code for the organiser’s page “Screens”:')}</p>
      <Figure text={code} />
    </main>
  );
}
