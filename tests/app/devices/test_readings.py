"""Readings: stored once each, put to the run they fit, kept with the reason where they fit none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from app.devices.state import Progress
from tests.app.conftest import Send

Bearer = Callable[[str], dict[str, str]]
Post = Callable[..., Any]
NOON = datetime(2026, 4, 1, 7, tzinfo=UTC)


def reading(seq: int, channel: int, at_s: float, edge: str = "fall") -> dict[str, Any]:
    at = NOON + timedelta(seconds=at_s)
    return {
        "seq": seq,
        "channel": channel,
        "edge": edge,
        "ticks": round(at_s * 2_000_000),
        "at_utc": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "uncertainty_us": 40.0,
    }


@pytest.fixture
def post(client: FlaskClient, bearer: Bearer) -> Post:
    def posting(*readings: dict[str, Any], origin: str = "simulated", fit: Any = None, boot: int = 1) -> Any:
        body = {"device": "gate", "boot": boot, "origin": origin, "fit": fit, "readings": readings}
        return client.post("/api/v1/readings", json=body, headers=bearer("field_controller:A"))

    return posting


def test_a_running_clock_is_right_though_the_controllers_is_an_hour_off(
    client: FlaskClient, bearer: Bearer, send: Send, runs: list[dict[str, Any]]
) -> None:
    send("judge", "OpenRun", runs[0]["target"])
    wrong = datetime.now(UTC) - timedelta(hours=1)
    crossed = wrong - timedelta(seconds=3)
    body = {
        "device": "gate",
        "boot": 1,
        "origin": "simulated",
        "sent_at_utc": wrong.isoformat().replace("+00:00", "Z"),
        "readings": [reading(1, 0, 10.0) | {"at_utc": crossed.isoformat().replace("+00:00", "Z")}],
    }
    client.post("/api/v1/readings", json=body, headers=bearer("field_controller:A"))
    started = datetime.fromisoformat(field_run(client)["clock"]["started_at_utc"])
    assert abs((datetime.now(UTC) - started).total_seconds() - 3) < 1.5


def field_run(client: FlaskClient) -> dict[str, Any]:
    run: dict[str, Any] = client.get("/api/v1/live/c/demo/field/A").get_json()["data"]["run"]
    return run


def test_two_crossings_time_the_open_run(
    client: FlaskClient, post: Post, send: Send, runs: list[dict[str, Any]]
) -> None:
    run = runs[0]
    send("judge", "OpenRun", run["target"])
    fit = {"tick_us": 0.5000005}
    assert post(reading(1, 0, 10.0), fit=fit).get_json() == {"stored_through": 1}
    assert field_run(client)["status"] == "LIVE"
    assert post(reading(2, 1, 51.2374), fit=fit).get_json() == {"stored_through": 2}
    assert field_run(client)["status"] == "UNCONFIRMED"
    assert field_run(client)["clock"]["elapsed_us"] == pytest.approx(41_237_441.24, abs=0.1)

    receipt = send("judge", "EnterScore", run["target"], {"sheet": {}}, run["version"])
    assert receipt["status"] == "accepted"
    result = client.get("/api/v1/live/c/demo/field/A").get_json()["data"]["last"]["result"]
    assert result["values"] == {"time": 41.237}
    assert result["hand_time"] is False


def test_another_value_than_the_measured_is_hand_time(
    client: FlaskClient, post: Post, send: Send, runs: list[dict[str, Any]]
) -> None:
    send("judge", "OpenRun", runs[0]["target"])
    post(reading(1, 0, 0.0), reading(2, 1, 30.0))
    send("judge", "EnterScore", runs[0]["target"], {"sheet": {"time": 29.5}}, runs[0]["version"])
    assert client.get("/api/v1/live/c/demo/field/A").get_json()["data"]["last"]["result"]["hand_time"] is True


def test_overlapping_batches_store_each_reading_once(
    app: Flask, post: Post, send: Send, runs: list[dict[str, Any]]
) -> None:
    first, second, third = reading(1, 0, 1.0), reading(2, 1, 2.0), reading(3, 0, 3.0)
    for batch in ((first, second), (first, second, third), (third,), (second,)):
        answer = post(*batch)
        assert answer.status_code == 200
    assert answer.get_json() == {"stored_through": 3}
    state = app.extensions["pipeline"].state("c/demo")
    before = state.seq
    post(first, second, third)
    assert state.seq == before


def test_a_gap_is_seen_and_closes(post: Post) -> None:
    assert post(reading(1, 0, 1.0)).get_json() == {"stored_through": 1}
    assert post(reading(4, 0, 4.0)).get_json() == {"stored_through": 1}
    assert post(reading(2, 0, 2.0), reading(3, 0, 3.0)).get_json() == {"stored_through": 4}


def test_the_same_number_with_another_claim_is_refused(post: Post) -> None:
    post(reading(1, 0, 1.0))
    answer = post(reading(1, 1, 1.0))
    assert (answer.status_code, answer.get_json()["code"]) == (409, "id_reused")
    mapped_better = reading(1, 0, 1.0) | {"at_utc": "2026-04-01T07:00:01.000007Z"}
    assert post(mapped_better).status_code == 200


def test_readings_that_fit_no_run_are_kept_with_the_reason(
    client: FlaskClient, post: Post, send: Send, bearer: Bearer, runs: list[dict[str, Any]]
) -> None:
    post(reading(1, 1, 1.0), reading(2, 5, 2.0), reading(3, 0, 3.0, edge="rise"))
    send("judge", "OpenRun", runs[0]["target"])
    post(reading(4, 1, 4.0), reading(5, 0, 5.0), reading(6, 0, 5.1), reading(7, 1, 9.0), reading(8, 1, 11.0))
    shown = client.get("/api/v1/live/c/demo/devices", headers=bearer("referee")).get_json()["data"][
        "unassigned"
    ]
    assert [(one["seq"], one["reason"]) for one in shown] == [
        (1, "no_run_open"),
        (2, "channel_without_role"),
        (4, "not_started"),
        (6, "already_started"),
        (8, "already_finished"),
    ]


def test_a_referee_puts_a_reading_to_a_run(
    client: FlaskClient, post: Post, send: Send, runs: list[dict[str, Any]]
) -> None:
    post(reading(1, 0, 0.0), reading(2, 1, 33.0))
    run = runs[0]
    for seq, use in ((1, "start"), (2, "finish")):
        payload = {"device": "gate", "boot": 1, "seq": seq, "as": use, "reason": "opened too late"}
        assert send("judge", "AssignReading", run["target"], payload)["code"] == "not_allowed"
        assert send("referee", "AssignReading", run["target"], payload)["status"] == "accepted"
    assert send("judge", "EnterScore", run["target"], {"sheet": {}}, run["version"])["status"] == "accepted"
    last = client.get("/api/v1/live/c/demo/field/A").get_json()["data"]["last"]
    assert last["result"]["values"] == {"time": 33.0}


def test_simulated_readings_are_refused_outside_a_demo(
    app: Flask, client: FlaskClient, send: Send, bearer: Bearer
) -> None:
    from app.accounts.routes import open_account
    from app.accounts.signing_in import TOKEN, sign_in_row

    names = {"kk": "Н", "ru": "Н", "en": "R"}
    facts = {"name": names, "venue": "x", "starts_on": "2026-04-01", "ends_on": "2026-04-01"}
    send("organiser", "CreateCompetition", "c/real", facts)
    send("organiser", "AddField", "c/real", {"code": "A", "name": "A"})
    with app.test_request_context():
        account = open_account("field_controller", "A", None, "c/real", ("A",))
    app.extensions["pipeline"].write(sign_in_row("a-token", account, "controller", TOKEN))
    for origin, status in (("simulated", 422), ("replayed", 422), ("board", 200)):
        body = {"device": "g", "boot": 1, "origin": origin, "readings": [reading(1, 0, 1.0)]}
        answer = client.post("/api/v1/readings", json=body, headers={"Authorization": "Bearer a-token"})
        assert answer.status_code == status, answer.text
    assert client.get("/api/v1/me", headers=bearer("judge")).status_code == 200


@pytest.mark.parametrize(
    "spoilt",
    [
        {"seq": -1},
        {"ticks": 2**64},
        {"edge": "up"},
        {"at_utc": "yesterday"},
        {"uncertainty_us": -1},
        {"extra": 1},
    ],
)
def test_rubbish_is_refused_with_its_field(post: Post, spoilt: dict[str, Any]) -> None:
    answer = post(reading(1, 0, 1.0) | spoilt)
    assert answer.status_code == 400
    assert next(iter(spoilt)) in answer.get_json()["errors"][0]["field"]


@given(st.permutations(range(1, 12)))
def test_progress_ends_the_same_in_any_order(order: list[int]) -> None:
    progress = Progress(0)
    for seq in order:
        progress.add(seq)
    assert (progress.through, progress.beyond) == (11, set())
