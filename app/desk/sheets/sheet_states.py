"""How each run's sheet stands, as the chief judge reads it: what needs a person first, then the order of the fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from ...competitions.state import Setup
from ...eventlog.fold import State
from ...protests.state import Protests
from ...runs.disputes import Disputes
from ...runs.run import NOT_SEEN
from ...runs.sheets import do_differ
from ...runs.state import LIVE, OFFICIAL, UNCONFIRMED, Run, Runs
from ...schedule.state import Schedule

WORDS = {
    "differ": _l("two sheets that differ"),
    "disputed": _l("another tablet’s sheet says otherwise"),
    "protested": _l("under protest"),
    "refused": _l("the captain refused to sign"),
    "awaited": _l("over, no sheet yet"),
    "one_of_two": _l("one sheet of two"),
    "on_field": _l("on the field"),
    "waiting": _l("not begun"),
    "corrected": _l("corrected"),
    "signed": _l("confirmed, the captain signed"),
    "not_seen": _l("confirmed, the captain saw another sheet"),
    "confirmed": _l("confirmed"),
    "official": _l("official"),
    "replaced": _l("held again"),
    "withdrawn": _l("withdrawn"),
}
ESCALATED = ("differ", "disputed", "protested", "refused")
CONFIRMED_WITH = ("signed", NOT_SEEN)
UNDER_WAY = ("on_field", "one_of_two", "awaited")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One run and the state of its sheet, a key of WORDS."""

    run: Run
    state: str

    @property
    def is_escalated(self) -> bool:
        return self.state in ESCALATED


def sheet_lines(state: State, division: str | None = None) -> list[SheetLine]:
    """Every run of a division or of all: what is escalated, what is under way, what is done, the newest first,
    and what has not begun in the order of the fields and queues.
    """
    lines = [
        SheetLine(run, sheet_state(state, run))
        for run in _queued(state)
        if division is None or run.division == division
    ]
    lines.sort(key=lambda line: line.run.result.at_utc if line.run.result else "", reverse=True)
    return sorted(lines, key=lambda line: _urgency(line.state))


def sheet_state(state: State, run: Run) -> str:
    """The key of WORDS that says how a run's sheet stands."""
    if run.replaced_by is not None:
        return "protested" if run.protests else "replaced"
    if do_differ(state, run):
        return "differ"
    if state[Disputes].open_of(run.id):
        return "disputed"
    if run.protests:
        return "protested"
    return _confirmed_state(state, run) if run.result else _open_state(run)


def _confirmed_state(state: State, run: Run) -> str:
    assert run.result is not None
    if run.status == OFFICIAL:
        return "official"
    if run.result.captain == "refused" and not state[Protests].of_run(run.id):
        return "refused"
    if run.result.corrected:
        return "corrected"
    return run.result.captain if run.result.captain in CONFIRMED_WITH else "confirmed"


def _open_state(run: Run) -> str:
    if run.withdrawn:
        return "withdrawn"
    if run.sheets:
        return "one_of_two"
    if run.armed or run.status == LIVE:
        return "on_field"
    return "awaited" if run.status == UNCONFIRMED else "waiting"


def _urgency(state: str) -> int:
    """What needs a person, what is under way, what is done, what has not begun."""
    if state in ESCALATED:
        return ESCALATED.index(state)
    return len(ESCALATED) + (0 if state in UNDER_WAY else 2 if state == "waiting" else 1)


def _queued(state: State) -> Iterator[Run]:
    known = state[Runs].by_id
    for field in state[Setup].fields:
        yield from map(known.__getitem__, state[Schedule].queues.get(field, []))
