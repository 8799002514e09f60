"""Serial transcripts: what a port carried and when, a JSON object a line; and such a file as a port."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from .transport import READ_TIMEOUT_S, Port


class RecordingPort:
    """A port that writes down what it carries; ``to`` is flushed at each piece, so that a crash keeps the rest."""

    def __init__(self, port: Port, to: IO[str], now_ns: Callable[[], int] = time.monotonic_ns) -> None:
        self._port = port
        self._to = to
        self._now_ns = now_ns
        self.low_latency = port.low_latency

    def read(self) -> bytes:
        piece = self._port.read()
        if piece:
            self._write("in", piece)
        return piece

    def write(self, sent: bytes) -> None:
        self._write("out", sent)
        self._port.write(sent)

    def close(self) -> None:
        self._port.close()

    def _write(self, way: str, piece: bytes) -> None:
        self._to.write(json.dumps({"at_ns": self._now_ns(), "way": way, "hex": piece.hex()}) + "\n")
        self._to.flush()


class TranscriptBad(ValueError):
    """A line of a transcript that is none; ``line`` is its number, from 1."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"transcript_bad: line {line}")


class ReplayPort:
    """Gives back what came in, in its rhythm times ``speed``; then is silent. What is sent to it is dropped.

    A transcript whose end was torn off is played as far as it goes; a bad line before that raises TranscriptBad.
    """

    low_latency = None

    def __init__(self, path: Path, speed: float = 1.0) -> None:
        self._pieces = _came_in(path)
        self._speed = speed
        self._began_ns = time.monotonic_ns()
        self._next = 0

    @property
    def is_over(self) -> bool:
        return self._next >= len(self._pieces)

    def read(self) -> bytes:
        if self.is_over:
            time.sleep(READ_TIMEOUT_S)
            return b""
        at_ns, piece = self._pieces[self._next]
        due_ns = self._began_ns + int((at_ns - self._pieces[0][0]) / self._speed)
        wait_s = (due_ns - time.monotonic_ns()) / 1e9
        time.sleep(max(0.0, min(wait_s, READ_TIMEOUT_S)))
        if wait_s > READ_TIMEOUT_S:
            return b""
        self._next += 1
        return piece

    def write(self, sent: bytes) -> None:
        """Nobody is there."""

    def close(self) -> None:
        """Nothing is open."""


def _came_in(path: Path) -> list[tuple[int, bytes]]:
    lines = path.read_text("utf-8").splitlines()
    pieces = []
    for number, line in enumerate(lines, 1):
        try:
            noted: dict[str, Any] = json.loads(line)
            if noted["way"] == "in":
                pieces.append((int(noted["at_ns"]), bytes.fromhex(noted["hex"])))
        except (ValueError, KeyError, TypeError):
            if number < len(lines):
                raise TranscriptBad(number) from None
    return pieces
