"""``make run``: starts server, worker and the demo's simulated gates, says where to go, and keeps them running."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from . import greeting, health
from .children import Child
from .commands import last_lines
from .interrupts import Interrupts
from .options import Options
from .ports import trouble_with
from .setup import PYTHON, ROOT
from .supervisor import Supervisor, how_it_ended

READY_WITHIN_S = 60.0
TICK_S = 0.05


class CannotRun(Exception):
    """The installation cannot be started; ``str()`` says why and what to do."""


def run(options: Options) -> None:
    """Run until told to stop; on the way out, end everything started here. Raises CannotRun."""
    with _data_held(options.data):
        _check_ports(options)
        if not options.demo and not (options.data / "baige.sqlite3").exists():
            _write_setup_token(options.data)
        supervisor = Supervisor(_say)
        with Interrupts() as interrupts:
            try:
                stopped = _start_server(options, supervisor, interrupts)
                if stopped is None:
                    for child in [worker(options), *controllers(options)]:
                        supervisor.start(child)
                    _say(greeting.greeting(options))
                    stopped = supervisor.watch(interrupts)
                _say(f"\nStopping ({stopped}) …")
            finally:
                supervisor.end_all(interrupts)
        _say("Stopped.")


def server(options: Options) -> Child:
    return _python(options, "server", "-m", "app.server")


def worker(options: Options) -> Child:
    return _python(options, "worker", "-m", "app.worker")


def controllers(options: Options) -> list[Child]:
    """A simulated field controller for each field of the demo."""
    if not options.demo:
        return []
    access: dict[str, Any] = json.loads((options.data / "access.json").read_text("utf-8"))
    return [_controller(options, field, token) for field, token in sorted(access["controllers"].items())]


def _controller(options: Options, field: str, token: str) -> Child:
    spool = options.data / "spool" / f"{field}.sqlite3"
    spool.parent.mkdir(parents=True, exist_ok=True)
    asked = ["--server", options.own_url, "--simulate", "--spool", str(spool)]
    authority = options.data / "ca" / "ca.crt"
    if options.is_secure and not options.cert and authority.exists():
        asked += ["--ca", str(authority)]
    child = _python(options, f"field controller {field}", "-m", "firmware_bridge", *asked)
    child.env = {
        **child.env,
        "BAIGE_TOKEN": token,
    }  # not an argument: those are for everyone on the machine to see
    return child


def _python(options: Options, name: str, *arguments: str) -> Child:
    log = options.data / "logs" / f"{name.replace(' ', '-')}.log"
    return Child(name, [str(PYTHON), *arguments], log, ROOT, options.environment())


def _start_server(options: Options, supervisor: Supervisor, interrupts: Interrupts) -> str | None:
    """Start the server and wait until it is ready; the reason if told to stop meanwhile. Raises CannotRun."""
    child = server(options)
    log_began_at = child.log.stat().st_size if child.log.exists() else 0
    supervisor.start(child)
    waited = health.Waiting(READY_WITHIN_S)
    while not health.is_ready(options.own_url):
        stopped = interrupts.wait(TICK_S)
        if stopped is not None:
            return stopped
        code = child.exit_code()
        if code is not None or waited.too_long():
            why = "did not become ready" if code is None else how_it_ended(code)
            raise CannotRun(f"The server {why}. The end of its log:\n{last_lines(child.log, log_began_at)}")
    return None


def _check_ports(options: Options) -> None:
    for port in (options.port, options.http_port):
        trouble = trouble_with(options.host, port) if port is not None else None
        if trouble is not None:
            raise CannotRun(trouble)


@contextmanager
def _data_held(data: Path) -> Iterator[None]:
    """Hold the data folder for this launcher alone. Raises CannotRun if another has it."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)  # personal data lives there
    with open(data / "launcher.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotRun(
                f"Baige already runs on {data} (process {lock.read().strip() or 'unknown'}). "
                "Stop that one first, or give this one a folder of its own: make run DATA=other"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _write_setup_token(data: Path) -> None:
    """The one-time word in the address that creates the first account; readable by its owner alone."""
    file = data / "setup-token"
    if not file.exists():
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
            opened.write(secrets.token_urlsafe(24))


def _say(sentence: str) -> None:
    print(sentence, flush=True)
