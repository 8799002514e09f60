"""What is true of arrivals: who is here since when, what inspections found, which robots are in impound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..entries.state import Entries
from ..eventlog.chain import Entry as LogEntry
from ..eventlog.fold import Part, State, on
from ..matches.state import Matches
from ..runs.state import Runs

PASSED, FAILED, AGAIN, TO_DO = "passed", "failed", "again", "to_do"
"""How the inspection of a robot stands; ``to_do`` is before the first one."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Who did something, and when."""

    by: str
    at_utc: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspection: its outcome, what was measured (by the ruleset's names, such as ``mass_g``), note and photo."""

    outcome: str
    measured: Mapping[str, float]
    note: dict[str, str] | None
    photo: str | None
    done: Moment


class Arrivals(Part):
    """By entry: the check-in, the inspections oldest first, and the moment its robot went into impound.

    ``inspected`` are the divisions of which any robot was inspected, ``forgotten`` the photos nobody may see any more.
    """

    def __init__(self) -> None:
        self.checked_in: dict[str, Moment] = {}
        self.inspections: dict[str, list[Inspection]] = {}
        self.impounded: dict[str, Moment] = {}
        self.inspected: set[str] = set()
        self.forgotten: set[str] = set()

    def inspection_state(self, entry: str) -> str:
        """``passed``, ``failed``, ``again`` or ``to_do``."""
        done = self.inspections.get(entry)
        return done[-1].outcome if done else TO_DO

    @on("EntryCheckedIn")
    def _checked_in(self, state: State, log_entry: LogEntry) -> None:
        self.checked_in[log_entry.data["entry"]] = _moment(log_entry)
        _show(state, log_entry.data["entry"])

    @on("CheckInTakenBack")
    def _taken_back(self, state: State, log_entry: LogEntry) -> None:
        self.checked_in.pop(log_entry.data["entry"], None)
        _show(state, log_entry.data["entry"])

    @on("RobotInspected")
    def _inspected(self, state: State, log_entry: LogEntry) -> None:
        data: dict[str, Any] = log_entry.data
        found = Inspection(data["outcome"], data["measured"], data["note"], data["photo"], _moment(log_entry))
        self.inspections.setdefault(data["entry"], []).append(found)
        self.inspected.add(state[Entries].by_id[data["entry"]].division)
        _show(state, data["entry"])

    @on("RobotImpounded")
    def _impounded(self, state: State, log_entry: LogEntry) -> None:
        self.impounded[log_entry.data["entry"]] = _moment(log_entry)

    @on("RobotReturned")
    def _returned(self, state: State, log_entry: LogEntry) -> None:
        self.impounded.pop(log_entry.data["entry"], None)

    @on("EntryMoved")
    def _entry_moved(self, state: State, log_entry: LogEntry) -> None:
        """Another class has other limits: the robot is inspected anew."""
        if done := self.inspections.pop(log_entry.data["entry"], None):
            self._forget_photos(done)
            _show(state, log_entry.data["entry"])

    @on("EntryTakenDown")
    def _taken_down(self, state: State, log_entry: LogEntry) -> None:
        """Its photos may show more than the robot: they are shown no more."""
        self._forget_photos(self.inspections.pop(log_entry.data["entry"], ()))

    @on("PeopleErased")
    def _people_erased(self, state: State, log_entry: LogEntry) -> None:
        """When everybody's time is over, photos go with the names; what was measured stays."""
        if log_entry.data.get("everything"):
            for entry, done in self.inspections.items():
                self._forget_photos(done)
                self.inspections[entry] = [replace(one, photo=None) for one in done]

    def _forget_photos(self, inspections: Iterable[Inspection]) -> None:
        self.forgotten.update(one.photo for one in inspections if one.photo)


def arrival_of(state: State, entry_id: str) -> dict[str, Any]:
    """What a judge should know of a team's arrival: ``{"checked_in": bool | None, "inspection": str | None}``.

    None stands for a table that nobody keeps: no team was checked in yet, no robot of the division inspected.
    """
    arrivals = state[Arrivals]
    is_inspected = state[Entries].by_id[entry_id].division in arrivals.inspected
    return {
        "checked_in": entry_id in arrivals.checked_in if arrivals.checked_in else None,
        "inspection": arrivals.inspection_state(entry_id) if is_inspected else None,
    }


def arrival_of_all(state: State, entries: Iterable[str]) -> dict[str, Any]:
    """The same of those who play together: what is worst of any of them."""
    each = [arrival_of(state, entry) for entry in entries]
    here = [one["checked_in"] for one in each]
    found = [one["inspection"] for one in each]
    worst = (one for one in (FAILED, AGAIN, TO_DO, PASSED) if one in found)
    return {"checked_in": None if None in here else all(here), "inspection": next(worst, None)}


def _moment(log_entry: LogEntry) -> Moment:
    return Moment(log_entry.actor, log_entry.at_utc)


def _show(state: State, entry: str) -> None:
    """The tablets on whose fields the team will be are told."""
    division = state[Entries].by_id[entry].division
    fields = {run.field for run in state[Runs].of(division) if run.entry == entry}
    fields |= {match.field for match in state[Matches].by_id.values() if match.division == division}
    state.touch(*(f"{state.chain}/field/{field}/judging" for field in sorted(fields)))
