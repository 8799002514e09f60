"""Timers of another make, through the whole bridge: transcript on a pseudo-terminal, readings at the server."""

from __future__ import annotations

import os
import tty
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from firmware_bridge.bridge import Bridge, BridgeSettings
from firmware_bridge.devices import profiled
from firmware_bridge.devices.profile import load
from firmware_bridge.devices.profiled import DAY_US, DayClock, HeatClock, ProfiledTimer
from firmware_bridge.transport import SerialPort

from .receiving import Receiver


class Line:
    """The device's end of a pseudo-terminal."""

    def __init__(self) -> None:
        self._device, self._host = os.openpty()
        tty.setraw(self._host)
        self.path = os.ttyname(self._host)

    def say(self, text: str) -> None:
        os.write(self._device, text.encode("latin-1"))

    def hear(self, length: int) -> bytes:
        return os.read(self._device, length)

    def close(self) -> None:
        os.close(self._device)
        os.close(self._host)


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line()
    yield made
    made.close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    made.start()
    yield made
    made.stop()


def timing(profile: str, line: Line, receiver: Receiver, folder: Path) -> Bridge:
    settings = BridgeSettings(receiver.url, "token", folder / "spool.sqlite3")
    bridge = Bridge(settings, lambda: SerialPort(line.path), partial(ProfiledTimer, load(profile)))
    bridge.start()
    receiver.wait_for(lambda: any(beat["link"]["state"] == "open" for beat in receiver.heartbeats))
    return bridge


def in_order(receiver: Receiver) -> list[dict[str, Any]]:
    return [reading for _, reading in sorted(receiver.readings.items())]


def test_times_of_day_become_ticks_of_a_microsecond(line: Line, receiver: Receiver, tmp_path: Path) -> None:
    bridge = timing("alge_timy", line, receiver, tmp_path)
    line.say(" 0043 C0  08:38:21.4249 00\r 0043 C1  08:38:58.1003 00\r")
    receiver.wait_for(lambda: len(receiver.readings) == 2)
    bridge.stop()
    start, finish = in_order(receiver)
    assert (start["channel"], finish["channel"]) == (0, 1)
    assert (finish["ticks"] - start["ticks"]) * finish["tick_us"] == 36_675_400


def test_a_heat_of_lanes_has_one_start(line: Line, receiver: Receiver, tmp_path: Path) -> None:
    bridge = timing("the_judge", line, receiver, tmp_path)
    assert line.hear(1) == b"*"
    line.say(
        "Checking valid lanes....\r\nGo\r\nLane 3    3.1234 seconds    Win\r\nLane 2    3.2345 seconds\r\n"
    )
    receiver.wait_for(lambda: len(receiver.readings) == 3)
    bridge.stop()
    start, *lanes = in_order(receiver)
    assert start["channel"] == 0
    assert [(lane["channel"], lane["ticks"] - start["ticks"]) for lane in lanes] == [
        (3, 3_123_400),
        (2, 3_234_500),
    ]


def test_a_start_nobody_told_of_is_reckoned_back(line: Line, receiver: Receiver, tmp_path: Path) -> None:
    bridge = timing("fasttrack", line, receiver, tmp_path)
    line.say('A=3.001! B=3.002" C=0.000\r\n')
    receiver.wait_for(lambda: len(receiver.readings) == 3)
    bridge.stop()
    start, *lanes = in_order(receiver)
    assert [(lane["channel"], lane["ticks"] - start["ticks"]) for lane in lanes] == [
        (1, 3_001_000),
        (2, 3_002_000),
    ]


def test_what_it_does_not_know_is_shown_and_the_rest_taken(
    line: Line, receiver: Receiver, tmp_path: Path
) -> None:
    bridge = timing("tag_heuer_cp540", line, receiver, tmp_path)
    line.say("\x80\x81garbage\r\nTN 0016 0072 01 12:13:56.78000 12345\t0000\r\n")
    line.say("TN 0016 0072 05 12:13:56.7800 12345\t06D9\r\n")
    receiver.wait_for(lambda: len(receiver.readings) == 1)
    receiver.wait_for(
        lambda: (
            {"line_unknown", "bad_check_sum"}
            <= {fault["code"] for fault in receiver.heartbeats[-1]["faults"]}
        )
    )
    bridge.stop()


def test_a_device_that_does_not_answer_to_its_name_is_said(
    line: Line, receiver: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profiled, "ANSWERS_WITHIN_S", 0.2)
    bridge = timing("fasttrack", line, receiver, tmp_path)
    receiver.wait_for(lambda: "device_unknown" in faults(receiver))
    line.say("Copyright (c) Micro Wizard 2002\r\n")
    receiver.wait_for(lambda: "device_unknown" not in faults(receiver))
    bridge.stop()


def test_a_clock_set_back_is_said(line: Line, receiver: Receiver, tmp_path: Path) -> None:
    bridge = timing("alge_timy", line, receiver, tmp_path)
    line.say(" 0043 C0  08:38:21.4249 00\r 0044 C0  08:30:00.0000 00\r")
    receiver.wait_for(lambda: len(receiver.readings) == 2)
    receiver.wait_for(lambda: "board_clock_jumped" in faults(receiver))
    bridge.stop()


def faults(receiver: Receiver) -> set[str]:
    return {fault["code"] for fault in receiver.heartbeats[-1]["faults"]}


def test_a_time_after_midnight_comes_after_one_before() -> None:
    clock = DayClock()
    before, after = clock.ticks(DAY_US - 1_000_000), clock.ticks(2_000_000)
    assert after - before == 3_000_000


def test_results_that_come_late_open_a_heat_of_their_own() -> None:
    clock = HeatClock()
    assert clock.ticks(3_000_000, 100_000_000) == (97_000_000, 100_000_000)
    assert clock.ticks(3_100_000, 100_050_000) == (None, 100_100_000)
    assert clock.ticks(2_000_000, 160_000_000) == (158_000_000, 160_000_000)
