"""The real firmware on a pseudo-terminal, the whole bridge, a real server: what happens in a hall, in real time.

Bounds are loose and the tests run one at a time, after the others (`LATER` in the Makefile): the machine is shared.
How exact it is, `make bench ONLY=timing.` tells.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from firmware_bridge.bridge import Bridge, BridgeSettings
from firmware_bridge.transport import SerialPort

from .built import Built
from .paced import Cable, PacedBoard
from .receiving import UNFILTERED, Receiver

START, FINISH = 0, 1
MS = 1_000_000


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    made.configuration = UNFILTERED
    made.start()
    yield made
    made.stop()


class Controller:
    """A bridge on an emulated board, for the length of a ``with``."""

    def __init__(self, receiver: Receiver, board: PacedBoard, folder: Path) -> None:
        settings = BridgeSettings(receiver.url, "token", folder / "spool.sqlite3")
        self._bridge = Bridge(settings, lambda: SerialPort(str(board.path)))
        self._receiver = receiver

    def __enter__(self) -> Controller:
        self._bridge.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bridge.stop()

    def ready(self) -> None:
        """Until the board is configured and its clock good enough to say so."""
        self._receiver.wait_for(lambda: bool(self._receiver.heartbeats) and is_ready(self.last))

    @property
    def last(self) -> dict[str, Any]:
        return self._receiver.heartbeats[-1]

    def faults(self) -> set[str]:
        return {fault["code"] for fault in self.last["faults"]}


def is_ready(beat: dict[str, Any]) -> bool:
    return bool(beat["clock"]["quality"] != "none" and beat.get("config_version") == UNFILTERED["version"])


def channels(receiver: Receiver) -> list[tuple[int, str]]:
    return [(reading["channel"], reading["edge"]) for _, reading in sorted(receiver.readings.items())]


def test_edges_arrive_with_their_times(built: Built, receiver: Receiver, tmp_path: Path) -> None:
    with PacedBoard(built, tmp_path) as board, Controller(receiver, board, tmp_path) as controller:
        controller.ready()
        board.pulses(FINISH, time.monotonic_ns() + 20 * MS, 25 * MS, 20)
        truth = board.wait_for_edges(20)
        receiver.wait_for(lambda: len(receiver.readings) == 20)
    readings = [reading for _, reading in sorted(receiver.readings.items())]
    assert channels(receiver) == [(edge.channel, "rise" if edge.is_rise else "fall") for edge in truth]
    true_us = [(edge.at_ns - truth[0].at_ns) / 1000 for edge in truth]
    stamped_us = [(reading["ticks"] - readings[0]["ticks"]) / 2 for reading in readings]
    assert max(abs(a - b) for a, b in zip(true_us, stamped_us, strict=True)) < 5
    assert controller.last["origin"] == "board"


def test_the_lamp_follows_the_server(built: Built, receiver: Receiver, tmp_path: Path) -> None:
    with PacedBoard(built, tmp_path) as board, Controller(receiver, board, tmp_path) as controller:
        controller.ready()
        receiver.armed = {"run": "1"}
        board.wait_for_output(1)
        receiver.armed = None
        board.wait_for_output(0)


def test_a_bad_wire_loses_and_doubles_nothing(built: Built, receiver: Receiver, tmp_path: Path) -> None:
    with (
        PacedBoard(built, tmp_path, Cable(spoilt_share=0.004)) as board,
        Controller(receiver, board, tmp_path) as controller,
    ):
        controller.ready()
        board.pulses(START, time.monotonic_ns() + 20 * MS, 10 * MS, 100)
        board.wait_for_edges(100)
        receiver.wait_for(lambda: len(receiver.readings) == 100)
        receiver.wait_for(lambda: controller.last["rejected_frames"] > 0)
    assert channels(receiver) == [(START, ("fall", "rise")[number % 2]) for number in range(100)]


def test_a_cable_pulled_and_plugged_in_again_loses_nothing(
    built: Built, receiver: Receiver, tmp_path: Path
) -> None:
    with PacedBoard(built, tmp_path) as board, Controller(receiver, board, tmp_path) as controller:
        controller.ready()
        board.edge(START, 0)
        receiver.wait_for(lambda: len(receiver.readings) == 1)
        board.unplug()
        receiver.wait_for(lambda: "link_closed" in controller.faults())
        board.edge(START, 1)
        board.edge(FINISH, 0)
        board.wait_for_edges(3)
        board.plug()
        receiver.wait_for(lambda: len(receiver.readings) == 3)
        receiver.wait_for(lambda: "link_closed" not in controller.faults())
    assert channels(receiver) == [(START, "fall"), (START, "rise"), (FINISH, "fall")]


def test_a_ring_that_overflows_while_unplugged_is_said(
    built: Built, receiver: Receiver, tmp_path: Path
) -> None:
    with PacedBoard(built, tmp_path) as board, Controller(receiver, board, tmp_path) as controller:
        controller.ready()
        board.unplug()
        board.pulses(FINISH, time.monotonic_ns() + 20 * MS, 3 * MS, 70)
        board.wait_for_edges(70)
        board.plug()
        receiver.wait_for(lambda: len(receiver.readings) == 64)
        receiver.wait_for(lambda: controller.last["dropped"] == 6)
        assert "events_dropped" in controller.faults()


def test_a_flood_is_said_and_hides_no_finish(built: Built, receiver: Receiver, tmp_path: Path) -> None:
    """A start gate that flickers ten thousand times a second; a robot drives through the finish meanwhile."""
    with PacedBoard(built, tmp_path) as board, Controller(receiver, board, tmp_path) as controller:
        controller.ready()
        first_ns = time.monotonic_ns() + 50 * MS
        flood = [(first_ns + number * MS // 10, START, number % 2) for number in range(6000)]
        finish = [(first_ns + 300 * MS, FINISH, 0), (first_ns + 330 * MS, FINISH, 1)]
        for at_ns, channel, level in sorted(flood + finish):
            board.edge(channel, level, at_ns)
        board.wait_for_edges(6002)
        receiver.wait_for(lambda: "events_dropped" in controller.faults())
        receiver.wait_for(lambda: len(receiver.readings) + controller.last["dropped"] == 6002)
    assert [edge for channel, edge in channels(receiver) if channel == FINISH] == ["fall", "rise"]


def test_a_reset_starts_a_new_count(built: Built, receiver: Receiver, tmp_path: Path) -> None:
    with PacedBoard(built, tmp_path) as board, Controller(receiver, board, tmp_path) as controller:
        controller.ready()
        boot = controller.last["boot"]
        board.edge(START, 0)
        receiver.wait_for(lambda: len(receiver.readings) == 1)
        board.reset()
        receiver.wait_for(lambda: controller.last["boot"] == boot + 1 and is_ready(controller.last))
        board.edge(START, 1)
        receiver.wait_for(lambda: len(receiver.readings) == 2)
    assert [(seen, seq) for _, seen, seq in sorted(receiver.readings)] == [(boot, 1), (boot + 1, 1)]


def test_two_boards_go_to_one_server_under_their_own_names(
    built: Built, receiver: Receiver, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    with (
        PacedBoard(built, tmp_path) as one,
        PacedBoard(built, tmp_path, name="other") as other,
        Controller(receiver, one, tmp_path),
        Controller(receiver, other, tmp_path / "other"),
    ):
        receiver.wait_for(
            lambda: len({beat["device"] for beat in receiver.heartbeats if is_ready(beat)}) == 2
        )
        one.pulses(START, time.monotonic_ns() + 20 * MS, 5 * MS, 10)
        other.pulses(START, time.monotonic_ns() + 20 * MS, 5 * MS, 10)
        receiver.wait_for(lambda: len(receiver.readings) == 20)
    assert len({device for device, _, _ in receiver.readings}) == 2


def test_a_sixteen_millisecond_link_is_flagged(built: Built, receiver: Receiver, tmp_path: Path) -> None:
    slow = Cable(out_every_us=16_000, in_every_us=1_000)
    with (
        PacedBoard(built, tmp_path, slow) as board,
        Controller(receiver, board, tmp_path) as controller,
    ):
        # Both follow from measurements, and need not be told by the same heartbeat.
        receiver.wait_for(lambda: bool(receiver.heartbeats) and "link_slow" in controller.faults())
        receiver.wait_for(lambda: controller.last["clock"]["quality"] != "good")


def test_a_bad_resonator_is_measured(built: Built, receiver: Receiver, tmp_path: Path) -> None:
    with (
        PacedBoard(built, tmp_path, Cable(ppm=3000)) as board,
        Controller(receiver, board, tmp_path) as controller,
    ):
        controller.ready()
        receiver.wait_for(lambda: abs((controller.last["clock"]["rate_ppm"] or 0) - 3000) < 100)
