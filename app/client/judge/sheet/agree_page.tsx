/** Judges' sheets of one run that differ, side by side: for each difference they choose together what holds. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { t, tn } from '../../feed/i18n';
import { markText } from '../../feed/result_words';
import type { Ruleset } from '../../rules/types';
import type { Wish } from '../outbox/item';
import { show } from '../route';
import { useTablet, type Tablet } from '../tablet';
import { Icon } from '../widgets/icon';
import { Notice } from '../widgets/notices';
import { ScoreUnkept } from '../widgets/unkept';
import type { Run } from '../wire';
import { inWords, valueText } from '../words';
import {
  agreed,
  disagreements,
  handedIn,
  isSeenByCaptain,
  markOptions,
  sheetsStanding,
  type Choices,
} from './agreement';
import { asksCaptain, CaptainEntry } from './captain_entry';
import { settleSheets } from './commands';
import type { Captain, Entered } from './draft';
import { ReasonField } from './reason_entry';
import { SHORTEST_REASON } from './readiness';
import { RunHead } from './run_head';
import { problemText } from './sentences';
import { SheetMissing } from './sheet_page';
import { total } from './running_total';
import { TotalPanel } from './total_panel';

export function AgreePage({ runId }: { runId: string }): JSX.Element {
  const tablet = useTablet();
  const run = tablet.run(runId);
  const ruleset = run && tablet.rulesetOf(run);
  if (!run || !ruleset || sheetsStanding(run, '') !== 'differ') return <SheetMissing runId={runId} />;
  return <Agree key={run.version} run={run} ruleset={ruleset} />;
}

function Agree({ run, ruleset }: { run: Run; ruleset: Ruleset }): JSX.Element {
  const tablet = useTablet();
  const chosen = useSignal<Choices>({});
  const reason = useSignal('');
  const failed = useSignal(false);
  const captain = useSignal<Captain | null>(null);
  const sheets = handedIn(run);
  const settled = agreed(ruleset, sheets, chosen.value);
  const choose = (id: string, at: number): void => {
    chosen.value = { ...chosen.value, [id]: at };
    captain.value = null; // not what was settled when they looked
  };
  const isAsked =
    settled !== null && asksCaptain(run, { kind: 'enter', mark: settled.mark }) && !isSeenByCaptain(sheets, settled);
  const names = (by: readonly string[]): string => by.map((one) => tablet.session.nameOf(one)).join(', ');
  const marks = markOptions(sheets);
  const differing = disagreements(ruleset, sheets);
  return (
    <main class="settle-page">
      <RunHead run={run} back={{ kind: 'queue' }} />
      <Notice tone="warn" icon="compare" testid="sheets-differ">
        {t('The judges’ sheets of this run differ. Look at each difference together and choose what holds.')}
      </Notice>
      {marks.length > 1 ? (
        <Difference
          id="mark"
          label={t('No result')}
          options={marks.map((one) => ({
            whose: names(one.by),
            words: one.value === null ? t('A result') : markText(one.value),
          }))}
          chosen={chosen.value['mark']}
          choose={choose}
        />
      ) : null}
      {differing.map(({ field, options }) => (
        <Difference
          key={field.id}
          id={field.id}
          label={inWords(field.label)}
          options={options.map((one) => ({ whose: names(one.by), words: valueText(field, one.value) }))}
          chosen={chosen.value[field.id]}
          choose={choose}
        />
      ))}
      <ReasonField
        title={t('How it was settled')}
        usual={[t('Both judges agree'), t('Counted again'), t('Video watched'), t("Referee's decision")]}
        reason={reason.value}
        set={(words) => (reason.value = words)}
      />
      {isAsked ? (
        <>
          {sheets.some((one) => one.captain !== null) ? (
            <Notice tone="warn" testid="captain-not-seen">
              {t('The captain saw another sheet than this one. Show them what was settled.')}
            </Notice>
          ) : null}
          <CaptainEntry captain={captain.value} set={(next) => (captain.value = next ?? null)} />
        </>
      ) : null}
      {failed.value ? <ScoreUnkept /> : null}
      {tablet.session.me.value?.account.role === 'referee' ? null : (
        <p class="empty-line">{t('It counts once the other judge confirms the same on their tablet, or the referee does.')}</p>
      )}
      <Outcome
        ruleset={ruleset}
        settled={settled}
        open={differing.filter(({ field }) => chosen.value[field.id] === undefined).length}
        mayFinish={reason.value.trim().length >= SHORTEST_REASON && !isUnsaid(captain.value)}
        finish={async (entered) => {
          failed.value = !(await finish(tablet, settleSheets(run, entered, reason.value, captain.value)));
        }}
      />
    </main>
  );
}

function Difference(props: {
  id: string;
  label: string;
  options: readonly { whose: string; words: string }[];
  chosen: number | undefined;
  choose: (id: string, at: number) => void;
}): JSX.Element {
  return (
    <section class="field">
      <header class="field-head">
        <h3>{props.label}</h3>
      </header>
      <div class="choices choices-two" role="group" aria-label={props.label}>
        {props.options.map(({ whose, words }, at) => (
          <button
            key={at}
            class="choice pair-side"
            aria-pressed={props.chosen === at}
            data-testid={`agree-${props.id}-${at}`}
            onClick={() => props.choose(props.id, at)}
          >
            <span class="pair-whose">{whose}</span>
            <strong>{words}</strong>
          </button>
        ))}
      </div>
    </section>
  );
}

function Outcome(props: {
  ruleset: Ruleset;
  settled: Entered | null;
  open: number;
  mayFinish: boolean;
  finish: (entered: Entered) => Promise<void>;
}): JSX.Element {
  const busy = useSignal(false);
  const { ruleset, settled } = props;
  const sum = settled && total(ruleset, settled.sheet);
  const stands = settled !== null && (settled.mark !== null || sum?.evaluation.ok === true);
  const press = async (): Promise<void> => {
    if (settled === null || busy.value) return;
    busy.value = true;
    await props.finish(settled);
    busy.value = false;
  };
  return (
    <>
      {settled && sum && !stands ? (
        <Notice tone="bad" testid="obstacle">
          {sum.evaluation.errors.map(problemText).join(' ')}
        </Notice>
      ) : null}
      <footer class="action-bar">
        {settled && sum ? (
          <TotalPanel ruleset={ruleset} draft={settled} sum={sum} />
        ) : (
          <span class="total-open">
            {tn('{n} difference is open', '{n} differences are open', props.open)}
          </span>
        )}
        <button
          class="button button-main"
          data-testid="agree-done"
          disabled={!stands || !props.mayFinish || busy.value}
          onClick={() => void press()}
        >
          <Icon name="check" /> {t('Confirm what was settled')}
        </button>
      </footer>
    </>
  );
}

/** Whether the captain refuses and has not said why. */
function isUnsaid(captain: Captain | null): boolean {
  return captain?.outcome === 'refused' && captain.comment.trim() === '';
}

/** Keep the command; false if it could not be kept. */
async function finish(tablet: Tablet, wish: Wish): Promise<boolean> {
  if (!(await tablet.keep(wish))) return false;
  show({ kind: 'queue' }, true);
  return true;
}
