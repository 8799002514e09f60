"""What is on the other end of the cable and is no sound board of ours: each is reported, and what is good is kept."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from firmware_bridge.devices.profile import PROFILES
from firmware_bridge.faults import SHOWN_FOR_S, Faults
from firmware_bridge.framing import Frame
from firmware_bridge.link import Link
from firmware_bridge.messages import PROTOCOL, Event, Hello, Name, Ping, Pong, read_from_host
from firmware_bridge.spool import Spool

NS = 1_000_000_000
HELLO = Hello(PROTOCOL, 0x0100, b"gate-001", 7, 2_000_000, 0, 8, 0, 1, 1, 0)


class Table:
    """A link with nothing but a list of what it says, on a clock that is moved by hand."""

    def __init__(self, folder: Path) -> None:
        self.now_ns = 1000 * NS
        self.sent: list[Frame] = []
        self.spool = Spool(folder / "spool.sqlite3")
        self.faults = Faults(lambda: None, lambda: self.now_ns / NS)
        self.link = Link(self.spool, self.faults, self._send, lambda: None, lambda: None, lambda: self.now_ns)
        self.link.opened()

    def _send(self, sent: bytes) -> None:
        self.sent.append(Frame.from_bytes(sent.rstrip(b"\0")))

    def hear(self, *messages: Hello | Event | Pong) -> None:
        for message in messages:
            self.hear_bytes(message.to_frame().to_bytes())

    def hear_bytes(self, raw: bytes) -> None:
        self.link.received(raw, self.now_ns)

    def pass_s(self, seconds: float, step_s: float = 0.5) -> None:
        for _ in range(round(seconds / step_s)):
            self.now_ns += round(step_s * NS)
            self.link.ask()

    def standing(self) -> dict[str, dict[str, Any]]:
        return {fault["code"]: fault for fault in self.faults.standing()}

    def stored(self) -> list[tuple[str, int, int]]:
        """What was stored since this was last asked."""
        found = []
        while batch := self.spool.next_batch(1000):
            found += [(one.device, one.boot, one.seq) for one in batch]
            self.spool.settle(batch, "sent")
        return found


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    made = Table(tmp_path)
    yield made
    made.spool.close()


def event(seq: int, boot: int = 7, ticks: int = 5000) -> Event:
    return Event(seq, boot, 1, "fall", ticks)


def test_an_empty_port_is_said_within_seconds_and_cleared_by_a_board(table: Table) -> None:
    table.pass_s(6)
    assert table.standing()["board_silent"]["senseless_bytes"] == 0
    table.hear(HELLO)
    assert "board_silent" not in table.standing()


def test_a_board_that_falls_silent_is_said(table: Table) -> None:
    table.hear(HELLO)
    table.pass_s(6)
    assert "board_silent" in table.standing()


@pytest.mark.parametrize("seed", range(5))
def test_garbage_is_said_and_a_reading_in_it_is_kept(table: Table, seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(100):
        table.hear_bytes(dice.randbytes(dice.randrange(1, 200)))
        table.pass_s(0.1, 0.05)
    fault = table.standing()["board_silent"]
    assert fault["senseless_bytes"] > 1000
    assert table.link.health()["rejected_frames"] > 10
    table.hear_bytes(b"\0")
    table.hear(HELLO)
    for seq in range(1, 20):
        table.hear_bytes(b"\0" + event(seq).to_frame().to_bytes() + dice.randbytes(50) + b"\0")
    assert [seq for _, _, seq in table.stored()] == list(range(1, 20))


@pytest.mark.parametrize("transcript", sorted(PROFILES.glob("*.transcript")), ids=lambda path: path.stem)
def test_a_device_of_another_kind_is_said(table: Table, transcript: Path) -> None:
    for line in transcript.read_bytes().splitlines():
        table.hear_bytes(line)
        table.pass_s(1)
    table.pass_s(6)
    assert table.standing()["board_silent"]["senseless_bytes"] > 0
    assert table.stored() == []


def test_another_version_is_refused_whatever_its_hello_looks_like(table: Table) -> None:
    longer = Frame(Hello.TYPE, bytes([PROTOCOL + 1]) + bytes(60))
    table.hear_bytes(longer.to_bytes())
    table.hear(event(1))
    assert table.standing()["protocol_unknown"] == {
        "code": "protocol_unknown",
        "found": PROTOCOL + 1,
        "known": PROTOCOL,
    }
    assert table.stored() == []
    table.hear(HELLO)
    assert "protocol_unknown" not in table.standing()


def test_two_boards_of_one_name_become_two(table: Table) -> None:
    """The second has made fewer events in this start than are stored of it: it cannot be the same."""
    table.hear(HELLO, *[event(seq) for seq in range(1, 6)])
    table.link.opened()
    table.hear(HELLO)
    assert table.standing()["board_name_shared"]["boot"] == 7
    given = read_from_host(table.sent[-1])
    assert isinstance(given, Name)
    assert given.device != HELLO.device
    table.hear(Hello(PROTOCOL, 0x0100, given.device, 7, 2_000_000, 0, 8, 0, 1, 3, 0), event(1), event(2))
    names = [HELLO.name] * 5 + [given.device.hex()] * 2
    assert sorted(table.stored()) == sorted(zip(names, [7] * 7, [1, 2, 3, 4, 5, 1, 2], strict=True))


def test_a_start_count_that_runs_backwards_is_another_board(table: Table) -> None:
    table.hear(HELLO, event(1))
    table.hear(Hello(PROTOCOL, 0x0100, HELLO.device, 6, 2_000_000, 0, 8, 0, 1, 1, 0))
    assert "board_name_shared" in table.standing()


@pytest.mark.parametrize("jump_ticks", [-1_000_000, 65_536])
def test_a_clock_that_runs_backwards_or_leaps_is_said(table: Table, jump_ticks: int) -> None:
    """The second is one overflow of a 16-bit counter, lost or counted twice: 32.8 ms."""
    table.hear(HELLO)
    for step in range(300):
        offset = jump_ticks if step >= 200 else 0
        table.now_ns += NS // 10
        table.link.ask()
        ping = read_from_host(table.sent[-1])
        assert isinstance(ping, Ping)
        table.now_ns += 200_000
        ticks = round((table.now_ns - 100_000 - 1000 * NS) * 0.002) + 2_000_000 + offset
        table.hear(Pong(ping.id, ticks, 0, 0, 7))
        if step == 199:
            assert table.standing() == {}
    assert table.standing()["ping_impossible"]["count"] == 4
    assert table.standing()["board_clock_jumped"]["count"] == 1
    assert table.link.health()["clock"]["quality"] == "good"


def test_the_rate_of_a_board_outlives_the_bridge(table: Table) -> None:
    """Kept each minute, for a power cut says no goodbye."""
    table.hear(HELLO)
    for _ in range(70 * 5):
        table.now_ns += NS // 5
        table.link.ask()
        ping = read_from_host(table.sent[-1])
        assert isinstance(ping, Ping)
        table.now_ns += 200_000
        ticks = round((table.now_ns - 100_000) * 0.002 * 1.0004)
        table.hear(Pong(ping.id, ticks, 0, 0, 7))
    assert table.spool.greet(HELLO.name) == pytest.approx(400, abs=1)


def test_what_happened_is_shown_for_minutes_and_not_for_ever(table: Table) -> None:
    table.hear(HELLO)
    table.hear_bytes(Frame(0x7E, b"?").to_bytes())
    assert table.standing()["message_refused"]["count"] == 1
    table.now_ns += round((SHOWN_FOR_S + 1) * NS)
    assert "message_refused" not in table.standing()


def test_a_disk_that_fails_at_a_greeting_ends_nothing(table: Table) -> None:
    table.spool.close()
    table.hear(HELLO)
    assert table.standing()["spool_failed"]["reason"]
    assert table.link.hello is None
    with pytest.raises(sqlite3.ProgrammingError):
        table.spool.waiting()
