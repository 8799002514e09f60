"""What a broken or hostile controller sends: refused with its field, and nobody else is held up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.app.conftest import Send

from .test_readings import post, reading

Bearer = Callable[[str], dict[str, str]]
__all__ = ["post"]


@pytest.mark.parametrize(
    "fit", [{"tick_us": "abc"}, {"tick_us": 0}, {"tick_us": 1e300}, {"x": 10**30}, {"x": "y" * 3000}]
)
def test_a_clock_fit_nothing_can_be_counted_with_is_refused(post: Any, fit: dict[str, Any]) -> None:
    answer = post(reading(1, 0, 1.0), fit=fit)
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (400, "fit")


@pytest.mark.parametrize("at_utc", ["2026-02-30T10:00:00Z", "2026-04-01T25:00:00Z"])
def test_an_instant_that_never_was_is_refused(post: Any, at_utc: str) -> None:
    answer = post(reading(1, 0, 1.0) | {"at_utc": at_utc})
    (error,) = answer.get_json()["errors"]
    assert (error["code"], error["field"]) == ("field_instant_invalid", "readings.0.at_utc")


@pytest.mark.parametrize("spoilt", [{"clock": {"x": 10**30}}, {"extra": "x" * 70_000}, {"device": ""}])
def test_a_heartbeat_that_cannot_be_shown_is_refused(
    client: FlaskClient, bearer: Bearer, spoilt: dict[str, Any]
) -> None:
    controller = bearer("field_controller:A")
    answer = client.post("/api/v1/devices/heartbeat", json={"device": "gate"} | spoilt, headers=controller)
    assert answer.status_code == 400
    assert client.get("/api/v1/live/c/demo/devices", headers=bearer("referee")).status_code == 200


def test_a_finish_put_to_a_run_by_hand_lies_after_its_start(
    client: FlaskClient, post: Any, send: Send, runs: list[dict[str, Any]]
) -> None:
    post(reading(1, 1, 5.0), reading(2, 0, 9.0))

    def assign(seq: int, use: str) -> str:
        word = {"device": "gate", "boot": 1, "seq": seq, "as": use, "reason": "by eye"}
        code: str = send("referee", "AssignReading", runs[0]["target"], word)["code"]
        return code

    assert assign(1, "finish") == "run_not_started"
    assert assign(2, "start") == "stored"
    assert assign(2, "start") == "reading_unknown"
    assert assign(1, "finish") == "finish_before_start"


def test_a_controller_of_one_field_does_not_speak_for_another(
    app: Flask, client: FlaskClient, bearer: Bearer, post: Any, send: Send, runs: list[dict[str, Any]]
) -> None:
    send("judge", "OpenRun", runs[0]["target"])
    body = {"device": "gate", "boot": 1, "origin": "simulated", "readings": [reading(1, 0, 1.0)]}
    assert client.post("/api/v1/readings", json=body, headers=bearer("field_controller:B")).status_code == 200
    shown = client.get("/api/v1/live/c/demo/field/A").get_json()["data"]["run"]
    assert shown["clock"]["state"] == "ready"
    assert post(reading(1, 0, 1.0)).status_code == 409


def test_readings_under_the_id_of_a_judges_command_are_not_lost(
    client: FlaskClient, bearer: Bearer, post: Any
) -> None:
    """A reading's command id follows from its key; nobody may use it up beforehand."""
    from uuid import NAMESPACE_URL, uuid5

    taken = {"id": str(uuid5(NAMESPACE_URL, "demo/gate/1/1")), "type": "OpenRun", "target": "c/demo/run/x"}
    answer = client.post("/api/v1/commands", json={"commands": [taken]}, headers=bearer("judge"))
    assert answer.status_code == 400
    assert post(reading(1, 0, 1.0)).status_code == 200
