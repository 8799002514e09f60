"""Runs one command of the set-up: quietly, its output kept in a log, and stopped with us if we are stopped."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

LINES_SHOWN = 40


class CommandFailed(Exception):
    """A command of the set-up did not succeed; ``str()`` is its name, exit code and last lines."""


def run(argv: Sequence[str | Path], log: Path, cwd: Path, env: Mapping[str, str] | None = None) -> None:
    """Run to the end, output appended to ``log``. Raises CommandFailed. Its whole process group ends with us."""
    words = [str(word) for word in argv]
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        output.write(f"$ {' '.join(words)}\n".encode())
        output.flush()
        began_at = output.tell()
        try:
            process = subprocess.Popen(
                words,
                cwd=cwd,
                env={**os.environ, "NO_COLOR": "1", **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            raise CommandFailed(f"{words[0]}: {error.strerror}") from error
        try:
            code = process.wait()
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
    if code != 0:
        raise CommandFailed(f"{' '.join(words)} ended with {code}:\n{last_lines(log, began_at)}")


def last_lines(log: Path, from_byte: int = 0, lines: int = LINES_SHOWN) -> str:
    """The end of a log, from ``from_byte`` on at most."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(from_byte)
        return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])
