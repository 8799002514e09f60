"""The desk's pages of accounts: organisers of the installation, devices of all roles, wrong PINs, links' last day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.routes import open_account
from app.accounts.signing_in import TOKEN, sign_in_row
from app.desk.access.sign_in_links import lasts
from tests.app.desk.desking import Desk, said

PAGE = "/desk/accounts"
OF_DEMO = "/desk/c/demo/accounts"
Bearer = Callable[[str], dict[str, str]]


@pytest.fixture
def organiser(client: FlaskClient, bearer: Bearer) -> Desk:
    return Desk(client, bearer("organiser"))


def signed_in(app: Flask, account: str, pin: str) -> FlaskClient:
    device = app.test_client()
    answer = device.post("/api/v1/sign-in", json={"account": account, "pin": pin})
    assert answer.status_code == 200, answer.text
    return device


def way(page: str, account: str, what: str) -> str:
    """Where a button of an account's row leads."""
    [found] = re.findall(rf'action="([^"]*/{account}/{what})"', page)
    return str(found)


def test_another_organiser_is_opened_given_a_new_pin_and_closed(
    app: Flask, organiser: Desk, access: dict[str, Any]
) -> None:
    page = organiser.post(PAGE, PAGE, {"name": "Second"})
    [pin] = said(page, "new-pin")
    assert len(pin) == 8
    [link] = re.findall(r'href="[^"]*(/enter/[^"]+)" data-testid="sign-in-link"', page)
    first = access["roles"]["organiser"]["account"]
    ids = re.findall(r'action="/desk/accounts/([^"/]+)/pin"', page)
    [second] = [id_ for id_ in ids if id_ != first]
    phone = app.test_client()
    assert phone.get(link).headers["Location"] == "/desk/"
    laptop = signed_in(app, second, pin)
    assert len(said(organiser.get(PAGE), "sign-out-device")) == 2
    [newer] = said(organiser.post(PAGE, way(page, second, "pin"), {}), "new-pin")
    assert phone.get("/api/v1/me").status_code == laptop.get("/api/v1/me").status_code == 401
    laptop = signed_in(app, second, newer)
    closed = organiser.post(PAGE, way(page, second, "revoke"), {})
    assert "The account is closed" in closed
    assert laptop.get("/api/v1/me").status_code == 401
    assert "Second" not in organiser.get(PAGE)


def test_the_account_in_use_and_the_last_one_stay(organiser: Desk, access: dict[str, Any]) -> None:
    own = access["roles"]["organiser"]["account"]
    refused = organiser.post(PAGE, f"{PAGE}/{own}/revoke", {})
    assert "You cannot close the account you are using." in refused


def test_an_organiser_of_one_competition_stays_out(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        account = open_account("organiser", "Of demo", None, "c/demo")
    app.extensions["pipeline"].write(sign_in_row("of-demo", account, "x", TOKEN))
    own = Desk(client, {"Authorization": "Bearer of-demo"})
    own.get(PAGE, expected=403)
    assert 'href="/desk/accounts"' not in own.get(OF_DEMO)


def test_devices_of_every_role_are_listed(app: Flask, organiser: Desk, access: dict[str, Any]) -> None:
    for role in ("volunteer", "referee", "judge"):
        signed_in(app, access["roles"][role]["account"], access["roles"][role]["pin"])
    with app.test_request_context():
        account = open_account("organiser", "Of demo", None, "c/demo")
    app.extensions["pipeline"].write(sign_in_row("x", account, "laptop", TOKEN))
    page = organiser.get(OF_DEMO)
    assert len(said(page, "sign-out-device")) == 4
    signed_in(app, access["roles"]["organiser"]["account"], access["roles"]["organiser"]["pin"])
    page = organiser.get(PAGE)
    assert len(said(page, "sign-out-device")) == 1
    [out] = re.findall(r'action="([^"]+/sign-out)"', page.split('data-testid="devices"')[1])
    assert "The device is signed out." in organiser.post(PAGE, out, {})


def test_the_desk_is_told_of_many_wrong_pins_until_there_is_a_new_one(
    app: Flask, organiser: Desk, access: dict[str, Any]
) -> None:
    judge = access["roles"]["judge"]
    assert said(organiser.get(OF_DEMO), "wrong-pins") == []
    for _ in range(10):
        app.test_client().post("/api/v1/sign-in", json={"account": judge["account"], "pin": "x"})
    [told] = said(organiser.get(OF_DEMO), "wrong-pins")
    assert told.startswith(f"Many wrong PINs for {judge['name']} of late: 10,")
    page = organiser.post(OF_DEMO, f"{OF_DEMO}/{judge['account']}/pin", {})
    assert said(page, "wrong-pins") == []
    [pin] = said(page, "new-pin")
    signed_in(app, judge["account"], pin)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-03-20T10:00", "2026-04-03T19:00"),
        ("2026-04-02T18:59", "2026-04-03T19:00"),
        ("2026-05-01T10:00", "2026-05-02T10:00"),
    ],
)
def test_a_link_opens_until_a_day_after_the_competition(now: str, until: str) -> None:
    """Its last day, 2 April, ends at 19:00 UTC in Kazakhstan; one made later is good for a day."""
    setup: Any = SimpleNamespace(facts={"zone": "Asia/Almaty", "ends_on": "2026-04-02"})
    made, over = (datetime.fromisoformat(at).replace(tzinfo=UTC) for at in (now, until))
    assert made + lasts(setup, made) == over
    assert lasts(None, made) == timedelta(days=30)
