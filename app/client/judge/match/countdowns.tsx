/** The countdowns the rules have: a tap begins one; run out, it offers in its place what the rules say follows. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { t } from '../../feed/i18n';
import { isClosed } from '../../rules/head_to_head';
import type { Countdown } from '../../rules/types';
import { SideMark } from '../../tokens/side_mark';
import { useTablet } from '../tablet';
import { inWords } from '../words';
import { Icon } from '../widgets/icon';
import { countingNow, countingOf, followed, leftS, withCounting, withoutCounting } from './countdown';
import { sidesOf, type MatchDraft } from './draft';
import type { MatchParts } from './match_page';

const TICK_MS = 100;
const HUM_MS = [200, 100, 200];

export function Countdowns(parts: MatchParts): JSX.Element | null {
  const { match, ruleset, draft, outcome } = parts;
  const { live } = useTablet();
  const nowMs = useSignal(live.serverNowMs());
  const isCounting = countingNow(draft, outcome).length > 0;
  useEffect(() => {
    if (!isCounting) return undefined;
    const timer = setInterval(() => (nowMs.value = live.serverNowMs()), TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [isCounting]);
  const rules = ruleset.match?.countdowns ?? [];
  if (rules.length === 0 || isClosed(outcome)) return null;
  return (
    <section class="countdowns" aria-label={t('Countdowns')} data-testid="countdowns">
      {rules.map((rule) =>
        (rule.of === 'side' ? match.sides.map((side) => side.id) : [null]).map((side) => (
          <One key={`${rule.id}-${side}`} {...parts} rule={rule} side={side} nowMs={nowMs.value} />
        )),
      )}
    </section>
  );
}

type OneProps = MatchParts & { readonly rule: Countdown; readonly side: string | null; readonly nowMs: number };

function One({ match, ruleset, editor, draft, outcome, rule, side, nowMs }: OneProps): JSX.Element {
  const { live } = useTablet();
  const at = match.sides.findIndex((one) => one.id === side);
  const counting = countingOf(draft, outcome, rule.id, side);
  const left = counting ? leftS(rule, counting, Math.max(nowMs, counting.startedMs)) : rule.seconds;
  const isOver = counting !== undefined && left === 0;
  useEffect(() => {
    if (isOver && 'vibrate' in navigator) navigator.vibrate(HUM_MS);
  }, [isOver]);
  const change = (step: (old: MatchDraft, nowMs: number) => MatchDraft) => (): void =>
    editor.changeAndShow(match, (old) => step(old, live.serverNowMs()));
  const testid = at < 0 ? rule.id : `${rule.id}-${at}`;
  if (!counting)
    return (
      <div class={`countdown ${side === null ? 'countdown-both' : ''}`}>
        <button
          class="button countdown-part"
          data-testid={`countdown-${testid}`}
          data-state="idle"
          onClick={change((old, now) => withCounting(old, outcome, rule.id, side, now))}
        >
          <Mark at={at} />
          <span class="countdown-word">{inWords(rule.label)}</span>
          <span class="figures">{t('{n} s', { n: rule.seconds })}</span>
        </button>
      </div>
    );
  return (
    <div class={`countdown countdown-running ${side === null ? 'countdown-both' : ''}`}>
      {isOver ? (
        <button
          class={`button countdown-part ${thenClass(rule, at)}`}
          data-testid={`countdown-${testid}`}
          data-state="over"
          onClick={change((old, now) => followed(old, ruleset, sidesOf(match), rule, side, now))}
        >
          <Then rule={rule} at={at} />
        </button>
      ) : (
        <p class="countdown-part" data-testid={`countdown-${testid}`} data-state="running">
          <Mark at={at} />
          <span class="countdown-word">{inWords(rule.label)}</span>
          <strong class="countdown-left figures">{Math.ceil(left)}</strong>
        </p>
      )}
      <button
        class="button countdown-stop"
        data-testid={`countdown-stop-${testid}`}
        aria-label={t('Stop the countdown')}
        onClick={change((old) => withoutCounting(old, outcome, rule.id, side))}
      >
        <Icon name="cross" />
      </button>
    </div>
  );
}

function Mark({ at }: { at: number }): JSX.Element {
  return at === 0 || at === 1 ? <SideMark at={at} /> : <Icon name="clock" />;
}

/** In the colour of the side that would win the bout. */
function thenClass(rule: Countdown, at: number): string {
  if (rule.then === 'lost') return `bout-button-${1 - at}`;
  return rule.then === 'won' ? `bout-button-${at}` : 'button-main';
}

/** What follows, in the words of the buttons that would do it. */
function Then({ rule, at }: { rule: Countdown; at: number }): JSX.Element {
  switch (rule.then) {
    case 'lost':
      return (
        <>
          <Mark at={1 - at} /> {t('Won the bout')}
        </>
      );
    case 'won':
      return (
        <>
          <Mark at={at} /> {t('Won the bout')}
        </>
      );
    case 'warning':
      return (
        <>
          <Mark at={at} /> {t('Warning')}
        </>
      );
    case 'restart':
      return <>{t('Fight the bout again')}</>;
    case 'time_out':
      return <>{t('Time is over, nobody won the bout')}</>;
  }
}
