"""The real firmware and the host's link over a line that loses, doubles, spoils and delays bytes, through resets and
restarts: every edge is spooled exactly once and in order, or its loss is plain to see."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from firmware_bridge.faults import Faults
from firmware_bridge.link import Link
from firmware_bridge.messages import Config
from firmware_bridge.spool import Spool, Spooled

from .built import Built
from .lockstep import CYCLES_A_MS, Edge, Lockstep

NS_A_CYCLE = 62.5
STEP_MS = 2
HEAL_MS = 1500
UNFILTERED = Config(1, tuple((channel, 0, 0) for channel in range(8)))
EVERYTHING = 100_000


class BadLine:
    """Bytes on their way between board and host; ``share`` of them suffer."""

    def __init__(self) -> None:
        self.share = 0.0
        self.dice = random.Random(0)

    def carry(self, sent: bytes) -> bytes:
        arrived = bytearray()
        for byte in sent:
            luck = self.dice.random()
            if luck >= self.share:
                arrived.append(byte)
            elif luck < self.share * 0.4:
                arrived.append(byte ^ 1 << self.dice.randrange(8))
            elif luck < self.share * 0.6:
                arrived += bytes([byte, byte])
        return bytes(arrived)


class LinkMachine(RuleBasedStateMachine):
    """Rules are what the world does; after them the line is healed, and everything must come out right."""

    built: Built

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.line = BadLine()
        self.line.dice.seed(seed)
        self.board = Lockstep(self.built, Path(self.folder.name) / "eeprom.bin")
        self.levels = [1] * 8
        self.boots: list[list[Edge]] = [[]]
        self.delayed: list[bytes] = []
        self.delay_steps = 0
        self.faults_seen: set[str] = set()
        self.start_host()
        self.pass_time(300)

    def start_host(self) -> None:
        self.spool = Spool(Path(self.folder.name) / "spool.sqlite3")
        self.faults = Faults(lambda: None)
        self.link = Link(self.spool, self.faults, self.to_board, lambda: None, self.configure, self.now_ns)
        self.link.opened()

    def configure(self) -> None:
        self.link.configure(UNFILTERED)

    def now_ns(self) -> int:
        return int(self.board.cycle * NS_A_CYCLE)

    def to_board(self, sent: bytes) -> None:
        carried = self.line.carry(sent)
        if carried:
            self.board.send_bytes(carried)

    def pass_time(self, ms: int) -> None:
        for step in range(ms // STEP_MS):
            told = self.board.run(self.board.cycle + STEP_MS * CYCLES_A_MS)
            self.boots[-1] += told.edges
            self.delayed.append(self.line.carry(self.board.raw))
            while len(self.delayed) > self.delay_steps:
                self.link.received(self.delayed.pop(0), self.now_ns())
            if step % 50 == 0:
                self.link.ask()
        self.faults_seen |= {fault["code"] for fault in self.faults.standing()}

    @rule(count=st.integers(1, 30), channel=st.integers(0, 7), gap_us=st.integers(300, 4000))
    def edges(self, count: int, channel: int, gap_us: int) -> None:
        at = self.board.cycle + CYCLES_A_MS
        for _ in range(count):
            self.levels[channel] ^= 1
            self.board.edge(channel, self.levels[channel], at)
            at += gap_us * 16
        self.pass_time((at - self.board.cycle) // CYCLES_A_MS + 4)

    @rule(share=st.sampled_from([0.0, 0.002, 0.02, 0.2]))
    def spoil(self, share: float) -> None:
        self.line.share = share

    @rule(steps=st.integers(0, 15))
    def delay(self, steps: int) -> None:
        self.delay_steps = steps

    @rule(ms=st.integers(10, 120))
    def wait(self, ms: int) -> None:
        self.pass_time(ms)

    @rule()
    def restart_host(self) -> None:
        self.spool.close()
        self.delayed.clear()
        self.start_host()
        self.pass_time(20)

    @rule()
    def reset_board(self) -> None:
        self.board.reset()
        self.boots.append([])
        self.pass_time(60)

    def heal(self) -> None:
        self.line.share, self.delay_steps = 0.0, 0
        self.pass_time(HEAL_MS)

    def check(self) -> None:
        """Of the last boot all is there but what the board counted as dropped; of an earlier one, a beginning."""
        stored = everything(self.spool)
        by_boot = [
            [reading for reading in stored if reading.boot == boot] for boot in range(1, len(self.boots) + 1)
        ]
        for edges, readings in zip(self.boots, by_boot, strict=True):
            assert [reading.seq for reading in readings] == list(range(1, len(readings) + 1))
            assert is_in_order(readings, edges)
        hello = self.link.hello
        assert hello is not None
        assert hello.boot == len(self.boots)
        dropped = self.link.health()["dropped"]
        assert len(by_boot[-1]) + dropped == len(self.boots[-1])

    def teardown(self) -> None:
        if not hasattr(self, "board"):
            return
        try:
            self.heal()
            self.check()
        finally:
            self.spool.close()
            self.board.__exit__(None, None, None)
            self.folder.cleanup()


def everything(spool: Spool) -> list[Spooled]:
    """What is spooled, boot by boot; taking it marks it as sent."""
    stored: list[Spooled] = []
    while batch := spool.next_batch(EVERYTHING):
        stored += batch
        spool.settle(batch, "sent")
    return stored


def is_in_order(readings: list[Spooled], edges: list[Edge]) -> bool:
    """Whether the readings are a part of the edges, in their order."""
    left = iter(edges)
    return all(
        any((edge.channel, edge.is_rise) == (reading.channel, reading.edge == "rise") for edge in left)
        for reading in readings
    )


def test_exactly_once_in_order_or_a_visible_gap(built: Built) -> None:
    LinkMachine.built = built
    run_state_machine_as_test(
        LinkMachine,
        settings=settings(
            max_examples=50, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.parametrize("share", [0.01, 0.05])
def test_a_reset_is_noticed_and_said(built: Built, share: float) -> None:
    LinkMachine.built = built
    machine = LinkMachine()
    machine.begin(seed=5)
    try:
        machine.spoil(share)
        machine.edges(20, 1, 1000)
        machine.reset_board()
        machine.heal()
        machine.check()
        assert "board_restarted" in machine.faults_seen
    finally:
        machine.spool.close()
        machine.board.__exit__(None, None, None)
        machine.folder.cleanup()
