/** The clock of a field and nothing else but whose it is. */

import type { Feed } from '../../../app/client/feed/feed';
import { locale, t } from '../../../app/client/feed/i18n';
import type { FieldData } from '../../../app/client/feed/shapes';
import { fieldTopic } from '../address';
import { useRunSounds } from '../use_sounds';
import { Kept } from '../widgets/kept';
import { Message } from '../widgets/message';
import { RunningClock } from '../widgets/running_clock';
import { Qualifiers } from '../widgets/state_word';
import { useFitting } from '../widgets/use_fitting';

export function TimerScreen({ feed, slug, code }: { feed: Feed; slug: string; code: string }) {
  const topic = fieldTopic(slug, code);
  const data = feed.topic<FieldData>(topic).value?.data;
  const run = data?.run ?? null;
  const picture = useFitting([run?.entry, run?.clock.state, locale.value]);
  useRunSounds(feed, run);
  if (feed.refused.value[topic]) return <Message text={t('There is no such field.')} />;
  if (!data) return <Message text={t('Waiting for the server …')} />;
  if (!run) return <Message title={t('Field {name}', { name: data.field.name })} text={t('Nobody is on the field.')} />;
  return (
    <main class={`timer ${run.clock.state}`} ref={picture} data-testid="timer">
      {run.sealed ? <Kept /> : <RunningClock clock={run.clock} feed={feed} />}
      <p class="whose">
        {run.entry.team} <Qualifiers corrected={false} handTime={run.clock.by_hand === true} />
      </p>
    </main>
  );
}
