"""What the hall is told: an emergency, announcements, the wall, delays, and who is called to a field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import sleep
from typing import Any
from zoneinfo import ZoneInfo

from flask.testing import FlaskClient

from app.displays.notices import Notices
from app.pipeline import Pipeline
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


def test_a_judge_calls_only_to_a_field_of_theirs(send: Send, runs: list[dict[str, Any]]) -> None:
    assert send("judge:B", "CallRun", runs[0]["target"])["code"] == "field_of_another"
    for role in ("judge:A", "referee", "organiser"):
        assert send(role, "CallRun", runs[0]["target"])["status"] == "accepted"


def in_minutes(minutes: float) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()


def test_an_announcement_is_in_every_language_until_its_time_or_until_somebody_ends_it(
    send: Send, client: FlaskClient
) -> None:
    lunch = {"text": {"kk": "13:00-ге дейін түскі ас"}, "until_at": in_minutes(30)}
    assert send("judge:A", "Announce", "c/demo", lunch)["code"] == "not_allowed"
    assert send("referee", "Announce", "c/demo", lunch)["status"] == "accepted"
    [told] = topic(client, "notices")["data"]["announcements"]
    assert set(told["text"].values()) == {"13:00-ге дейін түскі ас"}
    assert told["since_utc"] < told["until_utc"]
    end = {"announcement": told["id"]}
    assert send("organiser", "EndAnnouncement", "c/demo", end)["status"] == "accepted"
    assert topic(client, "notices")["data"]["announcements"] == []
    assert send("organiser", "EndAnnouncement", "c/demo", end)["code"] == "announcement_unknown"


def test_announcements_are_few_short_and_to_come(send: Send, client: FlaskClient) -> None:
    words = {"ru": "Обед"}
    for wrong, code in (
        ({"text": {"kk": "  "}, "until_at": in_minutes(5)}, "payload_invalid"),
        ({"text": {"kk": "x" * 201}, "until_at": in_minutes(5)}, "payload_invalid"),
        ({"text": words, "until_at": in_minutes(-1)}, "announcement_over"),
        ({"text": words, "until_at": in_minutes(24 * 60 + 5)}, "announcement_over"),
    ):
        assert send("organiser", "Announce", "c/demo", wrong)["code"] == code
    for _ in range(3):
        good = {"text": words, "until_at": in_minutes(5)}
        assert send("organiser", "Announce", "c/demo", good)["status"] == "accepted"
    assert send("organiser", "Announce", "c/demo", good)["code"] == "announcements_full"


def test_what_is_over_makes_room(send: Send, pipeline: Pipeline) -> None:
    for _ in range(3):
        soon = {"text": {"en": "Soon over"}, "until_at": in_minutes(0.005)}
        assert send("organiser", "Announce", "c/demo", soon)["status"] == "accepted"
    sleep(0.4)
    after = {"text": {"en": "After"}, "until_at": in_minutes(5)}
    assert send("organiser", "Announce", "c/demo", after)["status"] == "accepted"
    state = pipeline.state("c/demo")
    assert state is not None
    assert [one["text"]["kk"] for one in state[Notices].announcements] == ["After"]


def test_the_desk_announces_and_ends_it(client: FlaskClient, bearer: Callable[[str], dict[str, str]]) -> None:
    client.application.config["WTF_CSRF_ENABLED"] = False
    page, headers = "/desk/c/demo/notices", bearer("organiser")
    now = datetime.now(ZoneInfo("Asia/Almaty"))
    soon, past = (f"{now + timedelta(minutes=minutes):%H:%M}" for minutes in (3, -3))
    empty = client.post(f"{page}/announce", data={"until_at": soon}, headers=headers)
    assert empty.status_code == 400
    assert 'data-testid="error-kk"' in empty.text
    if (now.hour, now.minute) > (0, 3):
        over = client.post(f"{page}/announce", data={"ru": "Обед", "until_at": past}, headers=headers)
        assert 'data-testid="error-until_at"' in over.text
    said = client.post(f"{page}/announce", data={"ru": "Обед", "until_at": soon}, headers=headers)
    assert said.status_code == 302
    [told] = topic(client, "notices")["data"]["announcements"]
    assert "Обед" in client.get(page, headers=headers).text
    client.post(f"{page}/announce/{told['id']}/end", headers=headers)
    assert topic(client, "notices")["data"]["announcements"] == []
