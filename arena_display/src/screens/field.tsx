/** A field's screen: who is next → the running clock → the result → the standings, each for its time. */

import type { Feed } from '../../../app/client/feed/feed';
import { t } from '../../../app/client/feed/i18n';
import type { FieldData } from '../../../app/client/feed/shapes';
import { fieldTopic } from '../address';
import { sceneOf } from '../scene';
import { useRunSounds } from '../use_sounds';
import { useTurns } from '../use_turns';
import { Message } from '../widgets/message';
import { ComingScreen } from './coming';
import { ResultScreen } from './result';
import { RunScreen } from './run';
import { StandingsScreen } from './standings';

interface Props {
  readonly feed: Feed;
  readonly slug: string;
  readonly code: string;
  /** Keep to the field, without its division's standings between runs. */
  readonly stays?: boolean;
}

export function FieldScreen({ feed, slug, code, stays = false }: Props) {
  const topic = fieldTopic(slug, code);
  const data = feed.topic<FieldData>(topic).value?.data;
  if (feed.refused.value[topic]) return <Message text={t('There is no such field.')} />;
  if (!data) return <Message text={t('Waiting for the server …')} />;
  return <FieldShown feed={feed} data={data} stays={stays} />;
}

function FieldShown({ feed, data, stays }: { feed: Feed; data: FieldData; stays: boolean }) {
  const { turn, moveOn } = useTurns(feed, data.last);
  useRunSounds(feed, data.run);
  switch (sceneOf(data, turn, stays)) {
    case 'run':
      return data.run && <RunScreen key={data.run.id} feed={feed} data={data} run={data.run} />;
    case 'result':
      return data.last && <ResultScreen key={data.last.id} feed={feed} data={data} run={data.last} />;
    case 'standings':
      return data.division && <Standings feed={feed} data={data} code={data.division.code} onSeen={moveOn} />;
    case 'coming':
      return <ComingScreen feed={feed} data={data} />;
    case 'empty':
      return <Message title={data.field.name} text={t('No runs are drawn on this field yet.')} />;
  }
}

function Standings({ feed, data, code, onSeen }: { feed: Feed; data: FieldData; code: string; onSeen: () => void }) {
  const shared = { feed, slug: data.competition.slug, code, onSeen };
  return data.last ? <StandingsScreen {...shared} highlight={data.last.entry.id} /> : <StandingsScreen {...shared} />;
}
