"""The real firmware in real time on a pseudo-terminal: edges at known moments, resets, unplugging, a bad cable."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO

from .built import Built


@dataclass(frozen=True, slots=True)
class TrueEdge:
    """What was done to a pin, and when by CLOCK_MONOTONIC."""

    channel: int
    is_rise: bool
    at_ns: int


@dataclass(frozen=True, slots=True)
class Cable:
    """How the board's crystal and the way to the host are; the defaults are perfect."""

    ppm: float = 0
    wander_ppm: float = 0
    wander_period_s: float = 60
    spoilt_share: float = 0
    out_every_us: int = 0
    in_every_us: int = 0
    seed: int = 1

    def arguments(self) -> list[str]:
        named = {
            "ppm": self.ppm, "wander-ppm": self.wander_ppm, "wander-period-s": self.wander_period_s,
            "spoilt-share": self.spoilt_share, "out-every-us": self.out_every_us, "in-every-us": self.in_every_us,
            "seed": self.seed,
        }  # fmt: skip
        return [word for name, value in named.items() for word in (f"--{name}", str(value))]


class PacedBoard:
    """Runs from construction until the end of its ``with``; ``path`` always names its present port."""

    def __init__(self, built: Built, folder: Path, cable: Cable | None = None, name: str = "board") -> None:
        self.path = folder / f"{name}-port"
        self.edges: list[TrueEdge] = []
        self.outputs: list[tuple[int, int]] = []
        self._changed = threading.Condition()
        files = [
            "--elf",
            str(built.elf),
            "--link",
            str(self.path),
            "--eeprom",
            str(folder / f"{name}-eeprom.bin"),
        ]
        self._process = subprocess.Popen(
            [str(built.emulator), *files, *(cable or Cable()).arguments()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        with contextlib.suppress(
            PermissionError
        ):  # it stands for another machine: what stresses this one spares it
            os.sched_setscheduler(self._process.pid, os.SCHED_RR, os.sched_param(10))
        assert self._process.stdin
        assert self._process.stdout
        self._commands: IO[str] = self._process.stdin
        self._answers: IO[str] = self._process.stdout
        assert self._answers.readline().startswith("ready")
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def __enter__(self) -> PacedBoard:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._commands.close()
        self._process.wait(timeout=10)
        self._listener.join(timeout=10)
        self._answers.close()

    def edge(self, channel: int, level: int, at_ns: int | None = None) -> None:
        """Plan an edge; those of all channels in the order of time."""
        self._say(f"edge {channel} {level} {at_ns or time.monotonic_ns() + 1_000_000}")

    def pulses(self, channel: int, first_ns: int, every_ns: int, count: int) -> int:
        """``count`` edges, falling first; the moment after the last."""
        for number in range(count):
            self.edge(channel, number % 2, first_ns + number * every_ns)
        return first_ns + count * every_ns

    def reset(self) -> None:
        self._say("reset")

    def unplug(self) -> None:
        self._say("unplug")

    def plug(self) -> None:
        self._say("plug")

    def wait_for_edges(self, count: int, timeout_s: float = 30) -> list[TrueEdge]:
        """Raises AssertionError if they were not driven in time."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.edges) >= count, timeout_s), len(self.edges)
            return list(self.edges)

    def wait_for_output(self, bits: int, timeout_s: float = 30) -> None:
        with self._changed:
            assert self._changed.wait_for(
                lambda: bool(self.outputs) and self.outputs[-1][0] == bits, timeout_s
            )

    def _say(self, command: str) -> None:
        self._commands.write(command + "\n")

    def _listen(self) -> None:
        for line in self._answers:
            kind, *words = line.split()
            with self._changed:
                if kind == "edge":
                    self.edges.append(TrueEdge(int(words[0]), words[1] == "1", int(words[2])))
                elif kind == "outputs":
                    self.outputs.append((int(words[0]), int(words[1])))
                self._changed.notify_all()
