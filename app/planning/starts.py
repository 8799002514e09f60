"""What a plan gives a start to: runs, a panel's visits to projects, matches; alike to the plan, whatever they are."""

from __future__ import annotations

from dataclasses import dataclass

from ..displays.notices import Notices
from ..entries.state import public_entry
from ..eventlog.fold import State
from ..matches.match import Match
from ..matches.state import Matches
from ..runs.run import NOBODY
from ..runs.state import Run, Runs

RUN, VISIT, MATCH = "run", "visit", "match"


@dataclass(frozen=True, slots=True)
class Start:
    """``entries`` are all who have to be there; ``judge`` is the account whose visit it is. ``attempt`` is a run's.

    ``is_settled``: it began, is over or was called, so that no plan moves it any more.
    """

    id: str
    kind: str
    division: str
    number: int
    entries: tuple[str, ...]
    field: str
    judge: str | None
    attempt: int
    planned_at_utc: str | None
    is_settled: bool


def starts_of(state: State, division: str) -> list[Start]:
    """The starts of a division that a plan can hold, in their drawn order.

    Left out are what is void or called off, byes, and sheets that no judge has.
    """
    runs = [run for run in state[Runs].of(division) if not run.is_void and run.judge != NOBODY]
    contest = state[Matches].contest(division)
    matches = [match for match in contest.matches() if _is_held(match)] if contest else []
    return [*(_of_run(state, run) for run in runs), *(_of_match(state, match) for match in matches)]


def visits_of(state: State, entry: str) -> list[Start]:
    """A project's sheets that a judge has, as visits."""
    runs = state[Runs].attempts_of(entry)
    return [_of_run(state, run) for run in runs if run.judge and run.judge != NOBODY and not run.is_void]


def start(state: State, id_: str) -> Start | None:
    """A run or a match by its id; None where there is neither, and for a practice match, which no plan holds."""
    run, match = state[Runs].by_id.get(id_), state[Matches].by_id.get(id_)
    if run:
        return _of_run(state, run)
    return _of_match(state, match) if match and not match.practice else None


def start_words(state: State, one: Start) -> str:
    """Who it is about, as a list names it: each side of a match, chosen alliances by their captains."""
    match = state[Matches].by_id.get(one.id)
    sides = [match.pairing.players(side) for side in match.sides] if match else [one.entries]
    told = [[public_entry(state, entry) for entry in side] for side in sides]
    return " – ".join(" · ".join(f"№ {entry['number']} {entry['team']}" for entry in side) for side in told)


def _is_held(match: Match) -> bool:
    is_given = match.given_to is not None or match.void
    return not (match.pairing.is_bye or match.called_off or match.replaced_by or is_given)


def _of_run(state: State, run: Run) -> Start:
    begun = run.armed or run.is_confirmed or bool(run.sheets) or run.clock.start is not None
    return Start(
        run.id, VISIT if run.judge else RUN, run.division, public_entry(state, run.entry)["number"], (run.entry,),
        run.field, run.judge, run.attempt, run.planned_at_utc, begun or run.id in state[Notices].called_at_utc,
    )  # fmt: skip


def _of_match(state: State, match: Match) -> Start:
    contest = state[Matches].contests[match.division]
    entries = tuple(entry for side in match.sides for entry in contest.members(match.pairing, side))
    return Start(
        match.id, MATCH, match.division, match.number, entries,
        match.field, None, 1, match.planned_at_utc, match.is_begun or match.id in state[Notices].called_at_utc,
    )  # fmt: skip
