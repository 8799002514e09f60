"""A score sheet scored by its rules, and two judges' sheets of one run brought together."""

from __future__ import annotations

from typing import Any, Protocol

from scoring.sheet import SheetProblem, evaluate

from ..competitions.commands import existing
from ..eventlog.chain import Event
from ..eventlog.deciding import Problem, Refusal
from ..eventlog.fold import State
from .measured import Filled, fill
from .state import Run

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


class Entered(Protocol):
    """A command that carries a sheet."""

    @property
    def sheet(self) -> dict[str, Any]: ...
    @property
    def mark(self) -> str | None: ...
    @property
    def stopwatch(self) -> bool: ...


def scored(state: State, run: Run, entered: Entered) -> dict[str, Any]:
    """What an event says of a sheet: what was entered, filled from the field, and what it comes to.

    Raises Refusal where the sheet breaks its rules, or a time is missing.
    """
    ruleset, mark = existing(state).divisions[run.division].ruleset, entered.mark
    if mark is not None and mark not in ruleset.marks:
        raise Refusal(
            "mark_unknown", [Problem("mark_unknown", "mark")], mark=mark, known=", ".join(ruleset.marks)
        )
    filled = fill(ruleset, entered.sheet, run.clock)
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
        "stopwatch": filled.by_hand and entered.stopwatch,
    }


def sheets_needed(state: State, run: Run) -> int:
    """How many judges' sheets must agree; a practice run asks for one."""
    return 1 if run.practice else existing(state).divisions[run.division].ruleset.sheets_per_run


def do_differ(state: State, run: Run) -> bool:
    """Whether as many sheets as are needed came in, and no two of them agree."""
    return not run.is_confirmed and 1 < sheets_needed(state, run) <= len(run.sheets)


def sheet_events(state: State, run: Run, data: dict[str, Any], judge: str) -> list[Event]:
    """The run's score, or ``judge``'s sheet of it; both once another judge's sheet says the same."""
    if sheets_needed(state, run) == 1:
        return [Event("ScoreEntered", data)]
    mine = Event("SheetSubmitted", data | {"judge": judge})
    agreeing = [
        other
        for account, other in run.sheets.items()
        if account != judge and other.says(data["sheet"], data["mark"])
    ]
    if len(agreeing) + 1 < sheets_needed(state, run):
        return [mine]
    judges = sorted({judge, *(other.by for other in agreeing)})
    captain = data["captain"] or next((other.captain for other in agreeing if other.captain), None)
    return [mine, Event("ScoreEntered", data | {"judges": judges, "captain": captain})]


def _problem(error: SheetProblem, filled: Filled) -> Problem:
    if error.code == "required" and error.field in filled.missing:
        return Problem("measurement_missing", error.field)
    code = "sheet_field_unknown" if error.code == "field_unknown" else error.code
    words = {"message": dict(error.message)} if error.message else {}
    return Problem(code, error.field, facts={**error.facts, **words})
