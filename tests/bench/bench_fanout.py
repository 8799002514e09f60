"""What a live update costs the server, and when the last of a thousand clients has it: three servers side by side."""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.bench.bench_live import last_at_s, screens
from tests.bench.figures import Figure, figure, is_asked_for, percentile
from tests.serving import ROOT, Serving, command, enter_runs, free_port, post, serving

NAMES = ("live.cpu", "live.emit", "live.kb", "live.post", "live.score_to_400")
SIZES = (1_000, 2_000)
MEASURES = ("cpu_s_per_1000", "emit_to_last_ms", "kb_per_client")
UPDATES = 100
EVERY_S = 0.1
SNAPSHOT_BYTES = 400
DIRECT, PLAIN, FLOOR = (
    ("tests.bench.fanout", "direct"),
    ("tests.bench.fanout", "ordinary"),
    ("tests.bench.floor",),
)
KB = 1024
GOAL_OF_FLOOR, GOAL_LAST_MS, GOAL_LAST_WHILE_SCORING_MS, GOAL_KB = 1.5, 60, 100, 70
SCREENS_OF_A_HALL, SCORES, GOAL_HALL_MS = 400, 100, 36
SCORES_A_SECOND = 20
HALL = "c/demo/screen/demo-hall"


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one server: CPU seconds for 1,000 deliveries, milliseconds until the last client has each update, memory."""

    cpu_s_per_1000: float
    last_ms: list[float]
    kb_per_client: float


def figures(only: str) -> Iterator[Figure]:
    for clients in SIZES:
        if not is_asked_for(only, *(f"live.{measure}_{clients}" for measure in MEASURES)):
            continue
        floor, direct, plain = (measured(way, clients) for way in (FLOOR, DIRECT, PLAIN))
        name = f"live.cpu_s_per_1000_{clients}"
        goal = GOAL_OF_FLOOR * floor.cpu_s_per_1000
        yield figure(name, direct.cpu_s_per_1000, "s", "lower", goal, floor.cpu_s_per_1000)
        yield figure(f"{name}_plain", plain.cpu_s_per_1000, "s", "lower", None, floor.cpu_s_per_1000)
        for percent, aim in ((50, None), (99, GOAL_LAST_MS if clients == SIZES[0] else None)):
            value, base = (percentile(cost.last_ms, percent) for cost in (direct, floor))
            yield figure(f"live.emit_to_last_ms_{clients}_p{percent}", value, "ms", "lower", aim, base)
        yield figure(
            f"live.kb_per_client_{clients}", direct.kb_per_client, "kB", "lower", GOAL_KB, plain.kb_per_client
        )
    if is_asked_for(only, "live.score_to_400", "live.post_to_last"):
        yield from in_a_whole_server()


def in_a_whole_server() -> Iterator[Figure]:
    """The real server, with its log, sessions and snapshots, and a judge who scores."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server:
        runs = enter_runs(server, SCORES + 2 * int(UPDATES * EVERY_S) * SCORES_A_SECOND)
        with screens(server.url, SCREENS_OF_A_HALL, "c/demo/field/C") as listeners:
            hall_ms = [score_ms(server, run, listeners) for run in runs[:SCORES]]
        yield figure("live.score_to_400_screens_ms_p95", percentile(hall_ms, 95), "ms", "lower", GOAL_HALL_MS)
        with screens(server.url, SIZES[0], "screen/demo-hall") as listeners, scoring(server, runs[SCORES:]):
            steered_ms = [steer_ms(server, turn, listeners) for turn in range(UPDATES)]
    for percent, aim in ((50, None), (99, GOAL_LAST_WHILE_SCORING_MS)):
        name = f"live.post_to_last_ms_{SIZES[0]}_while_scoring_p{percent}"
        yield figure(name, percentile(steered_ms, percent), "ms", "lower", aim)


def measured(way: tuple[str, ...], clients: int) -> Cost:
    """Send ``UPDATES`` snapshots to ``clients`` through one of the three servers."""
    with running(way) as (server, port):
        before_kb = memory_kb(server.pid)
        with screens(f"http://127.0.0.1:{port}", clients, "floor") as listeners:
            kb_per_client = (memory_kb(server.pid) - before_kb) / clients
            before_s = cpu_s(server)
            last_ms = []
            for version in range(1, UPDATES + 1):
                sent_at_s = time.monotonic()
                say(server, snapshot(version))
                last_ms.append((last_at_s(listeners, version) - sent_at_s) * 1000)
                time.sleep(max(0.0, sent_at_s + EVERY_S - time.monotonic()))
            spent_s = cpu_s(server) - before_s
    return Cost(spent_s / (clients * UPDATES / 1000), last_ms, kb_per_client)


@contextmanager
def running(way: tuple[str, ...]) -> Iterator[tuple[subprocess.Popen[str], int]]:
    module, *arguments = way
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", module, str(port), *arguments],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        yield process, port
    finally:
        process.kill()
        process.wait()


def say(server: subprocess.Popen[str], line: str) -> None:
    assert server.stdin is not None
    server.stdin.write(line + "\n")
    server.stdin.flush()


def cpu_s(server: subprocess.Popen[str]) -> float:
    """CPU seconds the server has spent, by its own account."""
    say(server, "cpu")
    assert server.stdout is not None
    return float(server.stdout.readline())


def memory_kb(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * 4096 / KB


def snapshot(version: int) -> str:
    """A snapshot of ``SNAPSHOT_BYTES`` as one line."""
    told = {"topic": "floor", "epoch": 1, "version": version, "data": ""}
    told["data"] = "x" * (SNAPSHOT_BYTES - len(json.dumps(told)))
    return json.dumps(told, separators=(",", ":"))


def score_ms(server: Serving, run: dict[str, object], listeners: subprocess.Popen[str]) -> float:
    """From sending a score until the last screen has it."""
    with httpx.Client(base_url=server.url) as client:
        entered = command(
            "EnterScore", str(run["target"]), {"sheet": {"time": 42.0}}, int(str(run["version"]))
        )
        sent_at_s = time.monotonic()
        receipt = post(client, server.bearer("referee"), entered)[0]
        assert receipt["status"] == "accepted", receipt
        last_s = last_at_s(listeners, receipt["version"])
    time.sleep(EVERY_S)
    return (last_s - sent_at_s) * 1000


def steer_ms(server: Serving, turn: int, listeners: subprocess.Popen[str]) -> float:
    """From asking that a screen show another field until the last of its viewers knows."""
    payload = {"view": "field", "field": "AB"[turn % 2]}
    with httpx.Client(base_url=server.url) as client:
        sent_at_s = time.monotonic()
        receipt = post(client, server.bearer("organiser"), command("SetScreen", HALL, payload))[0]
        assert receipt["status"] == "accepted", receipt
        last_s = last_at_s(listeners, receipt["version"])
    time.sleep(max(0.0, sent_at_s + EVERY_S - time.monotonic()))
    return (last_s - sent_at_s) * 1000


@contextmanager
def scoring(server: Serving, runs: list[dict[str, object]]) -> Iterator[None]:
    """A judge who meanwhile posts twenty scores a second, correcting them over and over."""
    done = threading.Event()
    judge = threading.Thread(target=_score_on, args=(server, runs, done))
    judge.start()
    try:
        yield
    finally:
        done.set()
        judge.join()


def _score_on(server: Serving, runs: list[dict[str, object]], done: threading.Event) -> None:
    headers = server.bearer("referee")
    with httpx.Client(base_url=server.url) as client, contextlib.suppress(IndexError):
        left = list(runs)
        while not done.wait(1 / SCORES_A_SECOND):
            run = left.pop()
            time_s = round(random.uniform(20, 60), 2)
            post(
                client,
                headers,
                command(
                    "EnterScore", str(run["target"]), {"sheet": {"time": time_s}}, int(str(run["version"]))
                ),
            )
