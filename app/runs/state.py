"""What is true of runs: who is on each field, what its gates measured, and what was confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from typing import Any

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on
from .clock import Clock, Pass, crossing_of

START_LIST, LIVE, UNCONFIRMED = "START_LIST", "LIVE", "UNCONFIRMED"
UNOFFICIAL, OFFICIAL = "UNOFFICIAL", "OFFICIAL"


@dataclass(frozen=True, slots=True)
class Result:
    """A confirmed score sheet and what follows from it; ``mark`` is DNS, DNF, DSQ or None."""

    sheet: dict[str, Any]
    mark: str | None
    results: dict[str, Any]
    values: dict[str, Any]
    hand_time: bool
    corrected: bool
    by: str
    at_utc: str


@dataclass(slots=True)
class Run:
    """One attempt performed, or to be performed. ``version`` moves when its score does, not when its clock does."""

    id: str
    division: str
    field: str
    entry: str
    attempt: int
    position: int
    version: int
    status: str = START_LIST
    armed: bool = False
    clock: Clock = attribute(default_factory=Clock)
    result: Result | None = None

    @property
    def is_confirmed(self) -> bool:
        return self.result is not None


class Runs(Part):
    """Runs by id; the run now on each field; the last one confirmed there.

    ``sealed`` are the divisions that are frozen for the public; it is not told when their clocks start and stop.
    """

    def __init__(self) -> None:
        self.sealed: set[str] = set()
        self.by_id: dict[str, Run] = {}
        self.current: dict[str, str] = {}
        self.last: dict[str, str] = {}
        self._of_division: dict[str, list[Run]] = {}

    def of(self, division: str) -> list[Run]:
        return self._of_division.get(division, [])

    def on_field(self, field_code: str) -> Run | None:
        run_id = self.current.get(field_code)
        return self.by_id[run_id] if run_id else None

    def waiting(self, queue: list[str]) -> Iterator[Run]:
        """The runs of a queue that are neither confirmed nor on the field."""
        return (run for run in map(self.by_id.__getitem__, queue) if not run.is_confirmed and not run.armed)

    @on("StartListDrawn")
    def _drawn(self, state: State, entry: Entry) -> None:
        data = entry.data
        for position, drawn in enumerate(data["runs"], 1):
            run = Run(
                drawn["id"],
                data["division"],
                data["field"],
                drawn["entry"],
                drawn["attempt"],
                position,
                entry.seq,
            )
            self.by_id[run.id] = run
            self._of_division.setdefault(run.division, []).append(run)

    @on("RunOpened")
    def _opened(self, state: State, entry: Entry) -> None:
        run = self.by_id[entry.data["run"]]
        self._leave_field(run.field)
        self.current[run.field] = run.id
        run.armed = True
        self._touch(state, run)

    @on("RunClosed")
    def _closed(self, state: State, entry: Entry) -> None:
        run = self.by_id[entry.data["run"]]
        self._leave_field(run.field)
        self._touch(state, run)

    @on("RunReset")
    def _reset(self, state: State, entry: Entry) -> None:
        run = self.by_id[entry.data["run"]]
        run.status, run.clock, run.armed = START_LIST, Clock(), True
        self._touch(state, run)

    @on("RunStarted")
    def _started(self, state: State, entry: Entry) -> None:
        run = self.by_id[entry.data["run"]]
        run.clock = Clock(start=crossing_of(entry.data["crossing"]), signal=run.clock.signal)
        if not run.is_confirmed:
            run.status = LIVE
        self._touch_clock(state, run)

    @on("StartSignalled")
    def _signalled(self, state: State, entry: Entry) -> None:
        run = self.by_id[entry.data["run"]]
        run.clock = replace(run.clock, signal=crossing_of(entry.data["crossing"]))
        self._touch_clock(state, run)

    @on("FalseStartSeen")
    def _started_falsely(self, state: State, entry: Entry) -> None:
        run = self.by_id[entry.data["run"]]
        run.clock = replace(run.clock, false_start=crossing_of(entry.data["crossing"]))
        self._touch_clock(state, run)

    @on("GatePassed")
    def _passed(self, state: State, entry: Entry) -> None:
        run, data = self.by_id[entry.data["run"]], entry.data
        passed = Pass(data["role"], data["number"], crossing_of(data["crossing"]))
        run.clock = replace(run.clock, passes=(*run.clock.passes, passed))
        self._touch_clock(state, run)

    @on("RunFinished")
    def _finished(self, state: State, entry: Entry) -> None:
        run = self.by_id[entry.data["run"]]
        missed = tuple(entry.data.get("missed", ()))
        run.clock = replace(run.clock, finish=crossing_of(entry.data["crossing"]), missed=missed)
        if not run.is_confirmed:
            run.status = UNCONFIRMED
        self._touch_clock(state, run)

    @on("ScoreEntered")
    def _entered(self, state: State, entry: Entry) -> None:
        self._confirm(state, entry, corrected=False)

    @on("ScoreCorrected")
    def _corrected(self, state: State, entry: Entry) -> None:
        self._confirm(state, entry, corrected=True)

    @on("ResultsPublished")
    def _published(self, state: State, entry: Entry) -> None:
        for run in self.of(entry.data["division"]):
            run.status = OFFICIAL
            self._touch(state, run)

    def _confirm(self, state: State, entry: Entry, *, corrected: bool) -> None:
        data = entry.data
        run = self.by_id[data["run"]]
        run.result = Result(
            data["sheet"],
            data["mark"],
            data["results"],
            data["values"],
            data["hand_time"],
            corrected,
            entry.actor,
            entry.at_utc,
        )
        run.status, run.version = UNOFFICIAL, entry.seq
        if self.current.get(run.field) == run.id:
            self._leave_field(run.field)
        run.armed = False
        if not corrected:
            self.last[run.field] = run.id
        state.remember(f"{state.chain}/run/{run.id}", entry)
        self._touch(state, run)

    def _leave_field(self, field_code: str) -> None:
        run = self.on_field(field_code)
        if run:
            run.armed = False
            if run.status == LIVE:
                run.status = UNCONFIRMED
        self.current.pop(field_code, None)

    def _touch(self, state: State, run: Run) -> None:
        place = f"{state.chain}/field/{run.field}"
        state.touch(place, f"{place}/queue", f"{place}/judging", f"{state.chain}/schedule")

    def _touch_clock(self, state: State, run: Run) -> None:
        if run.division in self.sealed:
            state.touch(f"{state.chain}/field/{run.field}/judging")
        else:
            self._touch(state, run)
