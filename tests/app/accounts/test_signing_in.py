"""Signing in: PINs, links, limits, revoking, and where one lands afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts import signing_in

Bearer = Callable[[str], dict[str, str]]


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    signing_in._limiter.storage.reset()


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
