"""The real firmware in exact steps: edges and bytes at known cycles, and a host that acknowledges what it gets."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO

from firmware_bridge.framing import FrameReader
from firmware_bridge.messages import Ack, Event, FromBoard, FromHost, Hello, read_from_board

from .built import Built

CYCLES_A_TICK = 8
CYCLES_A_US = 16
CYCLES_A_MS = 16_000
CAPTURED = 1
STEP_CYCLES = 4 * CYCLES_A_MS


@dataclass(frozen=True, slots=True)
class Edge:
    """What was done to a pin, and at which cycle."""

    channel: int
    is_rise: bool
    cycle: int


@dataclass(slots=True)
class Told:
    """What the board did in a run: the edges driven, the messages that left it with the cycle of their last bit."""

    edges: list[Edge] = field(default_factory=list)
    messages: list[tuple[int, FromBoard]] = field(default_factory=list)

    def all(self, kind: type[Event]) -> list[Event]:
        return [message for _, message in self.messages if isinstance(message, kind)]

    @property
    def hello(self) -> Hello:
        return next(message for _, message in reversed(self.messages) if isinstance(message, Hello))


class Lockstep:
    """A board that stands still between calls of ``run``."""

    def __init__(self, built: Built, eeprom: Path | None = None) -> None:
        kept = ["--eeprom", str(eeprom)] if eeprom else []
        self._process = subprocess.Popen(
            [str(built.emulator), "--elf", str(built.elf), "--lockstep", *kept],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._commands: IO[str] = self._process.stdin
        self._answers: IO[str] = self._process.stdout
        self._frames = FrameReader()
        self.cycle = 0
        self.outputs = 0
        self.boot = 1
        """The low byte of the board's boot: 1 on a new memory."""
        self.raw = b""
        """The bytes that left the board in the last run."""
        self.through = 0
        self.zero_cycle = 0
        """The cycle at which the board's counter stood at zero; known after ``find_zero``."""

    def __enter__(self) -> Lockstep:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._commands.close()
        self._process.wait(timeout=10)
        self._answers.close()

    def edge(self, channel: int, level: int, cycle: int) -> None:
        self._commands.write(f"edge {channel} {level} {cycle}\n")

    def send(self, message: FromHost, cycle: int | None = None) -> None:
        self.send_bytes(message.to_frame().to_bytes(), cycle)

    def send_bytes(self, sent: bytes, cycle: int | None = None) -> None:
        self._commands.write(f"rx {self.cycle if cycle is None else cycle} {sent.hex()}\n")

    def reset(self) -> None:
        self._commands.write("reset\n")

    def run(self, until: int) -> Told:
        """Run to a cycle and hear what happened."""
        self._commands.write(f"run {until}\n")
        self._commands.flush()
        told, raw = Told(), bytearray()
        for line in self._answers:
            kind, *words = line.split()
            if kind == "t":
                raw += bytes.fromhex(words[1])
                for frame in self._frames.feed(bytes.fromhex(words[1])):
                    told.messages.append((int(words[0]), read_from_board(frame)))
            elif kind == "e":
                told.edges.append(Edge(int(words[0]), words[1] == "1", int(words[2])))
            else:
                self.cycle, self.outputs, self.raw = int(words[0]), int(words[1]), bytes(raw)
                return told
        raise AssertionError("the emulated board ended")

    def find_zero(self) -> None:
        """By two edges on the captured channel, which is stamped by hardware: good to a tick."""
        at = self.cycle + CYCLES_A_MS
        self.edge(CAPTURED, 0, at)
        self.edge(CAPTURED, 1, at + 5 * CYCLES_A_MS)
        told = self.run(at + 10 * CYCLES_A_MS)
        events = told.all(Event)
        self.zero_cycle = told.edges[0].cycle - events[0].ticks * CYCLES_A_TICK
        self.through = events[-1].seq
        self.send(Ack(self.through, self.boot))
        self.run(self.cycle + 10 * CYCLES_A_MS)

    def run_acknowledging(self, until: int, hear: Callable[[Told], None] | None = None) -> Told:
        """Run to a cycle in small steps, as a host that takes each event once, in order, and acknowledges it."""
        whole = Told()
        while self.cycle < until:
            told = self.run(min(until, self.cycle + STEP_CYCLES))
            whole.edges += told.edges
            for at, message in told.messages:
                if not isinstance(message, Event):
                    whole.messages.append((at, message))
                elif message.seq == self.through + 1:
                    self.through += 1
                    whole.messages.append((at, message))
            if any(isinstance(message, Event) for _, message in told.messages):
                self.send(Ack(self.through, self.boot))
            if hear:
                hear(told)
        return whole
