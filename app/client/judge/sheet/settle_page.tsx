/** A conflict settled by the judge: of a run field by field, of a match bout by bout. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { markText } from '../../feed/result_words';
import type { Ruleset } from '../../rules/types';
import { SettleMatch } from '../match/settle_match';
import { runOf, type OutboxItem, type Wish } from '../outbox/item';
import { useTablet } from '../tablet';
import type { Mark, Run } from '../wire';
import { inWords, valueText } from '../words';
import { AgreePage } from './agree_page';
import { sheetsStanding } from './agreement';
import { payloadOf } from './beginning';
import { score } from './commands';
import { differences, merged, theirScore } from './difference';
import type { Entered } from './draft';
import { completed } from './measured';
import { RunHead } from './run_head';
import { firstOf, Settled, Settling, useConflict, type Differing, type Sides } from './settling';

const MARK = 'mark';

export function SettlePage({ commandId }: { commandId: string }): JSX.Element {
  const tablet = useTablet();
  const item = useConflict(commandId);
  if (item?.about.isMatch === true) return <SettleMatch item={item} />;
  const about = tablet.outbox.items.value.find((one) => one.id === commandId);
  const run = about && tablet.run(runOf(about));
  const ruleset = run && tablet.rulesetOf(run);
  // One of two sheets that came too late to be compared by itself: all of them are compared.
  if (run && sheetsStanding(run, '') === 'differ') return <AgreePage runId={run.id} />;
  const theirs = item?.receipt ? theirScore(item.receipt.changed) : null;
  if (!item || !run || !ruleset || !theirs) return <Settled />;
  return <Settle item={item} run={run} ruleset={ruleset} theirs={theirs} />;
}

interface SettleProps {
  readonly item: OutboxItem;
  readonly run: Run;
  readonly ruleset: Ruleset;
  readonly theirs: Entered;
}

function Settle({ item, run, ruleset, theirs }: SettleProps): JSX.Element {
  const tablet = useTablet();
  const mine = payloadOf(item);
  const fields = differences(ruleset, completed(mine.sheet, ruleset, run.clock), theirs.sheet);
  const marks: Differing[] =
    mine.mark === theirs.mark
      ? []
      : [{ id: MARK, label: t('No result'), mine: markOrNone(mine.mark), theirs: markOrNone(theirs.mark) }];
  const differing = fields.map((one) => ({
    id: one.field.id,
    label: inWords(one.field.label),
    mine: valueText(one.field, one.mine),
    theirs: valueText(one.field, one.theirs),
  }));
  const chosenOf = (chosen: Sides): Entered => ({
    sheet: merged(fields, theirs.sheet, chosen),
    mark: chosen[MARK] === 'mine' ? mine.mark : theirs.mark,
  });
  return (
    <Settling
      head={<RunHead run={run} back={{ kind: 'outbox' }} />}
      sentence={t('{name} confirmed this run at {time}, before yours arrived. Choose what holds.', firstOf(tablet, item))}
      same={t('Both sheets say the same.')}
      differing={[...marks, ...differing]}
      reason={mine.reason}
      item={item}
      correction={(chosen, reason) => correctionOf(item, run, { ...chosenOf(chosen), reason })}
    />
  );
}

/** What was chosen, as a correction of theirs. */
function correctionOf(item: OutboxItem, run: Run, chosen: Entered & { reason: string }): Wish {
  const version = item.receipt?.version ?? run.version;
  return score(run, { key: '', target: run.target, kind: 'correct', version, note: '', past: [], ...chosen });
}

function markOrNone(mark: Mark | null): string {
  return mark === null ? t('A result') : markText(mark);
}
