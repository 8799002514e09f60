"""From the judge's POST, and from the field's sensor, to the last of 200 screens."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from firmware_bridge.bridge import Bridge, BridgeSettings
from firmware_bridge.simulator import SimulatedBoard
from firmware_bridge.transport import SerialPort
from tests.bench.figures import Figure, figure, percentile
from tests.bench.floor import update
from tests.serving import ROOT, Serving, command, enter_runs, free_port, post, serving

NAMES = ("live.score_to_screen", "live.sensor")
SCREENS = 200
SCORES = 200
FINISHES = 60
PAUSE_S = 0.02
WITHIN_S = 20.0
GOAL_MS = 30.0


def figures(_only: str) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server:
        runs = enter_runs(server, SCORES)
        with screens(server.url, SCREENS, "c/demo/field/C") as listeners:
            delays_ms = score_delays_ms(server, runs, listeners)
        with screens(server.url, SCREENS, "c/demo/field/A") as listeners:
            sensor_delays_ms = sensor_delays(server, listeners, Path(folder))
        floor_ms = floor_delays_ms(server)
    floor_p50, floor_p99 = percentile(floor_ms, 50), percentile(floor_ms, 99)
    yield figure("live.score_to_screen_ms_p50", percentile(delays_ms, 50), "ms", "lower", GOAL_MS, floor_p50)
    yield figure("live.score_to_screen_ms_p99", percentile(delays_ms, 99), "ms", "lower", None, floor_p99)
    yield figure("live.sensor_to_screen_ms_p50", percentile(sensor_delays_ms, 50), "ms", "lower", GOAL_MS)
    yield figure("live.sensor_to_screen_ms_p99", percentile(sensor_delays_ms, 99), "ms", "lower", None)


def score_delays_ms(
    server: Serving, runs: list[dict[str, Any]], listeners: subprocess.Popen[str]
) -> list[float]:
    """For each run: milliseconds from sending its score until the last screen has it."""
    referee = server.bearer("referee")
    delays = []
    with httpx.Client(base_url=server.url) as client:
        for index, run in enumerate(runs):
            entered = command(
                "EnterScore", run["target"], {"sheet": {"time": 30 + index / 8}}, run["version"]
            )
            sent_at_s = time.monotonic()
            receipt = post(client, referee, entered)[0]
            assert receipt["status"] == "accepted", receipt
            delays.append((last_at_s(listeners, receipt["version"]) - sent_at_s) * 1000)
            time.sleep(PAUSE_S)
    return delays


def floor_delays_ms(server: Serving) -> list[float]:
    """The same field snapshot to as many screens from a bare C-backed WebSocket server: what no server can beat."""
    data = httpx.get(f"{server.url}/api/v1/live/c/demo/field/C").json()["data"]
    port = free_port()
    floor = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.floor", str(port)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert floor.stdin is not None
    assert floor.stdout is not None
    try:
        assert floor.stdout.readline().strip() == "ready"
        delays = []
        with screens(f"http://127.0.0.1:{port}", SCREENS, "floor") as listeners:
            for version in range(1, SCORES + 1):
                sent_at_s = time.monotonic()
                floor.stdin.write(update(version, data) + "\n")
                floor.stdin.flush()
                delays.append((last_at_s(listeners, version) - sent_at_s) * 1000)
                time.sleep(PAUSE_S)
        return delays
    finally:
        floor.kill()
        floor.wait()


def sensor_delays(server: Serving, listeners: subprocess.Popen[str], folder: Path) -> list[float]:
    """For each run of field A: milliseconds from the finish frame's leaving the board until the last screen has it."""
    board = SimulatedBoard(device=b"bench", boot=1)
    board.start()
    token = server.access["controllers"]["A"]
    bridge = Bridge(
        BridgeSettings(server.url, token, folder / "spool.sqlite3"), lambda: SerialPort(board.path)
    )
    bridge.start()
    try:
        with httpx.Client(base_url=server.url) as client:
            await_controller(server, client)
            return [finish_delay_ms(server, client, board, listeners, turn) for turn in range(FINISHES)]
    finally:
        bridge.stop()
        board.stop()


def finish_delay_ms(
    server: Serving, client: httpx.Client, board: SimulatedBoard, listeners: subprocess.Popen[str], turn: int
) -> float:
    """Open (or reset) the first run, trip its start gate, then its finish gate; how long the finish took."""
    judge = server.bearer("judge:A")
    run = client.get("/api/v1/live/c/demo/field/A/queue").json()["data"]["runs"][0]
    opening = (
        command("ResetRun", run["target"], {"reason": "next"}) if turn else command("OpenRun", run["target"])
    )
    opened = post(client, judge, opening)[0]
    last_at_s(listeners, opened["version"])
    board.trip(0)
    await_clock(client, "running")
    tripped_at_s = time.monotonic()
    board.trip(1)
    await_clock(client, "stopped")
    stopped = client.get("/api/v1/live/c/demo/field/A").json()
    return (last_at_s(listeners, stopped["version"]) - tripped_at_s) * 1000


def await_clock(client: httpx.Client, state: str) -> None:
    await_true(
        lambda: client.get("/api/v1/live/c/demo/field/A").json()["data"]["run"]["clock"]["state"] == state
    )


def await_controller(server: Serving, client: httpx.Client) -> None:
    """Wait until the server has heard from field A's controller with a fitted clock."""
    staff = server.bearer("judge:A")

    def is_fitted() -> bool:
        told = client.get("/api/v1/live/c/demo/devices", headers=staff).json()["data"]["controllers"]
        return any(one["clock"]["quality"] != "none" for one in told)

    await_true(is_fitted)


def await_true(what: Callable[[], bool]) -> None:
    """Ask until ``what()`` is true. Raises TimeoutError after WITHIN_S."""
    deadline_s = time.monotonic() + WITHIN_S
    while not what():
        if time.monotonic() > deadline_s:
            raise TimeoutError
        time.sleep(0.01)


def last_at_s(listeners: subprocess.Popen[str], version: int) -> float:
    """The monotonic second at which the last screen received ``version``."""
    assert listeners.stdout is not None
    while True:
        told = json.loads(listeners.stdout.readline())
        if told["version"] >= version:
            at_s: float = told["last_at_s"]
            return at_s


@contextmanager
def screens(url: str, count: int, topic: str) -> Iterator[subprocess.Popen[str]]:
    """A process of ``count`` screens that have joined ``topic``."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.listeners", url, str(count), topic],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        yield process
    finally:
        process.kill()
        process.wait()
