"""A field's self-test: what it looks at, that a failed one bars the field, and that a referee may override it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.app.conftest import Send

from .test_courses import FIELD, cross
from .test_readings import reading

Bearer = Callable[[str], dict[str, str]]
__all__ = ["cross"]
PAGE = "/desk/c/demo/field/A/gates"
SOUND: dict[str, Any] = {
    "device": "gate",
    "boot": 1,
    "origin": "simulated",
    "clock": {"quality": "good", "uncertainty_us": 40.0, "rate_ppm": 12.0, "rtt_us": 900.0},
    "link": {"state": "open", "low_latency": True},
    "levels": {"0": True, "1": True},
    "supply_mv": 5010,
    "dropped": 0,
    "config_version": 0,
}


@pytest.fixture
def beat(client: FlaskClient, bearer: Bearer) -> Callable[..., dict[str, Any]]:
    def beating(**facts: Any) -> dict[str, Any]:
        answer = client.post(
            "/api/v1/devices/heartbeat", json=SOUND | facts, headers=bearer("field_controller:A")
        )
        told: dict[str, Any] = answer.get_json()
        return told

    return beating


@pytest.fixture
def press(client: FlaskClient, bearer: Bearer) -> Callable[..., str]:
    """Press a button of the page as a role; the page after it."""

    def pressing(action: str, role: str = "referee", **fields: str) -> str:
        page = client.get(PAGE, headers=bearer(role)).text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert token
        form = {"csrf_token": token[1], **fields}
        client.post(f"{PAGE}/{action}", data=form, headers=bearer(role))
        return client.get(PAGE, headers=bearer(role)).text

    return pressing


def wave(client: FlaskClient, bearer: Bearer, *channels: int) -> None:
    """Cut each channel's beam and clear it."""
    edges = [(channel, edge) for channel in channels for edge in ("fall", "rise")]
    readings = [reading(at, channel, at, edge) for at, (channel, edge) in enumerate(edges, 1)]
    body = {"device": "gate", "boot": 1, "origin": "simulated", "fit": None, "readings": readings}
    assert client.post("/api/v1/readings", json=body, headers=bearer("field_controller:A")).status_code == 200


def test_a_field_passes_and_takes_runs(
    client: FlaskClient, bearer: Bearer, beat: Any, press: Any, send: Send, runs: list[dict[str, Any]]
) -> None:
    beat()
    press("self-test")
    assert beat()["tested"] is True, "the bridge lights the lamp"
    assert send("judge:A", "OpenRun", runs[0]["target"])["code"] == "self_test_running"
    wave(client, bearer, 0, 1)
    assert 'data-passes="true"' in press("finish")
    assert send("judge:A", "OpenRun", runs[0]["target"])["status"] == "accepted"
    devices = client.get("/api/v1/live/c/demo/devices", headers=bearer("referee")).get_json()["data"]
    assert devices["unassigned"] == [], "waves of a test are no question to the referee"


@pytest.mark.parametrize(
    ("facts", "waved"),
    [
        ({}, (0,)),
        ({"levels": {"0": True, "1": False}}, (0, 1)),
        ({"supply_mv": 4200}, (0, 1)),
        ({"dropped": 3}, (0, 1)),
        ({"config_version": 7}, (0, 1)),
        ({"faults": [{"code": "spool_failed"}]}, (0, 1)),
        ({"clock": {"quality": "poor", "uncertainty_us": 6000.0, "rate_ppm": 0, "rtt_us": 900.0}}, (0, 1)),
        ({"clock": {"quality": "fair", "uncertainty_us": 900.0, "rate_ppm": 0, "rtt_us": 16000.0}}, (0, 1)),
        ({"link": {"state": "open", "low_latency": False}}, (0, 1)),
    ],
)
def test_what_fails_it_bars_the_field_until_a_referee_overrides(
    client: FlaskClient,
    bearer: Bearer,
    beat: Any,
    press: Any,
    send: Send,
    runs: list[dict[str, Any]],
    facts: dict[str, Any],
    waved: tuple[int, ...],
) -> None:
    beat(**facts)
    press("self-test")
    wave(client, bearer, *waved)
    press("finish")
    assert send("judge:A", "OpenRun", runs[0]["target"])["code"] == "self_test_failed"
    press("override", "organiser", reason="no")
    assert send("judge:A", "OpenRun", runs[0]["target"])["code"] == "self_test_failed"
    press("override", reason="the spare gate comes at noon")
    assert send("judge:A", "OpenRun", runs[0]["target"])["status"] == "accepted"


def test_a_field_without_a_controller_fails(press: Any, send: Send, runs: list[dict[str, Any]]) -> None:
    press("self-test")
    assert 'data-bar="self_test_failed"' in press("finish")


def test_a_flickering_beam_fails(client: FlaskClient, bearer: Bearer, beat: Any, press: Any) -> None:
    beat()
    press("self-test")
    wave(client, bearer, *[0] * 30, 1)
    assert 'data-bar="self_test_failed"' in press("finish")


def test_a_test_is_not_started_while_a_run_is_on_the_field(
    press: Any, send: Send, runs: list[dict[str, Any]]
) -> None:
    send("judge:A", "OpenRun", runs[0]["target"])
    assert send("referee", "StartSelfTest", FIELD)["code"] == "field_busy"


def test_the_result_of_a_test_is_not_taken_from_outside(send: Send) -> None:
    send("referee", "StartSelfTest", FIELD)
    checks = [{"code": "no_fault", "passed": True}]
    assert send("referee", "FinishSelfTest", FIELD, {"checks": checks})["code"] == "command_internal"


def test_the_page_wires_a_board_and_keeps_the_others(client: FlaskClient, bearer: Bearer, press: Any) -> None:
    page = client.get(f"{PAGE}?board=far", headers=bearer("organiser")).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    form = {
        "csrf_token": token[1],
        "version": "0",
        "board": "far",
        "role-4": "split",
        "number-4": "2",
        "laps": "x",
    }
    client.post("/desk/c/demo/field/A/wiring", data=form, headers=bearer("organiser"))
    assert "alert-danger" in client.get(PAGE, headers=bearer("organiser")).text
    form |= {"laps": "", "shortest_s": "2,5", "lanes-4": "A, B"}
    client.post("/desk/c/demo/field/A/wiring", data=form, headers=bearer("organiser"))
    told = client.post(
        "/api/v1/devices/heartbeat", json=SOUND | {"device": "far"}, headers=bearer("field_controller:A")
    ).get_json()["config"]
    assert list(told["channels"]) == ["4"]
    others = client.post(
        "/api/v1/devices/heartbeat", json=SOUND, headers=bearer("field_controller:A")
    ).get_json()
    assert list(others["config"]["channels"]) == ["0", "1"]
