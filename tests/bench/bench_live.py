"""From the judge's POST, and from the field's sensor, to the last of 200 screens."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.bench.figures import Figure, figure, percentile
from tests.serving import ROOT, Serving, command, enter_runs, post, serving

NAMES = ("live.",)
SCREENS = 200
SCORES = 200
PAUSE_S = 0.02
GOAL_MS = 30.0


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server:
        runs = enter_runs(server, SCORES)
        with screens(server, SCREENS, "c/demo/field/C") as listeners:
            delays_ms = score_delays_ms(server, runs, listeners)
    yield figure("live.score_to_screen_ms_p50", percentile(delays_ms, 50), "ms", "lower", GOAL_MS)
    yield figure("live.score_to_screen_ms_p99", percentile(delays_ms, 99), "ms", "lower", None)


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


def last_at_s(listeners: subprocess.Popen[str], version: int) -> float:
    """The monotonic second at which the last screen received ``version``."""
    assert listeners.stdout is not None
    while True:
        told = json.loads(listeners.stdout.readline())
        if told["version"] >= version:
            at_s: float = told["last_at_s"]
            return at_s


@contextmanager
def screens(server: Serving, count: int, topic: str) -> Iterator[subprocess.Popen[str]]:
    """A process of ``count`` screens that have joined ``topic``."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.listeners", server.url, str(count), topic],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        yield process
    finally:
        process.kill()
        process.wait()
