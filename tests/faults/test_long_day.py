"""A hall for half an hour: screens by the hundred, power cuts, scores without end, and no memory lost to it."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from tests.serving import ROOT, Serving, command, enter_runs, post

SCREENS = 200
MINUTES = float(os.environ.get("SOAK_MINUTES", "30"))
CUTS = 8
"""Power cuts, spread over the first half."""
SCORES_A_SECOND = 10
HEALED_WITHIN_S = 20.0
MOST_GROWTH = 1.10


class Hall:
    """The screens' process; ``ask`` is how they stand."""

    def __init__(self, server: Serving, topic: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.screens", server.url, str(SCREENS), topic],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("?\n")
        self._process.stdin.flush()
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(20)

    def await_version(self, version: int) -> None:
        """Every screen shows ``version`` or one after it, soon."""
        deadline = time.monotonic() + HEALED_WITHIN_S
        while time.monotonic() < deadline:
            told = self.ask()
            newest = sum(count for seen, count in told["versions"].items() if int(seen) >= version)
            if newest == SCREENS == told["joined"]:
                return
            time.sleep(0.2)
        raise AssertionError(f"version {version} did not reach all: {told}")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Serving]:
    made = Serving(tmp_path)
    made.prepare()
    made.start()
    yield made
    made.stop()


@pytest.mark.soak
def test_a_long_day_in_a_hall(server: Serving) -> None:
    run = enter_runs(server, 1)[0]
    score = corrections(server, run)
    hall = Hall(server, "c/demo/division/many/standings")
    try:
        for _ in range(CUTS):
            go_on(score, MINUTES * 30 / CUTS)
            server.kill()
            server.start()
            hall.await_version(score())
        go_on(score, MINUTES * 6)
        early_bytes = memory_bytes(server)
        go_on(score, MINUTES * 24)
        hall.await_version(score())
        late_bytes = memory_bytes(server)
        told = hall.ask()
    finally:
        hall.close()
    print(
        json.dumps({"early_mb": early_bytes / 1e6, "late_mb": late_bytes / 1e6, "returns": told["returns"]})
    )
    assert told["returns"] >= CUTS * SCREENS
    assert late_bytes <= early_bytes * MOST_GROWTH
    assert server.flask("log", "verify")["ok"]


def corrections(server: Serving, run: dict[str, Any]) -> Callable[[], int]:
    """Each call confirms the run anew with another time; the standings' version after it."""
    client, referee = httpx.Client(base_url=server.url), server.bearer("referee")
    state = {"version": run["version"], "entered": False}
    times = itertools.cycle(range(200))

    def correct() -> int:
        sheet = {"time": 20.0 + next(times) / 10}
        type_ = "CorrectScore" if state["entered"] else "EnterScore"
        payload = {"sheet": sheet, "mark": None} | ({"reason": "soak"} if state["entered"] else {})
        receipt = post(client, referee, command(type_, run["target"], payload, state["version"]))[0]
        assert receipt["status"] == "accepted", receipt
        state["version"], state["entered"] = receipt["version"], True
        version: int = receipt["version"]
        return version

    return correct


def go_on(score: Callable[[], int], seconds: float) -> None:
    """Score at a steady pace."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.monotonic()
        score()
        time.sleep(max(0.0, 1 / SCORES_A_SECOND - (time.monotonic() - began)))


def memory_bytes(server: Serving) -> int:
    assert server.process
    resident: int = psutil.Process(server.process.pid).memory_info().rss
    return resident
