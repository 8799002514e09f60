"""A score sheet scored by its rules, and two judges' sheets of one run brought together."""

from __future__ import annotations

from typing import Any, Protocol

from scoring.sheet import SheetProblem, evaluate

from ..competitions.commands import existing
from ..eventlog.chain import Event
from ..eventlog.deciding import Problem, Refusal
from ..eventlog.fold import State
from .disputes import is_same
from .measured import Filled, fill
from .notes import Notes
from .run import NOT_SEEN, Submitted
from .state import Run
from .texts import NO_VALUE_OF_ITS_FIELD, sealed, values_without_texts


class Entered(Protocol):
    """A command that carries a sheet."""

    @property
    def sheet(self) -> dict[str, Any]: ...
    @property
    def mark(self) -> str | None: ...
    @property
    def stopwatch(self) -> bool: ...


def scored(state: State, run: Run, entered: Entered, notes: Notes, *, whole: bool = True) -> dict[str, Any]:
    """What an event says of a sheet: what was entered, filled from the field, and what it comes to.

    Its texts are sealed among ``notes``. Raises Refusal where the sheet breaks its rules, or a time is missing; one
    that need not be ``whole`` is refused only where a value is none of its field, as that of a run with a mark is.
    """
    ruleset, mark = existing(state).divisions[run.division].ruleset, entered.mark
    if mark is not None and mark not in ruleset.marks:
        raise Refusal(
            "mark_unknown", [Problem("mark_unknown", "mark")], mark=mark, known=", ".join(ruleset.marks)
        )
    filled = fill(ruleset, entered.sheet, run.clock)
    evaluation = evaluate(ruleset, filled.sheet)
    is_strict = whole and mark is None
    refused = [error for error in evaluation.errors if is_strict or error.code in NO_VALUE_OF_ITS_FIELD]
    if refused:
        raise Refusal("sheet_invalid", [_problem(error, filled) for error in refused])
    valid = mark is None and evaluation.ok
    return {
        "run": run.id,
        "sheet": sealed(ruleset.fields, filled.sheet, notes),
        "mark": mark,
        "results": dict(evaluation.results) if valid else {},
        "values": values_without_texts(ruleset, evaluation.values) if valid else {},
        "hand_time": filled.by_hand,
        "stopwatch": filled.by_hand and entered.stopwatch,
    }


def sheets_needed(state: State, run: Run) -> int:
    """How many judges' sheets must agree; a practice run asks for one."""
    return 1 if run.practice else existing(state).divisions[run.division].ruleset.sheets_per_run


def do_differ(state: State, run: Run) -> bool:
    """Whether as many sheets as are needed came in, and no two of them agree."""
    return not run.is_confirmed and 1 < sheets_needed(state, run) <= len(run.sheets)


def sheet_events(state: State, run: Run, data: dict[str, Any], judge: str, notes: Notes) -> list[Event]:
    """The run's score, or ``judge``'s sheet of it; both once another judge's sheet says the same."""
    if sheets_needed(state, run) == 1:
        return [Event("ScoreEntered", data)]
    mine = Event("SheetSubmitted", data | {"judge": judge})
    agreeing = [other for other in _saying(run, data, notes) if other.by != judge]
    if len(agreeing) + 1 < sheets_needed(state, run):
        return [mine]
    judges = sorted({judge, *(other.by for other in agreeing)})
    captain = data["captain"] or word_on(run, data, notes) or not_seen(run)
    return [mine, Event("ScoreEntered", data | {"judges": judges, "captain": captain})]


def word_on(run: Run, data: dict[str, Any], notes: Notes) -> dict[str, Any] | None:
    """What the captain said of a sheet that says the same; None where they were shown none."""
    return next((one.captain for one in _saying(run, data, notes) if one.captain), None)


def not_seen(run: Run) -> dict[str, Any] | None:
    """That the captain was shown other sheets of a run than the one that counts; None where nobody was asked."""
    is_asked = any(one.captain for one in run.sheets.values())
    return {"outcome": NOT_SEEN, "note": None} if is_asked else None


def _saying(run: Run, data: dict[str, Any], notes: Notes) -> list[Submitted]:
    """The sheets of a run that say the same."""
    texts = notes.texts()
    return [
        one for one in run.sheets.values() if is_same({"sheet": one.sheet, "mark": one.mark}, data, texts)
    ]


def _problem(error: SheetProblem, filled: Filled) -> Problem:
    if error.code == "required" and error.field in filled.missing:
        return Problem("measurement_missing", error.field)
    code = "sheet_field_unknown" if error.code == "field_unknown" else error.code
    words = {"message": dict(error.message)} if error.message else {}
    return Problem(code, error.field, facts={**error.facts, **words})
