"""Commands a judge or referee gives about a run."""

from __future__ import annotations

from typing import Any

from uuid_utils import uuid7

from scoring.sheet import SheetProblem, evaluate

from ..competitions.commands import ORGANISER, existing
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..eventlog.models import Note
from .fields import Fields
from .measured import Filled, fill
from .schemas import CloseRun, CorrectScore, EnterScore, OpenRun, PublishResults, ResetRun
from .state import LIVE, OFFICIAL, Run, Runs

JUDGES = ("judge", "referee")
NO_VALUE_OF_ITS_FIELD = frozenset(
    {
        "field_unknown",
        "type_wrong",
        "not_finite",
        "too_large",
        "too_long",
        "too_many_rows",
        "option_unknown",
        "option_repeated",
    }
)
"""What keeps even the sheet of a run with a mark out of the log; such a sheet may be incomplete or out of bounds."""


def run_version(state: State, target: Target) -> int:
    """The version of the run a command is about; 0 where there is no such run (deciding says so)."""
    run = state[Runs].by_id.get(target.id)
    return run.version if run else 0


@command(OpenRun, on="run", roles=JUDGES)
def open_run(state: State, target: Target, payload: OpenRun, context: Context) -> Decision:
    run = own_run(state, target, context)
    if run.is_confirmed:
        raise Refusal("run_confirmed", run=run.id)
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
    if run.is_confirmed:
        raise Refusal("run_confirmed", run=run.id)
    if state[Runs].on_field(run.field) is not run:
        raise Refusal("run_not_on_field", field=run.field)
    note = seal_note(state, payload.reason)
    return Decision([Event("RunReset", {"run": run.id, "reason": reference(note)})], [note])


@command(EnterScore, on="run", roles=JUDGES, version_of=run_version)
def enter_score(state: State, target: Target, payload: EnterScore, context: Context) -> Decision:
    run = own_run(state, target, context)
    if run.is_confirmed:
        raise Refusal("run_confirmed", run=run.id)
    note = seal_note(state, payload.note) if payload.note else None
    data = _scored(state, run, payload.sheet, payload.mark) | {"note": reference(note)}
    return Decision([Event("ScoreEntered", data)], [note] if note else [])


@command(CorrectScore, on="run", roles=JUDGES, version_of=run_version)
def correct_score(state: State, target: Target, payload: CorrectScore, context: Context) -> Decision:
    """A judge mends a slip until results are official; after that it takes a referee."""
    run = own_run(state, target, context)
    if not run.is_confirmed:
        raise Refusal("run_not_confirmed", run=run.id)
    if run.status == OFFICIAL and context.actor.role != "referee":
        raise Refusal("result_official", run=run.id)
    note = seal_note(state, payload.reason)
    data = _scored(state, run, payload.sheet, payload.mark) | {"reason": reference(note)}
    return Decision([Event("ScoreCorrected", data)], [note])


@command(PublishResults, on="division", roles=ORGANISER)
def publish_results(state: State, target: Target, payload: PublishResults, context: Context) -> Decision:
    divisions = existing(state).divisions
    if target.id not in divisions:
        raise Refusal("division_unknown", division=target.id, known=", ".join(divisions))
    runs = state[Runs].of(target.id)
    unconfirmed = [run for run in runs if not run.is_confirmed]
    if unconfirmed or not runs:
        raise Refusal(
            "runs_unconfirmed", count=len(unconfirmed), runs=", ".join(run.id for run in unconfirmed[:5])
        )
    return Decision([Event("ResultsPublished", {"division": target.id})])


def own_run(state: State, target: Target, context: Context) -> Run:
    """The run a command is about, if it is on a field of the actor's. Raises Refusal otherwise."""
    existing(state)
    run = state[Runs].by_id.get(target.id)
    if run is None:
        raise Refusal("run_unknown", run=target.id)
    if context.actor.fields and run.field not in context.actor.fields:
        raise Refusal("field_of_another", field=run.field)
    return run


def seal_note(state: State, text: str) -> Note:
    return Note.seal(str(uuid7()), state.chain, text)


def reference(note: Note | None) -> dict[str, str] | None:
    """What an event says of a note: its id and digest."""
    return {"id": note.id, "digest": note.digest} if note else None


def _scored(state: State, run: Run, sheet: dict[str, Any], mark: str | None) -> dict[str, Any]:
    ruleset = existing(state).divisions[run.division].ruleset
    if mark is not None and mark not in ruleset.marks:
        raise Refusal(
            "mark_unknown", [Problem("mark_unknown", "mark")], mark=mark, known=", ".join(ruleset.marks)
        )
    filled = fill(ruleset, sheet, run.clock)
    evaluation = evaluate(ruleset, filled.sheet)
    refused = [error for error in evaluation.errors if mark is None or error.code in NO_VALUE_OF_ITS_FIELD]
    if refused:
        raise Refusal("sheet_invalid", [_problem(error, filled) for error in refused])
    valid = mark is None and evaluation.ok
    return {
        "run": run.id,
        "sheet": filled.sheet,
        "mark": mark,
        "results": dict(evaluation.results) if valid else {},
        "values": dict(evaluation.values) if valid else {},
        "hand_time": filled.by_hand,
    }


def _problem(error: SheetProblem, filled: Filled) -> Problem:
    if error.code == "required" and error.field in filled.missing:
        return Problem("measurement_missing", error.field)
    code = "sheet_field_unknown" if error.code == "field_unknown" else error.code
    words = {"message": dict(error.message)} if error.message else {}
    return Problem(code, error.field, facts={**error.facts, **words})
