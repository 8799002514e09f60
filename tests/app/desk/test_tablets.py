"""A lost tablet: signed out at the desk in one tap, while the judge's other tablet goes on."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from uuid_utils import uuid7

from tests.app.conftest import tokens
from tests.app.desk.desking import Desk, said

PAGE = "/desk/c/demo/accounts"


def signed_in(app: Flask) -> FlaskClient:
    """A tablet of its own, signed in to the judge of field A by the PIN."""
    client = app.test_client()
    judge = next(a for a in tokens(app)["accounts"] if a["role"] == "judge" and a["fields"] == ["A"])
    answer = client.post("/api/v1/sign-in", json={"account": judge["account"], "pin": judge["pin"]})
    assert answer.status_code == 200, answer.text
    return client


def test_a_lost_tablet_is_signed_out_and_no_other(
    app: Flask, client: FlaskClient, bearer: Callable[[str], dict[str, str]]
) -> None:
    organiser = Desk(client, bearer("organiser"))
    assert "No device is signed in." in organiser.get(PAGE)
    lost, kept = signed_in(app), signed_in(app)
    device = lost.get("/api/v1/me").get_json()["device"]
    page = organiser.get(PAGE)
    assert len(said(page, "sign-out-device")) == 2
    ways = re.findall(r'action="([^"]+/devices/[^"]+/sign-out)"', page)
    way = next(one for one in ways if device in one)
    assert "The device is signed out." in organiser.post(PAGE, way, {})
    assert lost.get("/api/v1/me").status_code == 401
    assert kept.get("/api/v1/me").status_code == 200
    assert len(said(organiser.get(PAGE), "sign-out-device")) == 1


def test_a_lost_tablet_is_told_by_when_it_was_seen_and_what_it_did(
    app: Flask, client: FlaskClient, bearer: Callable[[str], dict[str, str]]
) -> None:
    organiser = Desk(client, bearer("organiser"))
    tablet = signed_in(app)
    page = organiser.get(PAGE)
    assert page.index("sign-out-device") < page.index("Who may sign in")
    assert said(page, "last-use") == ["–"]
    queue = tablet.get("/api/v1/live/c/demo/field/A/judging").get_json()["data"]
    run = queue["runs"][0]
    opening = {"id": str(uuid7()), "type": "OpenRun", "target": run["target"], "payload": {}}
    receipt = tablet.post("/api/v1/commands", json={"commands": [opening]}).get_json()["receipts"][0]
    assert receipt["status"] == "accepted", receipt
    page = organiser.get(PAGE)
    assert said(page, "last-use")[0].startswith(f"put on the field, field A, № {run['entry']['number']}")
    assert re.fullmatch(r"\d\d\.\d\d \d\d:\d\d", said(page, "last-seen")[0])
