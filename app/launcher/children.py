"""One child process: started in a group of its own, ended with everything it started, its output in a log."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

LARGEST_LOG_BYTES = 5_000_000
PR_SET_PDEATHSIG = 1
POLL_S = 0.02


@dataclass
class Child:
    """What to run, and the process that runs it now, if any."""

    name: str
    argv: Sequence[str]
    log: Path
    cwd: Path
    env: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started_at_s: float = 0.0  # monotonic

    def start(self) -> None:
        """Start it. Raises OSError if the program is not there."""
        _shorten(self.log)
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                list(self.argv),
                cwd=self.cwd,
                env={**os.environ, **self.env},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )
        self.started_at_s = time.monotonic()

    def exit_code(self) -> int | None:
        """The code it ended with (minus the signal's number), None while it runs. What it left behind is killed.

        It stays a zombie until its group has been signalled, so that the group's number cannot become another's.
        """
        if self.process is None:
            return None
        if self.process.returncode is None and not _has_ended(self.process.pid):
            return None
        self._signal_group(signal.SIGKILL)
        return self.process.wait()

    def ask_to_end(self) -> None:
        self._signal_group(signal.SIGTERM)

    def kill(self) -> None:
        self._signal_group(signal.SIGKILL)

    def ended_within(self, patience_s: float) -> bool:
        """Wait for its end, at most so long."""
        until = time.monotonic() + patience_s
        while self.process is not None and self.exit_code() is None:
            if time.monotonic() > until:
                return False
            time.sleep(POLL_S)
        return True

    def _signal_group(self, number: int) -> None:
        if self.process is None or self.process.returncode is not None:
            return
        with suppress(ProcessLookupError):  # all of it is gone
            os.killpg(self.process.pid, number)


def _has_ended(pid: int) -> bool:
    """Whether our child has ended, leaving it unreaped."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _end_with_parent() -> None:
    """In the child: be told to end if the launcher dies without having done so (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _shorten(log: Path) -> None:
    """Move a log that has grown too long aside, over the one before it."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
        log.replace(log.with_suffix(".old.log"))
