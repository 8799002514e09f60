/** When a screen sounds: a run starts, ends, or has ten seconds left; and when the organiser tries it. */

import { useEffect, useRef } from 'preact/hooks';
import type { Feed } from '../../app/client/feed/feed';
import type { Run } from '../../app/client/feed/shapes';
import type { Presence } from './presence';
import { Sounds } from './sounds';

const sounds = new Sounds();
const WARN_BEFORE_END_MS = 10_000;

/** Sets how loud this screen is; a preview, which tells nobody of itself, stays silent. */
export function useVolume(presence: Presence | null, volumePercent: number): void {
  useEffect(() => {
    sounds.volumePercent = presence ? volumePercent : 0;
  }, [presence, volumePercent]);
  useEffect(() => presence?.onSound(() => sounds.playAll()), [presence]);
}

/** Sounds as the run on a field goes on. What was already under way when the screen was opened makes none. */
export function useRunSounds(feed: Feed, run: Run | null): void {
  const before = useRef<string | null>(null);
  const now = run ? `${run.id} ${run.clock.state}` : 'nobody';
  useEffect(() => {
    if (before.current === `${run?.id} ready` && run?.clock.state === 'running') sounds.play('start');
    if (before.current === `${run?.id} running` && run?.clock.state === 'stopped') sounds.play('end');
    before.current = now;
  }, [now]);

  const { state, started_at_utc: startedAtUtc, limit_s: limitS } = run?.clock ?? { state: 'ready', started_at_utc: null, limit_s: null };
  useEffect(() => {
    if (state !== 'running' || startedAtUtc === null || limitS === null) return undefined;
    const leftMs = Date.parse(startedAtUtc) + limitS * 1000 - feed.serverNowMs();
    if (leftMs <= WARN_BEFORE_END_MS) return undefined;
    const timer = setTimeout(() => sounds.play('warning'), leftMs - WARN_BEFORE_END_MS);
    return () => clearTimeout(timer);
  }, [state, startedAtUtc, limitS, feed]);
}
