"""A real server for tests: its own process, its own data folder, a free loopback port; ended by pid."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import SystemRandom
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import httpx
from uuid_utils import uuid7

from tests.forking import Forked, fork

ROOT = Path(__file__).parents[1]
OWN_PORTS = (20_000, 32_000)
READY_WITHIN_S, ENDED_WITHIN_S = 120.0, 60.0
"""A second on a quiet machine; tests also run on busy ones."""


def free_port() -> int:
    """A port nobody listens on just now, of those the system gives to no connection while a server is down."""
    while True:
        port = SystemRandom().randrange(*OWN_PORTS)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port


@dataclass
class Serving:
    """A data folder and the server that runs on it; ``start()`` and ``kill()`` may alternate."""

    data: Path
    port: int = field(default_factory=free_port)
    extra: Mapping[str, str] = field(default_factory=dict)
    process: Forked | None = None
    module: str = "app.server"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def local_url(self) -> str:
        """Where a client that knows only addresses finds it."""
        return self.url

    @property
    def trusting(self) -> ssl.SSLContext | bool:
        """What httpx verifies its certificate with."""
        return True

    @property
    def environment(self) -> dict[str, str]:
        own = {"DATA": str(self.data), "PORT": str(self.port), "HOST": "127.0.0.1"}
        return os.environ | own | dict(self.extra)

    @property
    def access(self) -> dict[str, Any]:
        """What DATA/access.json says: tokens and PINs of each role."""
        told: dict[str, Any] = json.loads((self.data / "access.json").read_text("utf-8"))
        return told

    def flask(self, *arguments: str) -> dict[str, Any]:
        """Run a `flask` command on this data folder; its JSON answer. Raises AssertionError where it failed."""
        with TemporaryDirectory() as folder:
            told, errors = Path(folder) / "told", Path(folder) / "errors"
            made = fork("flask", *arguments, env=self.environment, out=told, errors=errors)
            exit_status = made.wait(120)
            assert told.stat().st_size, errors.read_text("utf-8")
            answer: dict[str, Any] = json.loads(told.read_bytes())
        return answer | {"exit": exit_status}

    def prepare(self) -> None:
        """Make the database and the demo competition; what was made once without settings of its own is copied."""
        if self.extra:
            self.make_demo()
        else:
            made = demo_made_once()
            shutil.copytree(made.data, self.data, dirs_exist_ok=True)
            access = self.data / "access.json"
            access.write_text(access.read_text("utf-8").replace(made.url, self.url), "utf-8")

    def make_demo(self) -> None:
        """Make the database and the demo competition by the commands an organiser has."""
        assert self.flask("data", "upgrade")["ok"]
        assert self.flask("demo", "create")["ok"]

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.process = fork(self.module, env=self.environment, out=self.data / "server.log", served=True)
        self._await_ready()

    def is_ready(self) -> bool:
        """Whether it answers. Raises httpx.TransportError while nobody listens."""
        return httpx.get(f"{self.url}/healthz", timeout=1).status_code == 200

    def kill(self) -> None:
        """End the server at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask the server to stop, and wait for it."""
        self._end(signal.SIGTERM)

    def bearer(self, role: str) -> dict[str, str]:
        """The header of a role's account; ``field_controller:B`` names a field's controller."""
        role, _, of_field = role.partition(":")
        for account in self.access["accounts"]:
            if account["role"] == role and (not of_field or of_field in account["fields"]):
                return {"Authorization": f"Bearer {account['token']}"}
        raise KeyError(role)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(how)
        self.process.wait(ENDED_WITHIN_S)
        self.process = None

    def _await_ready(self) -> None:
        assert self.process is not None
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline:
            assert self.process.poll() is None, (self.data / "server.log").read_text("utf-8")[-2000:]
            try:
                if self.is_ready():
                    return
            except httpx.TransportError:
                time.sleep(0.02)
        raise AssertionError(f"the server was not ready within {READY_WITHIN_S} s")


@cache
def demo_made_once() -> Serving:
    """A data folder with the demo in it, made once by a process: that takes seconds, most of them for hashing PINs."""
    made = Serving(Path(mkdtemp(prefix="baige-demo-")))
    atexit.register(shutil.rmtree, made.data, ignore_errors=True)
    made.make_demo()
    return made


@contextmanager
def serving(data: Path, **extra: str) -> Iterator[Serving]:
    """A server with the demo competition, running; stopped at the end."""
    data.mkdir(parents=True, exist_ok=True)
    server = Serving(data, extra=extra)
    server.prepare()
    server.start()
    try:
        yield server
    finally:
        server.stop()


def command(
    type_: str, target: str, payload: Any = None, expected_version: int | None = None
) -> dict[str, Any]:
    """A command as a client sends it, with an id of its own."""
    return {
        "id": str(uuid7()),
        "type": type_,
        "target": target,
        "expected_version": expected_version,
        "payload": payload or {},
    }


def post(client: httpx.Client, headers: dict[str, str], *commands: dict[str, Any]) -> list[dict[str, Any]]:
    """Send commands; their receipts."""
    answer = client.post("/api/v1/commands", json={"commands": commands}, headers=headers)
    answer.raise_for_status()
    receipts: list[dict[str, Any]] = answer.json()["receipts"]
    return receipts


def enter_runs(server: Serving, count: int) -> list[dict[str, Any]]:
    """Register enough teams for ``count`` line-race runs, draw them on a field C; the runs, as the queue shows them."""
    rows = [
        {"division": "many", "team": f"Команда {n}", "organisation": "Мектеп", "region": "KZ-35"}
        for n in range(count // 3 + 1)
    ]
    name = {"kk": "Көп", "ru": "Много", "en": "Many"}
    setup = [
        command("AddField", "c/demo", {"code": "C", "name": "C"}),
        command("AddDivision", "c/demo", {"code": "many", "name": name, "discipline": "line-race"}),
        command("ImportEntries", "c/demo", {"rows": rows}),
        command("DrawStartList", "c/demo/division/many", {"field": "C", "seed": 1}),
    ]
    with httpx.Client(base_url=server.url, timeout=60) as client:
        receipts = post(client, server.bearer("organiser"), *setup)
        assert [receipt["status"] for receipt in receipts] == ["accepted"] * len(setup), receipts
        queue = client.get("/api/v1/live/c/demo/field/C/queue").json()
    runs: list[dict[str, Any]] = queue["data"]["runs"][:count]
    return runs
