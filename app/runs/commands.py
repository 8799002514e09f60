"""Commands a judge or referee gives about a run."""

from __future__ import annotations

from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Refusal, Target, command
from ..eventlog.fold import State
from .disputes import is_same, settled, to_settle
from .fields import Fields
from .late_sheets import keep_disputed
from .notes import Notes, reference, seal_note
from .schemas import (
    CloseRun,
    CorrectScore,
    EnterScore,
    OpenRun,
    ResetRun,
    SettleSheets,
)
from .sheets import do_differ, not_seen, scored, sheet_events, word_on
from .state import LIVE, OFFICIAL, Runs
from .targets import JUDGES, check_open, own_run


def run_version(state: State, target: Target) -> int:
    """The version of the run a command is about; 0 where there is no such run (deciding says so)."""
    run = state[Runs].by_id.get(target.id)
    return run.version if run else 0


@command(OpenRun, on="run", roles=JUDGES)
def open_run(state: State, target: Target, payload: OpenRun, context: Context) -> Decision:
    run = own_run(state, target, context)
    check_open(run)
    other = state[Runs].on_field(run.field)
    if other is run:
        return Decision()
    barred = state[Fields].bar(run.field)
    if barred:
        raise Refusal(barred, field=run.field)
    if other and other.status == LIVE:
        raise Refusal("field_busy", field=run.field, attempt=other.attempt)
    return Decision([Event("RunOpened", {"run": run.id})])


@command(CloseRun, on="run", roles=JUDGES)
def close_run(state: State, target: Target, payload: CloseRun, context: Context) -> Decision:
    run = own_run(state, target, context)
    if state[Runs].on_field(run.field) is not run:
        return Decision()
    return Decision([Event("RunClosed", {"run": run.id})])


@command(ResetRun, on="run", roles=JUDGES)
def reset_run(state: State, target: Target, payload: ResetRun, context: Context) -> Decision:
    run = own_run(state, target, context)
    check_open(run)
    if state[Runs].on_field(run.field) is not run:
        raise Refusal("run_not_on_field", field=run.field)
    note = seal_note(state, payload.reason)
    return Decision([Event("RunReset", {"run": run.id, "reason": reference(note)})], [note])


@command(EnterScore, on="run", roles=JUDGES, version_of=run_version, stale=keep_disputed, only_own=own_run)
def enter_score(state: State, target: Target, payload: EnterScore, context: Context) -> Decision:
    """Confirm a run, or hand in one of the two sheets its rules ask for."""
    run = own_run(state, target, context)
    check_open(run)
    notes = Notes(state)
    data = scored(state, run, payload, notes) | {
        "note": notes.take(payload.note),
        "captain": notes.captain(payload.captain),
    }
    return Decision(sheet_events(state, run, data, context.actor.account, notes), notes.rows)


@command(SettleSheets, on="run", roles=JUDGES, version_of=run_version, only_own=own_run)
def settle_sheets(state: State, target: Target, payload: SettleSheets, context: Context) -> Decision:
    """By a referee; or by the judges, of whom each says the same: until then it is one's new sheet."""
    run = own_run(state, target, context)
    check_open(run)
    if not do_differ(state, run):
        raise Refusal("sheets_do_not_differ", run=run.id)
    if context.actor.role != "referee" and context.actor.account not in run.sheets:
        raise Refusal("sheets_of_others", run=run.id)
    notes = Notes(state)
    data = scored(state, run, payload, notes)
    said = notes.captain(payload.captain) or word_on(run, data, notes)
    data |= {"reason": notes.take(payload.reason), "captain": said}
    if context.actor.role == "referee":
        about = {"captain": said or not_seen(run), "judges": sorted(run.sheets)}
        return Decision([Event("ScoreEntered", data | about)], notes.rows)
    return Decision(sheet_events(state, run, data, context.actor.account, notes), notes.rows)


@command(CorrectScore, on="run", roles=JUDGES, version_of=run_version, stale=keep_disputed, only_own=own_run)
def correct_score(state: State, target: Target, payload: CorrectScore, context: Context) -> Decision:
    """A judge mends a slip until results are official; after that it takes a referee."""
    run = own_run(state, target, context)
    if not run.is_confirmed:
        raise Refusal("run_not_confirmed", run=run.id)
    if run.status == OFFICIAL and context.actor.role != "referee":
        raise Refusal("result_official", run=run.id)
    if run.replaced_by is not None:
        raise Refusal("run_replaced", run=run.id)
    disputes = to_settle(state, run.id, payload.settles, context)
    notes = Notes(state)
    data = scored(state, run, payload, notes) | {"reason": notes.take(payload.reason)}
    seen = next((one for one in disputes if is_same(one.data, data, notes.texts())), None)
    data["captain"] = seen.data["captain"] if seen else None
    events = [Event("ScoreCorrected", data), *settled("run", run.id, run.field, disputes)]
    return Decision(events, notes.rows)
