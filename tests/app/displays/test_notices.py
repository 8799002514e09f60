"""What the hall is told: an emergency, the wall, delays, and who is called to a field."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from tests.app.conftest import Send

WORDS = {"kk": "Түскі үзіліс", "ru": "Обед", "en": "Lunch"}


def topic(client: FlaskClient, name: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/live/c/demo/{name}").get_json()
    return found


def test_an_emergency_is_raised_by_a_referee_and_lifted_once(send: Send, client: FlaskClient) -> None:
    before = topic(client, "notices")
    assert before["data"]["emergency"] is None
    assert send("judge:A", "RaiseEmergency", "c/demo", {"kind": "stop"})["code"] == "not_allowed"
    assert send("referee", "RaiseEmergency", "c/demo", {"kind": "evacuate"})["status"] == "accepted"
    raised = topic(client, "notices")
    assert raised["version"] > before["version"]
    assert raised["data"]["emergency"]["kind"] == "evacuate"
    assert send("organiser", "LiftEmergency", "c/demo")["status"] == "accepted"
    assert topic(client, "notices")["data"]["emergency"] is None
    assert send("organiser", "LiftEmergency", "c/demo")["code"] == "no_emergency"


def test_words_of_ones_own_are_needed_where_they_are_shown_and_nowhere_else(send: Send) -> None:
    for payload in ({"kind": "own"}, {"kind": "stop", "text": WORDS}):
        assert send("organiser", "RaiseEmergency", "c/demo", payload)["code"] == "payload_invalid"
    own = {"kind": "own", "text": WORDS}
    assert send("organiser", "RaiseEmergency", "c/demo", own)["status"] == "accepted"


def test_the_wall_shows_its_cards_in_order(send: Send, client: FlaskClient) -> None:
    cards = [
        {"kind": kind, "title": WORDS, "text": None, "picture": None}
        for kind in ("sponsor", "rule", "message")
    ]
    assert send("organiser", "SetWall", "c/demo", {"cards": cards})["status"] == "accepted"
    assert topic(client, "notices")["data"]["cards"] == cards


def test_a_delay_and_a_call_reach_the_schedule_until_the_run_is_opened(
    send: Send, client: FlaskClient, runs: list[dict[str, Any]]
) -> None:
    assert send("referee", "SetDelay", "c/demo", {"field": "A", "minutes": 15})["status"] == "accepted"
    assert send("referee", "SetDelay", "c/demo", {"field": "Z", "minutes": 15})["code"] == "field_unknown"
    assert send("judge:A", "CallRun", runs[1]["target"])["status"] == "accepted"
    field = topic(client, "schedule")["data"]["fields"][0]
    assert field["delay_min"] == 15
    assert [run["called_at_utc"] is not None for run in field["next"][:3]] == [False, True, False]
    send("judge:A", "OpenRun", runs[1]["target"])
    now = topic(client, "schedule")["data"]["fields"][0]["now"]
    assert (now["id"], now["called_at_utc"]) == (runs[1]["id"], None)


def test_who_ran_already_or_is_unknown_is_not_called(send: Send, runs: list[dict[str, Any]]) -> None:
    send("referee", "EnterScore", runs[0]["target"], {"sheet": {"time": 20.0}}, runs[0]["version"])
    assert send("referee", "CallRun", runs[0]["target"])["code"] == "run_confirmed"
    assert send("referee", "CallRun", "c/demo/run/none")["code"] == "run_unknown"
