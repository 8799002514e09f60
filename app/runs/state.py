"""What is true of runs: who is on each field, what its gates measured, and what was confirmed."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from dataclasses import replace

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on
from .clock import Clock, Pass, crossing_of
from .run import (
    LIVE,
    OFFICIAL,
    PROTESTED,
    START_LIST,
    UNCONFIRMED,
    UNOFFICIAL,
    Result,
    Run,
    Submitted,
)

__all__ = [
    "LIVE",
    "OFFICIAL",
    "PROTESTED",
    "START_LIST",
    "UNCONFIRMED",
    "UNOFFICIAL",
    "Result",
    "Run",
    "Runs",
    "Submitted",
]


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
        self._of_entry: dict[str, list[Run]] = {}
        self._before_protest: dict[str, str] = {}

    def of(self, division: str) -> list[Run]:
        """The runs that count in a division, in the drawn order: no practice, none void, none held again."""
        return self._of_division.get(division, [])

    def attempts_of(self, entry: str) -> list[Run]:
        """An entry's runs that count, in order."""
        return self._of_entry.get(entry, [])

    def on_field(self, field_code: str) -> Run | None:
        run_id = self.current.get(field_code)
        return self.by_id[run_id] if run_id else None

    @property
    def is_any_running(self) -> bool:
        return any(self.by_id[run].clock.state == "running" for run in self.current.values() if run)

    def waiting(self, queue: list[str]) -> Iterator[Run]:
        """The runs of a queue that are still to be held, without the one on the field."""
        listed = map(self.by_id.__getitem__, queue)
        return (run for run in listed if not (run.is_confirmed or run.armed or run.is_void or run.sheets))

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
                judge=drawn.get("judge"),
            )
            self._list(run)

    @on("PanelDrawn")
    def _panel_drawn(self, state: State, entry: Entry) -> None:
        self._drawn(state, entry)

    @on("JudgeSteppedAside")
    def _stepped_aside(self, state: State, entry: Entry) -> None:
        self._give(state, self.by_id[entry.data["run"]], entry.data["to"])

    @on("SheetsGiven")
    def _sheets_given(self, state: State, entry: Entry) -> None:
        for run in entry.data["runs"]:
            self._give(state, self.by_id[run], entry.data["to"])

    @on("PlanApplied")
    def _planned(self, state: State, entry: Entry) -> None:
        for planned in entry.data["runs"]:
            run = self.by_id[planned["run"]]
            run.field, run.planned_at_utc = planned["field"], planned["at_utc"]

    @on("ReplayOrdered")
    def _held_again(self, state: State, entry: Entry) -> None:
        old = self.by_id[entry.data["run"]]
        if self.on_field(old.field) is old:
            self._leave_field(old.field)
        self._unlist(old)
        again = Run(
            entry.data["replay"], old.division, old.field, old.entry, old.attempt, old.position, entry.seq,
            replay_of=old.id, judge=old.judge,
        )  # fmt: skip
        old.replaced_by, old.version = again.id, entry.seq
        self._list(again)
        state.remember(f"{state.chain}/run/{old.id}", entry)
        self._touch(state, old)

    @on("PracticeRunAdded")
    def _practised(self, state: State, entry: Entry) -> None:
        data = entry.data
        run = Run(
            data["run"], data["division"], data["field"], data["entry"], 1, 0, entry.seq, practice=True
        )  # fmt: skip
        self.by_id[run.id] = run
        self._touch(state, run)

    @on("LateEntriesAdded")
    def _late_entries_added(self, state: State, entry: Entry) -> None:
        data = entry.data
        for position, added in enumerate(data["runs"], data["position"]):
            run = Run(
                added["id"], data["division"], data["field"], added["entry"], added["attempt"], position, entry.seq,
                judge=added.get("judge"),
            )  # fmt: skip
            self._list(run)
            self._touch(state, run)

    @on("EntryWithdrawn")
    def _withdrawn(self, state: State, entry: Entry) -> None:
        for run in [run for run in self.attempts_of(entry.data["entry"]) if not run.is_confirmed]:
            if self.on_field(run.field) is run:
                self._leave_field(run.field)
            run.withdrawn = True
            self._unlist(run)
            self._touch(state, run)

    @on("EntryReinstated")
    def _reinstated(self, state: State, entry: Entry) -> None:
        for run in self.by_id.values():
            if run.entry == entry.data["entry"] and run.withdrawn:
                run.withdrawn = False
                self._list(run)
                self._touch(state, run)

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
        self.touch_clock(state, run)

    @on("StartSignalled")
    def _signalled(self, state: State, entry: Entry) -> None:
        run = self.by_id[entry.data["run"]]
        run.clock = replace(run.clock, signal=crossing_of(entry.data["crossing"]))
        self.touch_clock(state, run)

    @on("FalseStartSeen")
    def _started_falsely(self, state: State, entry: Entry) -> None:
        run = self.by_id[entry.data["run"]]
        run.clock = replace(run.clock, false_start=crossing_of(entry.data["crossing"]))
        self.touch_clock(state, run)

    @on("GatePassed")
    def _passed(self, state: State, entry: Entry) -> None:
        run, data = self.by_id[entry.data["run"]], entry.data
        passed = Pass(data["role"], data["number"], crossing_of(data["crossing"]))
        run.clock = replace(run.clock, passes=(*run.clock.passes, passed))
        self.touch_clock(state, run)

    @on("RunFinished")
    def _finished(self, state: State, entry: Entry) -> None:
        run = self.by_id[entry.data["run"]]
        missed = tuple(entry.data.get("missed", ()))
        run.clock = replace(run.clock, finish=crossing_of(entry.data["crossing"]), missed=missed)
        if not run.is_confirmed:
            run.status = UNCONFIRMED
        self.touch_clock(state, run)

    @on("SheetSubmitted")
    def _submitted(self, state: State, entry: Entry) -> None:
        data = entry.data
        run = self.by_id[data["run"]]
        judge = data.get("judge", entry.actor)
        run.sheets[judge] = Submitted(data["sheet"], data["mark"], judge, entry.at_utc, data.get("captain"))
        run.status, run.noted = UNCONFIRMED, run.noted or bool(data.get("note"))
        if self.on_field(run.field) is run:
            self._leave_field(run.field)
        if len(run.sheets) > 1:
            run.version = entry.seq
            state.remember(f"{state.chain}/run/{run.id}", entry)
        self._touch(state, run)

    @on("ScoreEntered")
    def _entered(self, state: State, entry: Entry) -> None:
        self._confirm(state, entry, corrected=False)

    @on("ScoreCorrected")
    def _corrected(self, state: State, entry: Entry) -> None:
        self._confirm(state, entry, corrected=True)

    @on("ResultsPublished")
    def _published(self, state: State, entry: Entry) -> None:
        for run in self.of(entry.data["division"]):
            if not run.protests:
                run.status = OFFICIAL
            self._touch(state, run)

    @on("ProtestFiled")
    def _protested(self, state: State, entry: Entry) -> None:
        if "run" not in entry.data:
            return  # about a match
        run = self.by_id[entry.data["run"]]
        if not run.protests:
            self._before_protest[run.id] = run.status
        run.protests |= {entry.data["protest"]}
        run.status = PROTESTED
        self._touch_standings(state, run)

    @on("ProtestDecided")
    def _protest_decided(self, state: State, entry: Entry) -> None:
        if "run" not in entry.data:
            return
        run = self.by_id[entry.data["run"]]
        run.protests -= {entry.data["protest"]}
        if not run.protests:
            run.status = self._before_protest.pop(run.id)
        self._touch_standings(state, run)

    def _give(self, state: State, run: Run, judge: str) -> None:
        run.judge = judge
        self._touch(state, run)

    def _list(self, run: Run) -> None:
        self.by_id[run.id] = run
        insort(self._of_division.setdefault(run.division, []), run, key=_position)
        insort(self._of_entry.setdefault(run.entry, []), run, key=_position)

    def _unlist(self, run: Run) -> None:
        for listed in (self.of(run.division), self.attempts_of(run.entry)):
            if run in listed:
                listed.remove(run)

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
            data.get("stopwatch", False),
            (data.get("captain") or {}).get("outcome"),
            tuple(data.get("judges", ())),
            bool(data.get("paper")),
        )
        run.status, run.version = PROTESTED if run.protests else UNOFFICIAL, entry.seq
        if run.protests:
            self._before_protest[run.id] = UNOFFICIAL
        if self.current.get(run.field) == run.id:
            self._leave_field(run.field)
        run.armed, run.noted = False, run.noted or bool(data.get("note"))
        if not corrected and not run.practice and run.judge is None:
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

    def touch_clock(self, state: State, run: Run) -> None:
        """Say that a run's clock moved, to those who may know it."""
        if run.division in self.sealed:
            state.touch(f"{state.chain}/field/{run.field}/judging")
        else:
            self._touch(state, run)

    def _touch_standings(self, state: State, run: Run) -> None:
        """The status of an attempt is told in the standings, too."""
        self._touch(state, run)
        if run.division not in self.sealed:
            state.touch(f"{state.chain}/division/{run.division}/standings")


def _position(run: Run) -> int:
    return run.position
