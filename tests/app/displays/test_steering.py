"""Screens are put up, described, claimed and steered by commands; the desk's page does it for several at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.displays.presence import Browser
from app.extensions import socketio
from tests.app.conftest import Send

Bearer = Callable[[str], dict[str, str]]
HALL = "c/demo/screen/demo-hall"
DEVICE = "0123456789abcdef" * 2


def shown(client: FlaskClient, screen: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/live/screen/{screen}").get_json()
    return found


def test_a_rotation_reaches_the_screens_topic(send: Send, client: FlaskClient) -> None:
    before = shown(client, "demo-hall")
    steps = [
        {"view": "standings", "division": "line", "region": "KZ-35", "seconds": 30},
        {"view": "field", "field": "B", "seconds": 5},
    ]
    assert send("organiser", "SetScreen", HALL, {"view": "rotation", "steps": steps})["status"] == "accepted"
    after = shown(client, "demo-hall")
    assert after["version"] > before["version"]
    assert [(s["view"], s["seconds"]) for s in after["data"]["steps"]] == [("standings", 30), ("field", 5)]
    assert send("organiser", "SetScreen", HALL, {"view": "auto", "field": "A"})["status"] == "accepted"
    assert shown(client, "demo-hall")["data"]["steps"] == []


@pytest.mark.parametrize(
    ("payload", "code", "field"),
    [
        ({"view": "field"}, "view_needs_field", "field"),
        ({"view": "standings"}, "view_needs_division", "division"),
        ({"view": "auto", "field": "Z"}, "field_unknown", "field"),
        ({"view": "standings", "division": "none"}, "division_unknown", "division"),
        ({"view": "standings", "division": "line", "region": "XX-1"}, "region_unknown", "region"),
        ({"view": "rotation", "steps": [{"view": "field", "field": "Z"}]}, "field_unknown", "field"),
        ({"view": "rotation"}, "payload_invalid", None),
        ({"view": "rotation", "steps": [{"view": "field", "field": "A", "seconds": 1}]}, "payload_invalid", None),
        ({"view": "auto", "field": "A", "steps": [{"view": "field", "field": "A"}]}, "payload_invalid", None),
    ],
)  # fmt: skip
def test_what_no_screen_could_show_is_refused(
    send: Send, client: FlaskClient, payload: dict[str, Any], code: str, field: str | None
) -> None:
    before = shown(client, "demo-hall")
    receipt = send("organiser", "SetScreen", HALL, payload)
    assert (receipt["status"], receipt["code"]) == ("refused", code)
    if field:
        assert [problem["field"] for problem in receipt["errors"]] == [field]
    assert shown(client, "demo-hall")["version"] == before["version"]


def test_only_the_organiser_steers(send: Send) -> None:
    for role in ("referee", "judge:A"):
        receipt = send(role, "SetScreen", HALL, {"view": "auto", "field": "A"})
        assert (receipt["status"], receipt["code"]) == ("refused", "not_allowed")


def test_a_removed_screen_is_gone_and_its_browser_waits_again(
    app: Flask, send: Send, client: FlaskClient
) -> None:
    send("organiser", "ClaimScreen", HALL, {"device": DEVICE})
    said = hello(app)
    assert said["screen"] == "demo-hall"
    assert send("organiser", "RemoveScreen", HALL)["status"] == "accepted"
    assert client.get("/api/v1/live/screen/demo-hall").status_code == 404
    assert send("organiser", "SetScreen", HALL, {"view": "auto", "field": "A"})["code"] == "screen_unknown"
    again = hello(app)
    assert again["screen"] is None
    assert len(again["code"]) == 4


def test_the_page_sets_a_group_and_one_more_at_once(app: Flask, client: FlaskClient, send: Send) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    for code, group in (("w1", "walls"), ("w2", "walls"), ("w3", "")):
        send("organiser", "AddScreen", "c/demo", {"code": code, "name": code, "group": group})
    desk = organiser(app)
    form = {"groups": "walls", "screens": "demo-w3", "shows": "standings:trip", "locale": "kk", "region": ""}
    assert desk.post("/desk/c/demo/screens/steer", data=form | untouched()).status_code == 302
    for screen in ("demo-w1", "demo-w2", "demo-w3"):
        data = shown(client, screen)["data"]
        assert (data["view"], data["division"], data["locale"]) == ("standings", "trip", "kk")
    assert shown(client, "demo-hall")["data"]["view"] == "auto"


def test_the_page_claims_a_waiting_browser_by_its_code(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    desk = organiser(app)
    code = hello(app)["code"]
    wrong = f"{(int(code) + 1) % 10_000:04}"
    form = {"claim-pairing": wrong, "claim-replaces": "", "claim-name": "Қабырға", "claim-place": "Фойе"}
    refused = desk.post("/desk/c/demo/screens/claim", data=form)
    assert refused.status_code == 400
    assert "error-claim-pairing" in refused.get_data(as_text=True)
    assert desk.post("/desk/c/demo/screens/claim", data=form | {"claim-pairing": code}).status_code == 302
    assert hello(app) == {"screen": "demo-s1", "code": None}
    assert shown(desk, "demo-s1")["data"]["place"] == "Фойе"
    assert DEVICE not in desk.get("/api/v1/live/screen/demo-s1").get_data(as_text=True)


def test_the_page_says_who_shows_a_screen(app: Flask) -> None:
    presence = app.extensions["presence"]
    presence.hello("sid", Browser("demo-hall", DEVICE, "192.0.2.7", (1920, 1080), "screen-old.js"))
    presence.beat("sid", 12.4, "auto A")
    desk = organiser(app)
    page = desk.get("/desk/c/demo/screens/presence?lang=en").get_data(as_text=True)
    for words in ("192.0.2.7", "1920 × 1080", "12 ms", "older version", "auto A", 'data-online="yes"'):
        assert words in page
    presence.leave("sid")
    page = desk.get("/desk/c/demo/screens/presence?lang=en").get_data(as_text=True)
    assert 'data-online="no"' in page
    assert "last seen" in page


@pytest.mark.parametrize(
    "message",
    [None, 7, [], {}, {"device": "x"}, {"device": DEVICE, "size": [1, 2], "screen": "demo-none"}],
)
def test_rubbish_and_made_up_screens_are_answered_with_nothing(app: Flask, message: Any) -> None:
    browser = socketio.test_client(app, namespace="/screens")
    answer = browser.emit("hello", message, namespace="/screens", callback=True)
    assert answer == {"screen": None, "code": None}
    assert browser.emit("beat", message, namespace="/screens", callback=True)["known"] in (True, False)
    assert app.extensions["presence"].browsers("demo-none") == []


def hello(app: Flask) -> dict[str, Any]:
    """A fresh browser's first words, over a socket of its own."""
    browser = socketio.test_client(app, namespace="/screens")
    said = {"device": DEVICE, "screen": None, "size": [1280, 720], "build": "x"}
    answer: dict[str, Any] = browser.emit("hello", said, namespace="/screens", callback=True)
    return answer


def organiser(app: Flask) -> FlaskClient:
    told = json.loads(app.extensions["settings"].access_file.read_text("utf-8"))["roles"]["organiser"]
    desk = app.test_client()
    desk.post("/api/v1/sign-in", json={"account": told["account"], "pin": told["pin"]})
    return desk


def untouched() -> dict[str, str]:
    """What the form sends besides, when nobody touched it."""
    return {"volume": "0"} | {f"steps-{n}-seconds": "20" for n in range(6)}
