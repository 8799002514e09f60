"""Signing in: PINs, links, limits, revoking, and where one lands afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urlparse

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.routes import open_account
from app.accounts.signing_in import TOKEN, sign_in_row

Bearer = Callable[[str], dict[str, str]]
OPENING = {"Accept": "text/html,application/xhtml+xml"}
"""What a browser says that opens a page."""


def judge_of(access: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(a for a in access["accounts"] if a["role"] == "judge")
    return found


def test_a_pin_signs_this_device_in(client: FlaskClient, access: dict[str, Any]) -> None:
    judge = judge_of(access)
    answer = client.post("/api/v1/sign-in", json={"account": judge["account"], "pin": judge["pin"]})
    assert answer.status_code == 200
    assert client.get("/api/v1/me").get_json()["account"]["id"] == judge["account"]
    client.post("/api/v1/sign-out", json={})
    assert client.get("/api/v1/me").status_code == 401


def test_a_wrong_pin_is_refused_and_tries_are_limited_per_device(app: Flask, access: dict[str, Any]) -> None:
    judge, guesser = judge_of(access), app.test_client()
    wrong = {"account": judge["account"], "pin": "000000" if judge["pin"] != "000000" else "111111"}
    codes = [guesser.post("/api/v1/sign-in", json=wrong).get_json()["code"] for _ in range(6)]
    assert codes == ["pin_wrong"] * 5 + ["too_many_tries"]
    right = {"account": judge["account"], "pin": judge["pin"]}
    assert guesser.post("/api/v1/sign-in", json=right).status_code == 429
    assert app.test_client().post("/api/v1/sign-in", json=right).status_code == 200


def test_a_link_signs_in_and_a_wrong_one_does_not(app: Flask, access: dict[str, Any]) -> None:
    tablet = app.test_client()
    assert tablet.get(f"/enter/{judge_of(access)['token']}").headers["Location"] == "/judge/"
    assert tablet.get("/api/v1/me").get_json()["account"]["role"] == "judge"
    assert app.test_client().get("/enter/nonsense").status_code == 404


def test_a_link_never_makes_somebody_else_of_who_is_signed_in_without_asking(
    app: Flask, access: dict[str, Any]
) -> None:
    judge, referee, tablet = judge_of(access), access["roles"]["referee"], app.test_client()
    tablet.get(f"/enter/{judge['token']}")
    page = tablet.get(f"/enter/{referee['token']}?lang=en")
    assert f"This device is signed in as {judge['name']}." in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert tablet.get("/api/v1/me").get_json()["account"]["id"] == judge["account"]
    assert tablet.post(f"/enter/{referee['token']}").status_code == 400, "another site cannot press it"
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    pressed = tablet.post(f"/enter/{referee['token']}", data={"csrf_token": token})
    assert pressed.headers["Location"] == "/judge/"
    assert tablet.get("/api/v1/me").get_json()["account"]["id"] == referee["account"]
    assert tablet.get(f"/enter/{referee['token']}").headers["Location"] == "/judge/", "one's own again"
    assert tablet.post("/enter/nonsense", data={"csrf_token": token}).status_code == 404


def test_only_a_link_signs_in(app: Flask, access: dict[str, Any]) -> None:
    """A device's own secret, or a controller's token, is no address to sign in by."""
    with app.test_request_context():
        account = open_account("field_controller", "C", None, "c/demo")
    app.extensions["pipeline"].write(sign_in_row("of-controller", account, "controller", TOKEN))
    assert app.test_client().get("/enter/of-controller").status_code == 404


def test_an_organisers_pin_is_longer(access: dict[str, Any]) -> None:
    assert len(access["roles"]["organiser"]["pin"]) == 8
    assert len(access["roles"]["judge"]["pin"]) == 6


def test_a_new_pin_signs_devices_out(app: Flask, access: dict[str, Any]) -> None:
    judge, organiser = judge_of(access), access["roles"]["organiser"]
    tablet, desk = app.test_client(), app.test_client()
    tablet.get(f"/enter/{judge['token']}")
    desk.post("/api/v1/sign-in", json={"account": organiser["account"], "pin": organiser["pin"]})
    page = desk.get("/desk/c/demo/accounts").get_data(as_text=True)
    token = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    answer = desk.post(f"/desk/c/demo/accounts/{judge['account']}/pin", data={"csrf_token": token})
    assert answer.status_code == 200
    assert tablet.get("/api/v1/me").status_code == 401
    old = {"account": judge["account"], "pin": judge["pin"]}
    assert app.test_client().post("/api/v1/sign-in", json=old).status_code == 401


@pytest.mark.parametrize("away", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(
    client: FlaskClient, access: dict[str, Any], away: str
) -> None:
    judge = judge_of(access)
    page = client.get("/sign-in").get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"account": judge["account"], "pin": judge["pin"], "next": away, "csrf_token": token}
    assert client.post("/sign-in", data=form).headers["Location"] == "/judge/"


@pytest.mark.parametrize("wanted", ["http://[x", "//[x", "https://elsewhere.example/", "/\\elsewhere"])
def test_nobody_is_led_elsewhere_and_nonsense_is_no_mistake_of_ours(client: FlaskClient, wanted: str) -> None:
    answer = client.get("/sign-in", query_string={"next": wanted})
    assert answer.status_code == 200
    assert wanted not in answer.text


def test_who_opens_a_page_signed_out_signs_in_and_comes_to_it(app: Flask, access: dict[str, Any]) -> None:
    browser = app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False
    organiser = next(one for one in access["accounts"] if one["role"] == "organiser")
    pin = {"account": organiser["account"], "pin": organiser["pin"]}
    for page in ("/desk/", "/desk/c/demo/log?what=teams&team=7"):
        answer = browser.get(page, headers=OPENING)
        assert answer.status_code == 302
        assert urlparse(answer.location).path == "/sign-in"
        form = browser.get(answer.location, headers=OPENING)
        found = re.search(r'name="next" value="([^"]+)"', form.text)
        assert found, form.text
        signed_in = browser.post("/sign-in", data=pin | {"next": unescape(found.group(1))})
        assert (signed_in.status_code, signed_in.location) == (302, page)
        assert browser.get(page, headers=OPENING).status_code == 200
        browser.post("/sign-out")


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("POST", "/desk/c/demo/applications/terms", {"Accept": "text/html"}),
        ("GET", "/api/v1/me", {"Accept": "text/html"}),
        ("GET", "/desk/c/demo/now/cards", {"Accept": "text/html", "HX-Request": "true"}),
        ("GET", "/desk/", {"Accept": "*/*"}),
    ],
)
def test_what_is_no_page_opened_in_a_browser_is_told_401(
    app: Flask, method: str, path: str, headers: dict[str, str]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    answer = app.test_client().open(path, method=method, headers=headers)
    assert answer.status_code == 401
    assert "sign_in_needed" in answer.text


@pytest.mark.parametrize(
    "next_", ["//evil.example/", "/\t/evil.example", "https://evil.example/", "/\\evil.example"]
)
def test_after_signing_in_nobody_is_led_to_another_site(
    app: Flask, access: dict[str, Any], next_: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    judge = next(one for one in access["accounts"] if one["role"] == "judge")
    data = {"account": judge["account"], "pin": judge["pin"], "next": next_}
    answer = app.test_client().post("/sign-in", data=data)
    assert (answer.status_code, answer.location) == (302, "/judge/")
