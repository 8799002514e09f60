"""The server is killed at random moments while clients and bridges submit: what was acknowledged is there, once."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.serving import Serving, command, enter_runs

SUBMISSIONS = 200
CLIENTS = 4
BRIDGES = 2
TRY_FOR_S = 400.0
MOST_KILLS = 20
FEWEST_KILLS = 5
KILL_FOR_S = 60.0
SEED = 20161


@dataclass
class Sent:
    """What one submitter sent and what it was told."""

    acknowledged: dict[str, dict[str, Any]] = field(default_factory=dict)
    readings: int = 0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Serving]:
    made = Serving(tmp_path)
    made.prepare()
    made.start()
    yield made
    made.stop()


def test_acknowledged_commands_survive_kills_exactly_once(server: Serving) -> None:
    runs = enter_runs(server, SUBMISSIONS)
    shares = [runs[index::CLIENTS] for index in range(CLIENTS)]
    sent = [Sent() for _ in range(CLIENTS + BRIDGES)]
    workers = [
        threading.Thread(target=submit_scores, args=(server, shares[index], sent[index]))
        for index in range(CLIENTS)
    ] + [
        threading.Thread(target=submit_readings, args=(server, "AB"[index], sent[CLIENTS + index]))
        for index in range(BRIDGES)
    ]
    for worker in workers:
        worker.start()
    kills = kill_at_random(server, workers)
    for worker in workers:
        worker.join(TRY_FOR_S)
        assert not worker.is_alive()

    assert kills >= FEWEST_KILLS
    server.stop()
    verified = server.flask("log", "verify")
    assert verified["ok"]
    assert verified["exit"] == 0
    assert_once(server, sent)


def submit_scores(server: Serving, runs: list[dict[str, Any]], sent: Sent) -> None:
    """Confirm each run; send the same command again until it is acknowledged."""
    referee = server.bearer("referee")
    with httpx.Client() as client:
        for index, run in enumerate(runs):
            sheet = {"sheet": {"time": 20.0 + index / 8}}
            entered = command("EnterScore", run["target"], sheet, run["version"])
            receipt = persist(client, server, "/api/v1/commands", {"commands": [entered]}, referee)[
                "receipts"
            ][0]
            sent.acknowledged[entered["id"]] = receipt


def submit_readings(server: Serving, field_code: str, sent: Sent) -> None:
    """Send readings in overlapping batches of three, as a bridge that missed an answer does."""
    controller = server.bearer(f"field_controller:{field_code}")
    with httpx.Client() as client:
        for first in range(1, SUBMISSIONS // 2):
            readings = [reading(seq) for seq in range(first, first + 3)]
            batch = {"device": f"board-{field_code}", "boot": 7, "origin": "simulated", "readings": readings}
            answer = persist(client, server, "/api/v1/readings", batch, controller)
            sent.readings = max(sent.readings, answer["stored_through"])


def reading(seq: int) -> dict[str, Any]:
    return {
        "seq": seq,
        "channel": seq % 2,
        "edge": "fall",
        "ticks": seq * 1000,
        "at_utc": f"2026-04-01T10:{seq // 60:02}:{seq % 60:02}.000000Z",
        "uncertainty_us": 40,
    }


def persist(
    client: httpx.Client, server: Serving, path: str, body: dict[str, Any], headers: dict[str, str]
) -> dict[str, Any]:
    """Post until an answer comes; a connection that broke says nothing about what was stored."""
    deadline = time.monotonic() + TRY_FOR_S
    while time.monotonic() < deadline:
        try:
            answer = client.post(server.url + path, json=body, headers=headers, timeout=5)
            if answer.status_code == 200:
                told: dict[str, Any] = answer.json()
                return told
            assert answer.status_code >= 500, answer.text
        except httpx.TransportError:
            time.sleep(0.02)
    raise AssertionError(f"no answer within {TRY_FOR_S} s")


def kill_at_random(server: Serving, workers: list[threading.Thread]) -> int:
    """Kill and restart the server while anyone still submits; how often."""
    dice, kills, began_at_s = random.Random(SEED), 0, time.monotonic()
    while any(worker.is_alive() for worker in workers) and kills < most_kills(began_at_s):
        time.sleep(dice.uniform(0.01, 0.2))
        server.kill()
        kills += 1
        server.start()
    return kills


def most_kills(began_at_s: float) -> int:
    """Enough of them where restarts take long, many where they are quick."""
    return MOST_KILLS if time.monotonic() - began_at_s < KILL_FOR_S else FEWEST_KILLS


def assert_once(server: Serving, sent: list[Sent]) -> None:
    """Each acknowledged command is in the log exactly once, and each acknowledged reading too."""
    from sqlalchemy import create_engine

    from app.eventlog import queries

    engine = create_engine(f"sqlite:///{server.data / 'baige.sqlite3'}")
    with engine.connect() as connection:
        entries = [link.entry for link in queries.links(connection, "c/demo")]
    stored = Counter(entry.command for entry in entries if entry.type == "ScoreEntered")
    acknowledged = {id_: receipt for one in sent for id_, receipt in one.acknowledged.items()}
    assert len(acknowledged) == SUBMISSIONS
    assert {receipt["status"] for receipt in acknowledged.values()} == {"accepted"}
    assert stored == dict.fromkeys(acknowledged, 1)
    readings = Counter((e.data["device"], e.data["seq"]) for e in entries if e.type == "ReadingRecorded")
    assert set(readings.values()) == {1}
    for code, bridge in zip("AB", sent[CLIENTS:], strict=True):
        assert bridge.readings == SUBMISSIONS // 2 + 1
        assert all((f"board-{code}", seq) in readings for seq in range(1, bridge.readings + 1))
