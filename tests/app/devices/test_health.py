"""What the staff see of controllers: new versions whenever anything in it changed, over restarts too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.devices.health import SILENT_AFTER_S, Health
from app.devices.schemas import Heartbeat
from tests.app.conftest import Send

from .test_readings import post, reading

Bearer = Callable[[str], dict[str, str]]
__all__ = ["post"]
DEVICES = "/api/v1/live/c/demo/devices"


def test_a_reading_for_the_referee_makes_a_new_version(
    client: FlaskClient, bearer: Bearer, post: Any, send: Send, runs: list[dict[str, Any]]
) -> None:
    referee = bearer("referee")
    first = client.get(DEVICES, headers=referee)
    post(reading(1, 0, 1.0))
    second = client.get(DEVICES, headers=referee | {"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    assert len(second.get_json()["data"]["unassigned"]) == 1
    word = {"device": "gate", "boot": 1, "seq": 1, "as": "start", "reason": "by eye"}
    send("referee", "AssignReading", runs[0]["target"], word)
    third = client.get(DEVICES, headers=referee | {"If-None-Match": second.headers["ETag"]})
    assert third.get_json()["data"]["unassigned"] == []
    versions = [answer.get_json()["version"] for answer in (first, second, third)]
    assert versions == sorted(set(versions))


def test_versions_go_on_over_a_restart() -> None:
    """Each beat moves on by a millisecond at least, which a test makes faster than the wall clock does."""
    before = Health()
    for _ in range(3):
        before.beat("demo", "A", Heartbeat(device="gate"))
    assert Health().version >= before.version - 3


def test_a_controller_falls_silent_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now_s = 100.0
    monkeypatch.setattr("app.devices.health.time.monotonic", lambda: now_s)
    kept = Health()
    kept.beat("demo", "A", Heartbeat(device="gate"))
    assert kept.newly_silent() == set()
    now_s += SILENT_AFTER_S + 0.1
    assert kept.newly_silent() == {"demo"}
    assert kept.newly_silent() == set()
    kept.beat("demo", "A", Heartbeat(device="gate"))
    assert kept.newly_silent() == set()


def test_a_heartbeat_is_answered_with_the_run_the_field_is_armed_for(
    client: FlaskClient, bearer: Bearer, send: Send, post: Any, runs: list[dict[str, Any]]
) -> None:
    def armed() -> Any:
        body = {"device": "gate", "origin": "simulated", "spool": {"unsent": 3}}
        answer = client.post("/api/v1/devices/heartbeat", json=body, headers=bearer("field_controller:A"))
        return answer.get_json()["armed"]

    assert armed() is None
    send("judge", "OpenRun", runs[0]["target"])
    assert armed() == {"run": runs[0]["id"]}
    post(reading(1, 0, 1.0), reading(2, 1, 31.0))
    assert armed() is None
    (shown,) = client.get(DEVICES, headers=bearer("judge")).get_json()["data"]["controllers"]
    facts = (shown["device"], shown["field"], shown["state"], shown["unsent"], shown["simulated"])
    assert facts == ("gate", "A", "online", 3, True)
