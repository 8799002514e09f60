"""Updates written straight to the sockets: an ordinary client sees no difference, and a slow one harms nobody."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import engineio.socket
import pytest
import socketio
from flask import Flask
from flask_socketio import SocketIO

from app.live.fanout import DirectManager, DirectRedisManager, install
from tests.serving import ROOT, free_port

CLIENT = Path(__file__).with_name("ordinary_client.mjs")
WITHIN_S = 20
SNAPSHOTS = [
    {"topic": "hall", "version": number, "data": text}
    for number, text in enumerate(["", "Әлия Нұрғалиқызы", "x" * 100, "x" * 70_000, "\u2028 ' \" \\ 🏁"])
]


class Fanout:
    """A running server of nothing but fan-out."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process, self.port = process, port

    def send(self, snapshot: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(snapshot) + "\n")
        self.process.stdin.flush()

    def memory_bytes(self) -> int:
        pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * 4096


@contextmanager
def fanning_out(way: str) -> Iterator[Fanout]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.fanout", str(port), way],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        yield Fanout(process, port)
    finally:
        process.kill()
        process.wait()


def what_a_client_sees(fanout: Fanout, transports: str) -> list[Any]:
    """Everything an ordinary client tells, while the snapshots are sent one after the other."""
    client = subprocess.Popen(
        ["node", str(CLIENT), f"http://127.0.0.1:{fanout.port}", transports],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert client.stdout is not None
    try:
        told = [json.loads(client.stdout.readline()) for _ in ("joined", "ready")]
        for snapshot in SNAPSHOTS:
            fanout.send(snapshot)
            told.append(json.loads(client.stdout.readline()))
        return told
    finally:
        client.kill()
        client.wait()


@pytest.fixture(scope="module")
def direct() -> Iterator[Fanout]:
    with fanning_out("direct") as running:
        yield running


@pytest.fixture(scope="module")
def ordinary() -> Iterator[Fanout]:
    with fanning_out("ordinary") as running:
        yield running


@pytest.mark.parametrize("transports", ["websocket", "polling", "polling,websocket"])
def test_an_ordinary_client_sees_no_difference(direct: Fanout, ordinary: Fanout, transports: str) -> None:
    seen = what_a_client_sees(direct, transports)
    assert seen == what_a_client_sees(ordinary, transports)
    assert [one["data"] for one in seen[2:]] == SNAPSHOTS


class RawScreen:
    """A WebSocket client that reads only when told to."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), WITHIN_S)
        self._socket.sendall(
            b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            b"Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n"
        )
        self.said = self.read_until(b'"pingTimeout"')
        for message in (b"40/live,", b'42/live,1["join",{"topics":["hall"]}]'):
            self._socket.sendall(bytes([0x81, 0x80 | len(message), 0, 0, 0, 0]) + message)
        self.said += self.read_until(b"43/live,1")

    def read_until(self, part: bytes) -> bytes:
        """What comes until ``part`` came; TimeoutError where it does not."""
        got = b""
        while part not in got[-200_000:]:
            came = self._socket.recv(65_536)
            assert came, "the server hung up"
            got += came
        return got

    def close(self) -> None:
        self._socket.close()


def test_a_client_that_reads_nothing_costs_little_holds_up_nobody_and_gets_the_newest() -> None:
    updates, size = 1_000, 50_000
    with fanning_out("direct") as fanout:
        slow, quick = RawScreen(fanout.port), RawScreen(fanout.port)
        assert b"permessage-deflate" not in slow.said, "frames are sent as they are"
        before_bytes = fanout.memory_bytes()
        for version in range(1, updates + 1):
            fanout.send({"topic": "hall", "version": version, "data": "x" * size})
            quick.read_until(b'"version":%d,' % version)
        grown_bytes = fanout.memory_bytes() - before_bytes
        assert grown_bytes < updates * size / 4, "what the slow one missed is not kept"
        late = slow.read_until(b'"version":%d,' % updates)
        assert late.count(b'"version":') < updates / 2, "it is spared what is no longer true"
        slow.close()
        quick.close()


def test_one_that_comes_and_goes_leaves_nothing_behind(direct: Fanout) -> None:
    staying = RawScreen(direct.port)
    before = open_sockets(direct.process.pid)
    for version in range(1, 30):
        screen = RawScreen(direct.port)
        direct.send({"topic": "hall", "version": version, "data": ""})
        screen.read_until(b'"version":%d,' % version)
        screen.close()
    deadline_s = time.monotonic() + WITHIN_S
    while open_sockets(direct.process.pid) > before and time.monotonic() < deadline_s:
        time.sleep(0.05)
    assert open_sockets(direct.process.pid) <= before
    staying.close()


def open_sockets(pid: int) -> int:
    """TCP sockets of a process, counted by the kernel."""
    table = Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]
    inodes = {line.split()[9] for line in table}
    links = [str(file.readlink()) for file in Path(f"/proc/{pid}/fd").iterdir() if file.is_symlink()]
    return sum(link.startswith("socket:[") and link[8:-1] in inodes for link in links)


@pytest.fixture
def server() -> Any:
    made = SocketIO()
    made.init_app(Flask(__name__), async_mode="gevent", client_manager=DirectManager())
    return made.server


def test_it_is_used_where_everything_is_as_expected(server: Any) -> None:
    assert install(server)


def test_pings_are_timed_by_a_clock_that_nobody_sets(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    install(server)
    connection = engineio.socket.Socket(server.eio, "sid")
    wall_s = time.time()
    monkeypatch.setattr(time, "time", lambda: wall_s + 3_600)
    assert connection.check_ping_timeout(), "the server's clock was set forward by an hour"


def test_it_stands_aside_for_another_manager() -> None:
    made = SocketIO()
    made.init_app(Flask(__name__), async_mode="gevent")
    before = made.server.eio._async
    assert not install(made.server)
    assert made.server.eio._async is before


def test_it_stands_aside_for_an_engineio_that_changed(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(engineio.socket.Socket, "_websocket_handler")
    before = server.eio._async
    assert not install(server)
    assert server.eio._async is before


def test_what_another_server_sends_through_redis_takes_the_direct_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(DirectManager, "emit", lambda _self, *call, **_options: sent.append(call))
    order = DirectRedisManager.__mro__
    assert order.index(socketio.RedisManager) < order.index(DirectManager) < order.index(socketio.Manager)
    manager = DirectRedisManager.__new__(DirectRedisManager)
    message = {
        "event": "update",
        "data": {"version": 1},
        "namespace": "/live",
        "room": "hall",
        "host_id": "other",
    }
    manager._handle_emit(message)
    assert [call[:2] for call in sent] == [("update", {"version": 1})]
