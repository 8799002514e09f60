"""The Pi's pins: the filter by the firmware's rules, and the device with scripted edges and gpiozero's mock pins."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from gpiozero import LED, Device
from gpiozero.pins.mock import MockFactory
from hypothesis import given
from hypothesis import strategies as st

from firmware_bridge.bridge import Bridge, BridgeSettings
from firmware_bridge.devices.filter import EdgeFilter, RawEdge
from firmware_bridge.devices.pins import KernelEdges, PinDevice

from .receiving import UNFILTERED, Receiver

US, MS = 1_000, 1_000_000


class ScriptedEdges:
    """Edges as the kernel would hand them over."""

    def __init__(self) -> None:
        self.lost = 0
        self.is_gone = False
        self._edges: queue.Queue[RawEdge] = queue.Queue()

    def put(self, channel: int, level: bool) -> int:
        at_ns = time.monotonic_ns()
        self._edges.put(RawEdge(channel, level, at_ns))
        return at_ns

    def wait(self, timeout_s: float) -> Sequence[RawEdge]:
        if self.is_gone:
            raise OSError("no such chip")
        try:
            return [self._edges.get(timeout=max(timeout_s, 0.001))]
        except queue.Empty:
            return []

    def open(self) -> ScriptedEdges:
        if self.is_gone:
            raise OSError("no such chip")
        return self

    def close(self) -> None:
        """Nothing to let go of."""


@pytest.fixture
def lamp() -> Iterator[LED]:
    Device.pin_factory = MockFactory()
    led = LED(22)
    yield led
    led.close()
    Device.pin_factory = None


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    made.configuration = UNFILTERED
    made.start()
    yield made
    made.stop()


def reported(known: EdgeFilter, edges: Sequence[tuple[int, bool]], until_us: int) -> list[tuple[int, bool]]:
    found = []
    for at_us, level in edges:
        found += known.feed(RawEdge(0, level, at_us * US))
    found += known.settle(until_us * US)
    return [(edge.at_ns // US, edge.level) for edge in found]


def test_a_bouncing_contact_is_one_edge_at_its_first_touch() -> None:
    bouncing = [(0, False), (150, True), (300, False), (800, True), (1300, False)]
    assert reported(EdgeFilter(debounce_ns=2 * MS), bouncing, 5000) == [(0, False)]


def test_a_glitch_is_none() -> None:
    assert reported(EdgeFilter(debounce_ns=2 * MS), [(0, False), (900, True)], 5000) == []


def test_hold_off_is_for_each_edge() -> None:
    edges = [(ms * 1000, bool(number % 2)) for number, ms in enumerate((0, 20, 40, 60, 110, 130))]
    kept = reported(EdgeFilter(hold_off_ns=100 * MS), edges, 300_000)
    assert [at_us // 1000 for at_us, _ in kept] == [0, 20, 110, 130]


@given(st.lists(st.integers(1, 5000), max_size=30), st.sampled_from([0, 700, 2000]))
def test_edges_that_are_reported_alternate_and_were_seen(gaps_us: list[int], debounce_us: int) -> None:
    at_us, edges = 0, []
    for number, gap_us in enumerate(gaps_us):
        at_us += gap_us
        edges.append((at_us, bool(number % 2)))
    kept = reported(EdgeFilter(debounce_ns=debounce_us * US), edges, at_us + 10_000)
    assert [level for _, level in kept] == [bool(number % 2) for number in range(len(kept))]
    assert {moment for moment, _ in kept} <= {moment for moment, _ in edges}
    assert bool(len(kept) % 2) == bool(len(edges) % 2)  # it ends at the level where the line is


def test_pins_are_timed_lamps_lit_and_losses_said(receiver: Receiver, tmp_path: Path, lamp: LED) -> None:
    edges = ScriptedEdges()
    settings = BridgeSettings(receiver.url, "token", tmp_path / "spool.sqlite3")

    def no_port() -> None:
        raise AssertionError("pins open no port")

    bridge = Bridge(settings, no_port, partial(PinDevice, "gpio", edges.open, {0: lamp}))  # type: ignore[arg-type]
    bridge.start()
    receiver.wait_for(lambda: any(beat.get("config_version") == 2 for beat in receiver.heartbeats))
    stamps_ns = [edges.put(0, False), edges.put(0, True), edges.put(1, False)]
    receiver.wait_for(lambda: len(receiver.readings) == 3)
    assert [reading["ticks"] for _, reading in sorted(receiver.readings.items())] == stamps_ns
    receiver.armed = {"run": "1"}
    wait_until(lambda: lamp.is_lit)
    edges.lost = 4
    receiver.wait_for(lambda: receiver.heartbeats[-1]["dropped"] == 4)
    edges.is_gone = True
    receiver.wait_for(lambda: any(f["code"] == "link_closed" for f in receiver.heartbeats[-1]["faults"]))
    bridge.stop()
    assert not lamp.is_lit


def test_a_chip_that_is_not_there_is_an_error_of_the_system() -> None:
    """All that can be tried without pins: gpiod takes the settings, and says what every device's thread expects."""
    with pytest.raises(OSError, match="No such file"):
        KernelEdges("/dev/gpiochip-none", {0: 17, 1: 27})


def wait_until(what: object, within_s: float = 10.0) -> None:
    assert callable(what)
    tick, until_s = threading.Event(), time.monotonic() + within_s
    while not what():
        assert time.monotonic() < until_s
        tick.wait(0.01)
