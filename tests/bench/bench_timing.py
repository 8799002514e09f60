"""How exactly runs are timed: the real firmware and the whole bridge against truth, under what a hall does to them.

Each condition times 200 runs of five seconds, interleaved. Beside each figure stands what stamping the same events by
their arrival would have given in the same run.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from firmware_bridge.bridge import Bridge, BridgeSettings
from firmware_bridge.framing import FrameReader
from firmware_bridge.messages import Event, MessageRefused, read_from_board
from firmware_bridge.session import utc_minus_steady_ns
from firmware_bridge.transport import SerialPort
from tests.bench.figures import Figure, figure, is_asked_for, percentile
from tests.firmware_bridge.built import build
from tests.firmware_bridge.paced import Cable, PacedBoard, TrueEdge
from tests.firmware_bridge.receiving import UNFILTERED, Receiver

NAMES = ("timing.",)
RUNS = 200
RUN_NS = 5_000_000_000
APART_NS = 150_000_000
SPREAD_NS = 50_000_000
BEAM_NS = 15_000_000
WARM_UP_NS = 30_000_000_000
"""A board has stood for at least half a minute before its first run."""
WITHIN_S = 120.0
START, FINISH = 0, 1
CORES = 2
STATED_PERCENT = 99


@dataclass(frozen=True, slots=True)
class Condition:
    """What is done to board, host and line, and the p50 and p99 of elapsed times aimed at, where there is an aim."""

    name: str
    cable: Cable = field(default_factory=Cable)
    is_stressed: bool = False
    has_hog: bool = False
    is_slow: bool = False
    """A link on which no field may be armed: that it is flagged is part of the measurement."""
    goal_us: tuple[float | None, float | None] = (None, None)


CONDITIONS = (
    Condition("idle", goal_us=(4.5, 20)),
    Condition("stressed", is_stressed=True, goal_us=(3.6, 13)),
    Condition("stressed_with_hog", is_stressed=True, has_hog=True),
    Condition("usb_1ms", Cable(out_every_us=1000, in_every_us=1000)),
    Condition("resonator", Cable(ppm=3000, wander_ppm=20), goal_us=(62, 232)),
    Condition("corruption", Cable(spoilt_share=0.001), goal_us=(2.7, 16)),
    Condition("ftdi_16ms", Cable(out_every_us=16_000, in_every_us=1000), is_slow=True, goal_us=(600, 3_300)),
)


def figures(only: str) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        built = build(Path(folder))
        for condition in CONDITIONS:
            if is_asked_for(only, *names(condition)):
                yield from measured(condition, Campaign(built, Path(folder) / condition.name).run(condition))


def names(condition: Condition) -> list[str]:
    measures = ("elapsed_us_{}_p50", "elapsed_us_{}_p99", "absolute_us_{}_p99", "within_stated_{}")
    return [f"timing.{measure.format(condition.name)}" for measure in measures]


@dataclass(frozen=True, slots=True)
class Errors:
    """In microseconds, of each run: by ticks and fit, and by arrival; of each finish: its place in UTC."""

    elapsed_us: list[float]
    naive_elapsed_us: list[float]
    absolute_us: list[float]
    naive_absolute_us: list[float]
    is_within_stated: list[bool]
    """Whether a finish was placed in UTC as well as its reading said."""


def measured(condition: Condition, errors: Errors) -> Iterator[Figure]:
    p50, p99, absolute_p99, within_stated = names(condition)
    for name, percent, goal in zip((p50, p99), (50, 99), condition.goal_us, strict=True):
        value, naive = percentile(errors.elapsed_us, percent), percentile(errors.naive_elapsed_us, percent)
        yield figure(name, value, "us", "lower", goal, naive)
    value, naive = percentile(errors.absolute_us, 99), percentile(errors.naive_absolute_us, 99)
    yield figure(absolute_p99, value, "us", "lower", None, naive)
    within = 100 * sum(errors.is_within_stated) / len(errors.is_within_stated)
    yield figure(within_stated, within, "%", "higher", STATED_PERCENT)


class Campaign:
    """The runs of one condition, on a board and a bridge of their own."""

    def __init__(self, built: Any, folder: Path) -> None:
        self._built = built
        self._folder = folder
        self._arrived_ns: dict[int, int] = {}
        folder.mkdir()

    def run(self, condition: Condition) -> Errors:
        """Raises AssertionError if a single event is missing: then no figure would mean anything."""
        receiver = Receiver()
        receiver.configuration = UNFILTERED
        with ExitStack() as stack:
            receiver.start()
            stack.callback(receiver.stop)
            board = stack.enter_context(PacedBoard(self._built, self._folder, condition.cable))
            bridge = self._bridge(receiver, board)
            bridge.start()
            stack.callback(bridge.stop)
            if condition.is_stressed:
                stack.enter_context(stressed())
            if condition.has_hog:
                stack.enter_context(hog())
            receiver.wait_for(
                lambda: receiver.heartbeats[-1:] and is_configured(receiver.heartbeats[-1]), WITHIN_S
            )
            planned = plan(board)
            truth = board.wait_for_edges(planned, WITHIN_S)
            receiver.wait_for(lambda: len(receiver.readings) >= planned, WITHIN_S)
            utc_ns = utc_minus_steady_ns()
        assert is_flagged(receiver) or not condition.is_slow
        return self._errors(truth, [reading for _, reading in sorted(receiver.readings.items())], utc_ns)

    def _bridge(self, receiver: Receiver, board: PacedBoard) -> Bridge:
        settings = BridgeSettings(receiver.url, "token", self._folder / "spool.sqlite3")
        return Bridge(settings, lambda: ListeningPort(str(board.path), self._arrived_ns))

    def _errors(self, truth: list[TrueEdge], readings: list[dict[str, Any]], utc_ns: int) -> Errors:
        assert [(edge.channel, edge.is_rise) for edge in truth] == [
            (reading["channel"], reading["edge"] == "rise") for reading in readings
        ]
        passes = list(zip(truth, readings, strict=True))
        starts = [one for one in passes if one[0].channel == START and not one[0].is_rise]
        finishes = [one for one in passes if one[0].channel == FINISH and not one[0].is_rise]
        errors = Errors([], [], [], [], [])
        for (true_start, start), (true_finish, finish) in zip(starts, finishes, strict=True):
            true_us = (true_finish.at_ns - true_start.at_ns) / 1000
            timed_us = (finish["ticks"] - start["ticks"]) * finish["tick_us"]
            arrived_us = (self._arrived_ns[finish["seq"]] - self._arrived_ns[start["seq"]]) / 1000
            errors.elapsed_us.append(abs(timed_us - true_us))
            errors.naive_elapsed_us.append(abs(arrived_us - true_us))
            placed_ns = utc_to_ns(finish["at_utc"]) - utc_ns
            errors.absolute_us.append(abs(placed_ns - true_finish.at_ns) / 1000)
            errors.is_within_stated.append(errors.absolute_us[-1] <= finish["uncertainty_us"])
            late_ns = self._arrived_ns[finish["seq"]] - true_finish.at_ns
            errors.naive_absolute_us.append(late_ns / 1000)
        return errors


class ListeningPort(SerialPort):
    """Notes when each event first arrived: all that a bridge without a board's clock would know."""

    def __init__(self, path: str, arrived_ns: dict[int, int]) -> None:
        super().__init__(path)
        self._arrived_ns = arrived_ns
        self._frames = FrameReader()

    def read(self) -> bytes:
        piece = super().read()
        now_ns = time.monotonic_ns()
        for frame in self._frames.feed(piece):
            if frame.type == Event.TYPE:
                self._note(frame, now_ns)
        return piece

    def _note(self, frame: Any, now_ns: int) -> None:
        try:
            event = read_from_board(frame)
        except MessageRefused:
            return
        if isinstance(event, Event):
            self._arrived_ns.setdefault(event.seq, now_ns)


def plan(board: PacedBoard) -> int:
    """Plan every run's four edges, in the order of time; how many edges."""
    dice = random.Random(1)
    first_ns = time.monotonic_ns() + WARM_UP_NS
    edges = []
    for run in range(RUNS):
        start_ns = first_ns + run * APART_NS + dice.randrange(SPREAD_NS)
        finish_ns = start_ns + RUN_NS + dice.randrange(SPREAD_NS)
        for channel, at_ns in ((START, start_ns), (FINISH, finish_ns)):
            edges += [(at_ns, channel, 0), (at_ns + BEAM_NS, channel, 1)]
    for at_ns, channel, level in sorted(edges):
        board.edge(channel, level, at_ns)
    return len(edges)


def is_configured(beat: dict[str, Any]) -> bool:
    return bool(beat.get("config_version") == UNFILTERED["version"])


def is_flagged(receiver: Receiver) -> bool:
    return any(fault["code"] == "link_slow" for beat in receiver.heartbeats for fault in beat["faults"])


def utc_to_ns(text: str) -> int:
    moment = datetime.fromisoformat(text)
    return int(moment.timestamp()) * 1_000_000_000 + moment.microsecond * 1000


@contextmanager
def stressed() -> Iterator[None]:
    """Every core busy, in other processes."""
    spinning = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(CORES)]
    try:
        yield
    finally:
        for process in spinning:
            process.kill()
            process.wait()


@contextmanager
def hog() -> Iterator[None]:
    """A thread of the bridge's own process that never waits."""
    stopping = threading.Event()

    def spin() -> None:
        while not stopping.is_set():
            sum(range(1000))

    thread = threading.Thread(target=spin, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()
