"""Turns SIGINT, SIGTERM and SIGHUP, and a parent that went away, into something the launcher waits for."""

from __future__ import annotations

import os
import select
import signal
from pathlib import Path
from types import TracebackType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
WAKING = signal.SIGCHLD


class Interrupts:
    """While it is entered, those signals do nothing but end a ``wait``."""

    def __init__(self) -> None:
        self._parent = os.getppid()
        self._under_make = _name_of(self._parent) in ("make", "gmake")
        self._before: dict[int, object] = {}

    def __enter__(self) -> Interrupts:
        self._read_end, self._write_end = os.pipe()
        os.set_blocking(self._read_end, False)
        os.set_blocking(self._write_end, False)
        for number in (*STOPPING, WAKING):
            self._before[number] = signal.signal(number, lambda *_: None)
        self._wakeup_before = signal.set_wakeup_fd(self._write_end, warn_on_full_buffer=False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        os.close(self._read_end)
        os.close(self._write_end)

    def wait(self, timeout_s: float) -> str | None:
        """Wait until there is a reason to stop (returned in a word), a child ended, or the time is up (None)."""
        select.select([self._read_end], [], [], timeout_s)
        try:
            numbers = set(os.read(self._read_end, 4096))
        except BlockingIOError:
            numbers = set()
        for number in STOPPING:
            if number in numbers:
                return signal.Signals(number).name
        if os.getppid() != self._parent:
            return "the process that started it is gone"
        if self._under_make and _make_was_interrupted(self._parent):
            return "make was interrupted"
        return None


def _make_was_interrupted(make: int) -> bool:
    """Whether GNU make got a SIGINT of its own: it then waits for us without passing it on.

    Its handler first puts SIGINT back to the default, which shows in the caught signals of /proc/PID/status.
    """
    try:
        status = Path(f"/proc/{make}/status").read_text()
    except OSError:
        return False
    fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    bit = 1 << (signal.SIGINT - 1)
    return not any(int(fields.get(name, "0"), 16) & bit for name in ("SigCgt", "SigIgn"))


def _name_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/comm").read_text().strip()
    except OSError:
        return ""
