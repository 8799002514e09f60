"""The whole bridge against a board on a pseudo-terminal and a real HTTP server, through everything that goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from firmware_bridge.bridge import Bridge, BridgeSettings
from firmware_bridge.simulator import Robots, SimulatedBoard
from firmware_bridge.spool import Spool, Spooled
from firmware_bridge.transport import Port, SerialPort

from .lossy_line import LossyPort
from .receiving import Receiver


@pytest.fixture
def board() -> Iterator[SimulatedBoard]:
    made = SimulatedBoard(device=b"testgate", boot=1)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    made.start()
    yield made
    made.stop()


def bridge_to(receiver: Receiver, board: SimulatedBoard, folder: Path) -> Bridge:
    return Bridge(settings(receiver, folder), lambda: SerialPort(board.path))


def settings(receiver: Receiver, folder: Path) -> BridgeSettings:
    return BridgeSettings(receiver.url, "token", folder / "spool.sqlite3")


def greeted(receiver: Receiver) -> None:
    receiver.wait_for(lambda: any(beat["clock"]["quality"] != "none" for beat in receiver.heartbeats))


def seqs(receiver: Receiver) -> list[int]:
    return sorted(seq for _device, _boot, seq in receiver.readings)


def test_edges_arrive_in_order_with_their_ticks(
    board: SimulatedBoard, receiver: Receiver, tmp_path: Path
) -> None:
    bridge = bridge_to(receiver, board, tmp_path)
    bridge.start()
    greeted(receiver)
    ticks = [board.trip(channel % 2) for channel in range(60)]
    receiver.wait_for(lambda: len(receiver.readings) == 60)
    bridge.stop()
    assert [reading["ticks"] for _, reading in sorted(receiver.readings.items())] == ticks
    assert all(reading["uncertainty_us"] < 50_000 for reading in receiver.readings.values())
    assert receiver.heartbeats[-1]["origin"] == "simulated"


def test_a_server_that_goes_away_misses_nothing(
    board: SimulatedBoard, receiver: Receiver, tmp_path: Path
) -> None:
    bridge = bridge_to(receiver, board, tmp_path)
    bridge.start()
    greeted(receiver)
    board.trip(0)
    receiver.wait_for(lambda: seqs(receiver) == [1])
    receiver.stop()
    board.trip(1)
    receiver.fail_next = 3
    receiver.start()
    board.trip(0)
    receiver.wait_for(lambda: seqs(receiver) == [1, 2, 3])
    bridge.stop()


def test_a_bridge_that_restarts_sends_what_it_had_not(
    board: SimulatedBoard, receiver: Receiver, tmp_path: Path
) -> None:
    first = bridge_to(receiver, board, tmp_path)
    first.start()
    greeted(receiver)
    receiver.stop()
    board.trip(0)
    board.lamp_changed.wait(0.3)
    first.stop()
    board.trip(1)

    receiver.start()
    second = bridge_to(receiver, board, tmp_path)
    second.start()
    receiver.wait_for(lambda: seqs(receiver) == [1, 2])
    second.stop()


def test_a_board_that_reboots_starts_a_new_count(
    board: SimulatedBoard, receiver: Receiver, tmp_path: Path
) -> None:
    bridge = bridge_to(receiver, board, tmp_path)
    bridge.start()
    greeted(receiver)
    board.trip(0)
    receiver.wait_for(lambda: seqs(receiver) == [1])
    board.reboot()
    board.trip(0)
    receiver.wait_for(
        lambda: sorted(receiver.readings) == [(b"testgate".hex(), 1, 1), (b"testgate".hex(), 2, 1)]
    )
    bridge.stop()


@pytest.mark.parametrize("seed", range(5))
def test_a_bad_line_loses_and_doubles_nothing(
    board: SimulatedBoard, receiver: Receiver, tmp_path: Path, seed: int
) -> None:
    def open_port() -> Port:
        return LossyPort(board.path, seed, share=0.01)

    bridge = Bridge(settings(receiver, tmp_path), open_port)
    bridge.start()
    receiver.wait_for(lambda: bool(receiver.heartbeats))
    ticks = [board.trip(number % 2) for number in range(40)]
    receiver.wait_for(lambda: len(receiver.readings) == 40)
    bridge.stop()
    assert [reading["ticks"] for _, reading in sorted(receiver.readings.items())] == ticks


def test_refused_readings_stay_in_the_spool_and_are_reported(
    board: SimulatedBoard, receiver: Receiver, tmp_path: Path
) -> None:
    receiver.refuse_with = "simulated_not_allowed"
    bridge = bridge_to(receiver, board, tmp_path)
    bridge.start()
    greeted(receiver)
    board.trip(0)
    receiver.wait_for(lambda: receiver.heartbeats[-1]["spool"]["refused"] == 1)
    bridge.stop()
    assert receiver.heartbeats[-1]["faults"][0]["code"] == "readings_refused"


def test_boards_of_one_name_on_two_bridges_lose_nothing(receiver: Receiver, tmp_path: Path) -> None:
    """Copied memories: both boards say the same name and the same start. The second is told by the server's refusal."""
    boards = [SimulatedBoard(device=b"testgate", boot=1) for _ in range(2)]
    bridges = []
    for number, board in enumerate(boards):
        board.start()
        bridges.append(bridge_to(receiver, board, tmp_path / str(number)))
        bridges[-1].start()
        told = len(receiver.heartbeats)
        receiver.wait_for(
            lambda told=told: any(beat["clock"]["quality"] != "none" for beat in receiver.heartbeats[told:])
        )
        ticks = [board.trip(number % 2) for number in range(3)]
        receiver.wait_for(lambda ticks=ticks: set(ticks) <= all_ticks(receiver))
    receiver.wait_for(
        lambda: any(
            fault["code"] == "board_name_shared" for beat in receiver.heartbeats for fault in beat["faults"]
        )
    )
    ticks = [board.trip(1) for board in boards]
    receiver.wait_for(lambda: set(ticks) <= all_ticks(receiver))
    for bridge, board in zip(bridges, boards, strict=True):
        bridge.stop()
        board.stop()
    assert len(receiver.readings) == 8
    assert (
        len({device for device, _, _ in receiver.readings}) == 3
    )  # two boards, and what was said before that


def all_ticks(receiver: Receiver) -> set[int]:
    return {reading["ticks"] for reading in receiver.readings.values()}


def test_a_day_offline_arrives_whole(board: SimulatedBoard, receiver: Receiver, tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.sqlite3")
    edges = 300 * 2 * 4  # attempts on a field in a day, gates, edges with some to spare
    spool.put([waiting(seq) for seq in range(1, edges + 1)])
    spool.close()
    bridge = bridge_to(receiver, board, tmp_path)
    bridge.start()
    receiver.wait_for(lambda: len(receiver.readings) == edges, timeout_s=60)
    bridge.stop()


def waiting(seq: int) -> Spooled:
    at_utc = f"2026-04-01T{seq // 3600:02}:{seq // 60 % 60:02}:{seq % 60:02}.000000Z"
    return Spooled("earlier", 4, seq, seq % 2, "fall", seq * 1000, at_utc, 12.5, "board", {"tick_us": 0.5})


def test_a_robot_sees_the_lamp_and_runs(board: SimulatedBoard, receiver: Receiver, tmp_path: Path) -> None:
    robots = Robots(board, wait_s=(0.01, 0.02), run_s=(0.1, 0.2), seed=1)
    robots.start()
    bridge = bridge_to(receiver, board, tmp_path)
    bridge.start()
    greeted(receiver)
    receiver.armed = {"run": "1"}
    receiver.wait_for(lambda: len(receiver.readings) == 4)
    bridge.stop()
    robots.stop()
    assert [(r["channel"], r["edge"]) for _, r in sorted(receiver.readings.items())] == [
        (0, "fall"),
        (0, "rise"),
        (1, "fall"),
        (1, "rise"),
    ]


def test_a_full_ring_is_counted_and_said(board: SimulatedBoard, receiver: Receiver, tmp_path: Path) -> None:
    for number in range(70):
        board.trip(number % 2)
    bridge = bridge_to(receiver, board, tmp_path)
    bridge.start()
    receiver.wait_for(lambda: len(receiver.readings) == 64 and bool(receiver.heartbeats))
    receiver.wait_for(lambda: receiver.heartbeats[-1]["dropped"] == 6)
    bridge.stop()
    assert {"code": "events_dropped", "count": 6} in receiver.heartbeats[-1]["faults"]


def test_a_configuration_beyond_the_board_is_said_and_the_rest_applied(
    board: SimulatedBoard, receiver: Receiver, tmp_path: Path
) -> None:
    receiver.configuration = {
        "version": 9,
        "channels": {
            "0": {"role": "start_gate", "debounce_us": 2000, "hold_off_us": 0},
            "1": {"role": "finish_gate", "debounce_us": 70_000, "hold_off_us": 0},
        },
    }
    bridge = bridge_to(receiver, board, tmp_path)
    bridge.start()
    receiver.wait_for(
        lambda: bool(receiver.heartbeats) and receiver.heartbeats[-1].get("config_version") == 9
    )
    receiver.wait_for(
        lambda: {"code": "config_beyond_board", "channels": [1]} in receiver.heartbeats[-1]["faults"]
    )
    bridge.stop()
