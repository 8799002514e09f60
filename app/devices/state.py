"""What is true of field controllers' readings: how far each device's are stored, and which fitted no run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on
from ..runs.placing import E_STOP, SELF_TEST
from .wiring import DEFAULT, BoardWiring, Wiring

ReadingKey = tuple[str, int, int]
OTHER_EDGE = "other_edge"
"""Why a reading moved no run though nothing is wrong: only one edge of a channel counts."""
NOTHING_TO_SETTLE = frozenset((OTHER_EDGE, SELF_TEST, E_STOP))
"""Reasons for which a reading without a run is no question to the referee."""


@dataclass(slots=True)
class Progress:
    """Which readings of one boot are stored: all up to ``through``, and some ``beyond`` a gap."""

    through: int
    beyond: set[int] = field(default_factory=set)

    def add(self, seq: int) -> None:
        self.beyond.add(seq)
        while self.through + 1 in self.beyond:
            self.through += 1
            self.beyond.discard(self.through)


@dataclass(slots=True)
class SelfTest:
    """A field's newest test: which edges were seen while it ran, by (board, channel), and what came of it."""

    started_at_utc: str
    finished_at_utc: str | None = None
    passed: bool = False
    checks: list[dict[str, Any]] = field(default_factory=list)
    overridden_by: str | None = None
    seen: dict[tuple[str, int], dict[str, int]] = field(default_factory=dict)

    def saw(self, device: str, channel: int, edge: str) -> None:
        counts = self.seen.setdefault((device, channel), {"rise": 0, "fall": 0})
        counts[edge] += 1


class Controllers(Part):
    """Readings by (device, boot, seq), wirings and self-tests by field.

    A reading that fits no run stays in ``unassigned`` for the referee.
    """

    def __init__(self) -> None:
        self._wirings: dict[str, Wiring] = {}
        self.tests: dict[str, SelfTest] = {}
        self.progress: dict[tuple[str, int], Progress] = {}
        self.unassigned: dict[ReadingKey, dict[str, Any]] = {}

    def stored_through(self, device: str, boot: int) -> int | None:
        """The highest sequence number up to which every reading since the first is stored; None before any is."""
        progress = self.progress.get((device, boot))
        return progress.through if progress else None

    def wiring(self, field: str) -> Wiring:
        """What a field's boards are wired to."""
        return self._wirings.get(field, DEFAULT)

    @on("FieldWired")
    def _wired(self, state: State, entry: Entry) -> None:
        data = entry.data
        boards = {board["device"]: BoardWiring.read(board) for board in data["boards"]}
        limits = (data["shortest_s"], data["longest_s"], data["laps"])
        self._wirings[data["field"]] = Wiring(entry.seq, boards, *limits)
        state.remember(f"{state.chain}/field/{data['field']}", entry)
        state.touch(f"{state.chain}/devices")

    @on("SelfTestStarted")
    def _test_started(self, state: State, entry: Entry) -> None:
        self.tests[entry.data["field"]] = SelfTest(entry.at_utc)

    @on("SelfTestFinished")
    def _test_finished(self, state: State, entry: Entry) -> None:
        test, data = self.tests[entry.data["field"]], entry.data
        test.finished_at_utc, test.passed, test.checks = entry.at_utc, data["passed"], data["checks"]

    @on("SelfTestOverridden")
    def _test_overridden(self, state: State, entry: Entry) -> None:
        self.tests[entry.data["field"]].overridden_by = entry.actor

    @on("ReadingRecorded")
    def _recorded(self, state: State, entry: Entry) -> None:
        data = entry.data
        device, boot, seq = data["device"], data["boot"], data["seq"]
        self.progress.setdefault((device, boot), Progress(seq - 1)).add(seq)
        if data["reason"] == SELF_TEST:
            test = self.tests.get(data["field"])
            if test is not None:
                test.saw(device, data["channel"], data["edge"])
        if data["run"] is None and data["reason"] not in NOTHING_TO_SETTLE:
            self.unassigned[device, boot, seq] = data
            state.touch(f"{state.chain}/devices")

    @on("ReadingAssigned")
    def _assigned(self, state: State, entry: Entry) -> None:
        data = entry.data
        self.unassigned.pop((data["device"], data["boot"], data["seq"]), None)
        state.touch(f"{state.chain}/devices")
