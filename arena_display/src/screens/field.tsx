/** A field's screen: who is next → the running clock → the result → the standings, each for its time. */

import type { Feed } from '../../../app/client/feed/feed';
import { t } from '../../../app/client/feed/i18n';
import type { FieldData } from '../../../app/client/feed/shapes';
import { fieldTopic } from '../address';
import { isOfMatches, lastOf, sceneOf } from '../scene';
import { useRunSounds } from '../use_sounds';
import { useTurns } from '../use_turns';
import { Message } from '../widgets/message';
import { ComingScreen } from './coming';
import { BracketScreen } from './bracket';
import { ComingMatches } from './coming_matches';
import { MatchScreen } from './match';
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
  const { turn, moveOn } = useTurns(feed, lastOf(data));
  useRunSounds(feed, data.run);
  switch (sceneOf(data, turn, stays)) {
    case 'run':
      return data.run && <RunScreen key={data.run.id} feed={feed} data={data} run={data.run} />;
    case 'match':
      return data.match && <MatchScreen key={data.match.id} feed={feed} data={data} match={data.match} />;
    case 'match_result':
      return data.last_match && <MatchScreen key={data.last_match.id} feed={feed} data={data} match={data.last_match} />;
    case 'coming_match':
      return <ComingMatches data={data} />;
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
  if (isOfMatches(data)) return <BracketScreen {...shared} />;
  return data.last ? <StandingsScreen {...shared} highlight={data.last.entry.id} /> : <StandingsScreen {...shared} />;
}
