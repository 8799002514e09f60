"""A disk that takes nothing for a while: it is said, and every reading is there when it takes some again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from firmware_bridge.bridge import Bridge, BridgeSettings
from firmware_bridge.devices import keeping
from firmware_bridge.devices.keeping import Keeping
from firmware_bridge.devices.profile import load
from firmware_bridge.devices.profiled import ProfiledTimer
from firmware_bridge.faults import Faults
from firmware_bridge.simulator import SimulatedBoard
from firmware_bridge.spool import Spool
from firmware_bridge.transport import SerialPort

from .receiving import Receiver
from .test_profiled import Line
from .test_spool import reading


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    made.start()
    yield made
    made.stop()


@contextmanager
def full(path: Path) -> Iterator[None]:
    """Let no writer in, from outside: SQLite gives up after a second, as on a disk that does not answer."""
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.execute("ROLLBACK")
        holder.close()


def said(receiver: Receiver, code: str) -> bool:
    return any(fault["code"] == code for fault in receiver.heartbeats[-1]["faults"])


def test_a_board_keeps_what_the_disk_does_not_take(receiver: Receiver, tmp_path: Path) -> None:
    path = tmp_path / "spool.sqlite3"
    board = SimulatedBoard(device=b"testgate", boot=1)
    board.start()
    bridge = Bridge(BridgeSettings(receiver.url, "token", path), lambda: SerialPort(board.path))
    bridge.start()
    receiver.wait_for(lambda: any(beat["clock"]["quality"] != "none" for beat in receiver.heartbeats))
    with full(path):
        ticks = [board.trip(number % 2) for number in range(20)]
        receiver.wait_for(lambda: said(receiver, "spool_failed"))
        assert receiver.readings == {}
    receiver.wait_for(lambda: len(receiver.readings) == 20)
    receiver.wait_for(lambda: not said(receiver, "spool_failed"))
    bridge.stop()
    board.stop()
    assert [one["ticks"] for _, one in sorted(receiver.readings.items())] == ticks


def test_an_epoch_that_cannot_be_kept_silences_no_heartbeat(receiver: Receiver, tmp_path: Path) -> None:
    path, board = tmp_path / "spool.sqlite3", SimulatedBoard(device=b"testgate", boot=1)
    bridge = Bridge(BridgeSettings(receiver.url, "token", path), lambda: SerialPort(board.path))
    board.start()
    bridge.start()
    receiver.wait_for(lambda: receiver.heartbeats)
    with full(path):
        receiver.epoch = 2
        receiver.wait_for(lambda: said(receiver, "spool_failed"))
        heard = len(receiver.heartbeats)
        receiver.wait_for(lambda: len(receiver.heartbeats) > heard + 1)
    receiver.wait_for(lambda: not said(receiver, "spool_failed"))
    bridge.stop()
    board.stop()


def test_a_timer_that_never_repeats_itself_is_remembered(receiver: Receiver, tmp_path: Path) -> None:
    path, line = tmp_path / "spool.sqlite3", Line()
    bridge = Bridge(
        BridgeSettings(receiver.url, "token", path),
        lambda: SerialPort(line.path),
        partial(ProfiledTimer, load("alge_timy")),
    )
    bridge.start()
    receiver.wait_for(lambda: any(beat["link"]["state"] == "open" for beat in receiver.heartbeats))
    with full(path):
        line.say(" 0043 C0  08:38:21.4249 00\r 0043 C1  08:38:58.1003 00\r")
        receiver.wait_for(lambda: said(receiver, "spool_failed"))
    receiver.wait_for(lambda: len(receiver.readings) == 2)
    bridge.stop()
    line.close()


def test_memory_has_an_end_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_KEPT", 3)
    spool, faults = Spool(tmp_path / "spool.sqlite3"), Faults(lambda: None)
    spool.close()
    kept = Keeping(spool, faults, lambda: None)
    kept.put([reading(seq) for seq in range(1, 6)])
    facts = {fault["code"]: fault for fault in faults.standing()}
    assert facts["spool_failed"]["kept"] == 3
    assert facts["reading_lost"]["lost"] == 2


def test_a_full_file_is_said_by_sqlite_itself(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.sqlite3")
    spool._database.execute("PRAGMA max_page_count = 8")  # what a full disk looks like to SQLite
    with pytest.raises(sqlite3.OperationalError, match="full"):
        spool.put([reading(seq) for seq in range(1, 5000)])
    assert spool.waiting()["unsent"] == 0
    spool._database.execute("PRAGMA max_page_count = 100000")
    spool.put([reading(seq) for seq in range(1, 5000)])
    assert spool.waiting()["unsent"] == 4999
