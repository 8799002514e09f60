"""Starts our programs as forks of a Python that has read their code already: reading it takes seconds, a fork none.

``python -m tests.forking NAME`` is that Python. It forks for each line of JSON on stdin, and answers with the fork's id
or with how one ended.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import runpy
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import gevent

ROOT = Path(__file__).parents[1]
READ = {
    "served": ("app.server", "app.upgrading", "alembic.command"),
    "plain": (
        "app.worker",
        "app.wiring",
        "app.upgrading",
        "alembic.command",
        "flask.cli",
        "firmware_bridge.running",
    ),
}
"""What each such Python has read; ``served`` is monkey-patched by gevent, as the server is from its first line on."""
LOOK_EVERY_S = 0.01
SETTLED_WITHIN_S = 0.2
"""Timers that a library sets while it is read have run by then."""


class Forked:
    """A running program, asked and ended as subprocess.Popen is."""

    def __init__(self, reader: Reader, pid: int) -> None:
        self._reader, self.pid = reader, pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = self._reader.ask({"ended": self.pid})
        return self.returncode

    def wait(self, timeout: float) -> int:
        """Its exit status, negative for a signal. Raises subprocess.TimeoutExpired."""
        deadline = time.monotonic() + timeout
        while (status := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(LOOK_EVERY_S)
        return status

    def send_signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class Reader:
    """A Python that has read our code; it ends with the process that started it."""

    def __init__(self, name: str) -> None:
        self._asking = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, name],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        atexit.register(self._process.communicate)

    def ask(self, order: Mapping[str, Any]) -> Any:
        with self._asking:
            assert self._process.stdin
            assert self._process.stdout
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            return json.loads(self._process.stdout.readline())


@cache
def reader(name: str) -> Reader:
    return Reader(name)


def fork(
    module: str,
    *arguments: str,
    env: Mapping[str, str],
    out: Path,
    errors: Path | None = None,
    served: bool = False,
) -> Forked:
    """``python -m module arguments`` in the root of the project; what it writes is added to ``out`` and ``errors``."""
    order = {"argv": [module, *arguments], "env": dict(env), "out": str(out), "errors": str(errors or out)}
    asked = reader("served" if served else "plain")
    return Forked(asked, asked.ask(order))


def read(name: str) -> None:
    """Read the code, then fork as often as asked, until stdin ends."""
    own_fork, own_wait = os.fork, os.waitpid  # gevent puts others in their place
    for module in READ[name]:
        importlib.import_module(module)
    time.sleep(SETTLED_WITHIN_S)
    assert threading.active_count() == 1, f"a fork has no threads: {threading.enumerate()}"
    for line in sys.stdin:
        order = json.loads(line)
        if "ended" in order:
            pid, status = own_wait(order["ended"], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if pid else None
        else:
            answer = own_fork()
            if answer == 0:
                if name == "served":
                    gevent.reinit()
                become(order["argv"], order["env"], order["out"], order["errors"])
                return
        print(json.dumps(answer), flush=True)


def become(argv: Sequence[str], env: Mapping[str, str], out: str, errors: str) -> None:
    """Be the program: its own environment, its own files, and nothing of the Python it was forked from."""
    os.environ.clear()
    os.environ.update(env)
    for number, path, how in ((0, os.devnull, os.O_RDONLY), (1, out, os.O_WRONLY), (2, errors, os.O_WRONLY)):
        opened = os.open(path, how | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    from app import jobs
    from app.settings import Settings

    jobs._settings = Settings.from_environment()
    jobs._settings.data.mkdir(parents=True, exist_ok=True)
    jobs.huey.storage.filename = str(jobs._settings.jobs_database)
    jobs.huey.storage.initialize_schema()
    module, *_ = sys.argv = list(argv)
    sys.modules.pop(module, None)
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    read(sys.argv[1])
