"""Commands a judge or referee gives about a run."""

from __future__ import annotations

from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Refusal, Target, command
from ..eventlog.fold import State
from .fields import Fields
from .notes import Notes, reference, seal_note
from .schemas import (
    CloseRun,
    CorrectScore,
    EnterScore,
    OpenRun,
    ResetRun,
    SettleSheets,
)
from .sheets import do_differ, scored, sheet_events
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


@command(EnterScore, on="run", roles=JUDGES, version_of=run_version)
def enter_score(state: State, target: Target, payload: EnterScore, context: Context) -> Decision:
    """Confirm a run, or hand in one of the two sheets its rules ask for."""
    run = own_run(state, target, context)
    check_open(run)
    notes = Notes(state)
    data = scored(state, run, payload) | {
        "note": notes.take(payload.note),
        "captain": notes.captain(payload.captain),
    }
    return Decision(sheet_events(state, run, data, context.actor.account), notes.rows)


@command(SettleSheets, on="run", roles=JUDGES, version_of=run_version)
def settle_sheets(state: State, target: Target, payload: SettleSheets, context: Context) -> Decision:
    """Either of the two judges, when both agree, or a referee."""
    run = own_run(state, target, context)
    check_open(run)
    if not do_differ(state, run):
        raise Refusal("sheets_do_not_differ", run=run.id)
    if context.actor.role != "referee" and context.actor.account not in run.sheets:
        raise Refusal("sheets_of_others", run=run.id)
    notes = Notes(state)
    captain = next((one.captain for one in run.sheets.values() if one.captain), None)
    data = scored(state, run, payload) | {
        "reason": notes.take(payload.reason),
        "captain": captain,
        "judges": sorted(run.sheets),
    }
    return Decision([Event("ScoreEntered", data)], notes.rows)


@command(CorrectScore, on="run", roles=JUDGES, version_of=run_version)
def correct_score(state: State, target: Target, payload: CorrectScore, context: Context) -> Decision:
    """A judge mends a slip until results are official; after that it takes a referee."""
    run = own_run(state, target, context)
    if not run.is_confirmed:
        raise Refusal("run_not_confirmed", run=run.id)
    if run.status == OFFICIAL and context.actor.role != "referee":
        raise Refusal("result_official", run=run.id)
    if run.replaced_by is not None:
        raise Refusal("run_replaced", run=run.id)
    note = seal_note(state, payload.reason)
    data = scored(state, run, payload) | {"reason": reference(note)}
    return Decision([Event("ScoreCorrected", data)], [note])
