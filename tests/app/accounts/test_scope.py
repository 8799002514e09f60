"""An account is closed by those it belongs to, and once closed it opens nothing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from uuid_utils import uuid7

from app.accounts.routes import open_account
from app.eventlog.deciding import SYSTEM, Actor, Refusal
from app.pipeline import Pipeline, make_command
from tests.app.conftest import Send

Bearer = Callable[[str], dict[str, str]]


def give(pipeline: Pipeline, actor: Actor, type_: str, target: str, payload: dict[str, Any]) -> str:
    command = make_command(str(uuid7()), type_, target, payload, actor)
    code: str = pipeline.submit([command], actor)[0]["code"]
    return code


@pytest.mark.parametrize("type_", ["RevokeAccount", "ChangePin"])
def test_an_organiser_of_one_competition_leaves_the_accounts_of_another_alone(
    client: FlaskClient, pipeline: Pipeline, access: dict[str, Any], bearer: Bearer, send: Send, type_: str
) -> None:
    names = {"kk": "Б", "ru": "Б", "en": "B"}
    facts = {"name": names, "venue": "x", "starts_on": "2026-04-01", "ends_on": "2026-04-02"}
    assert send("organiser", "CreateCompetition", "c/other", facts)["status"] == "accepted"
    stranger = Actor("stranger", "s", "organiser", "other")
    for role in ("judge", "organiser"):
        payload = {"account": access["roles"][role]["account"]}
        payload |= {"pin_hash": "x"} if type_ == "ChangePin" else {}
        assert give(pipeline, stranger, type_, "c/other", payload) == "account_unknown"
        assert give(pipeline, stranger, type_, "c/demo", payload) == "not_allowed"
        assert give(pipeline, stranger, type_, "installation", payload) == "not_allowed"
        assert client.get("/api/v1/me", headers=bearer(role)).status_code == 200


def test_a_closed_account_opens_nothing(
    app: Flask, pipeline: Pipeline, access: dict[str, Any], bearer: Bearer
) -> None:
    judge = access["roles"]["judge"]
    tablet = app.test_client()
    pin = {"account": judge["account"], "pin": judge["pin"]}
    assert tablet.post("/api/v1/sign-in", json=pin).status_code == 200
    payload = {"account": judge["account"]}
    assert give(pipeline, SYSTEM, "RevokeAccount", "c/demo", payload) == "stored"
    assert tablet.get("/api/v1/me").status_code == 401
    stranger = app.test_client()
    assert stranger.get("/api/v1/me", headers=bearer("judge")).status_code == 401
    assert stranger.get(f"/enter/{judge['token']}").status_code == 404
    assert stranger.post("/api/v1/sign-in", json=pin).get_json()["code"] == "pin_wrong"
    listed = stranger.get("/api/v1/sign-in/accounts").get_json()["accounts"]
    assert judge["account"] not in [account["id"] for account in listed]
    assert give(pipeline, SYSTEM, "RevokeAccount", "c/demo", payload) == "account_unknown"


def test_nobody_closes_the_account_in_use(pipeline: Pipeline, access: dict[str, Any]) -> None:
    account = access["roles"]["organiser"]["account"]
    own = Actor(account, "o", "organiser")
    assert give(pipeline, own, "RevokeAccount", "installation", {"account": account}) == "own_account"


def test_the_last_organiser_stays(pipeline: Pipeline, access: dict[str, Any]) -> None:
    """Whoever asks: two who close each other at the same moment are asked one after the other."""
    account = access["roles"]["organiser"]["account"]
    closing = {"account": account}
    assert give(pipeline, SYSTEM, "RevokeAccount", "installation", closing) == "last_organiser"
    another = {"id": "second", "name": "S", "role": "organiser"}
    assert give(pipeline, SYSTEM, "CreateAccount", "installation", another) == "stored"
    first, second = Actor(account, "f", "organiser"), Actor("second", "s", "organiser")
    assert give(pipeline, first, "RevokeAccount", "installation", {"account": "second"}) == "stored"
    assert give(pipeline, second, "RevokeAccount", "installation", closing) == "last_organiser"


def test_what_makes_accounts_is_not_taken_from_outside(send: Send) -> None:
    payload = {"id": "x", "name": "x", "role": "organiser"}
    for target in ("installation", "c/demo"):
        assert send("organiser", "CreateAccount", target, payload)["code"] == "command_internal"


def test_an_account_that_was_refused_is_not_given_out(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(Refusal, match="target_of_wrong_kind"):
        open_account("judge", "J", "123456", "c/demo/field/A")


def test_tries_at_an_account_are_limited_over_all_strangers_devices(
    app: Flask, access: dict[str, Any]
) -> None:
    judge, referee = access["roles"]["judge"], access["roles"]["referee"]
    wrong = {"account": judge["account"], "pin": "x"}
    right = {"account": judge["account"], "pin": judge["pin"]}
    own, addresses = app.test_client(), cycle(f"10.0.0.{n}" for n in range(9))
    assert own.post("/api/v1/sign-in", json=right).status_code == 200
    own.post("/api/v1/sign-out", json={})

    def tried(body: dict[str, str], device: FlaskClient | None = None) -> str:
        asked = (device or app.test_client()).post(
            "/api/v1/sign-in", json=body, environ_base={"REMOTE_ADDR": next(addresses)}
        )
        code: str = asked.get_json().get("code", "in")
        return code

    assert {tried(wrong) for _ in range(20)} == {"pin_wrong"}
    assert tried(wrong) == "too_many_tries"
    assert tried(right) == "too_many_tries"
    assert tried({"account": referee["account"], "pin": referee["pin"]}) == "in"
    assert tried(right, own) == "in", "a device that was signed in before is not held up by strangers"


def test_who_leaves_the_cookie_out_is_held_up_by_address(app: Flask, access: dict[str, Any]) -> None:
    judge = access["roles"]["judge"]
    wrong = {"account": judge["account"], "pin": "x"}
    statuses = [app.test_client().post("/api/v1/sign-in", json=wrong).status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]
    right = {"account": judge["account"], "pin": judge["pin"]}
    elsewhere = {"REMOTE_ADDR": "10.0.0.9"}
    asked = app.test_client().post("/api/v1/sign-in", json=right, environ_base=elsewhere)
    assert asked.status_code == 200


def test_who_has_to_wait_is_told_how_long(app: Flask, access: dict[str, Any]) -> None:
    judge, client = access["roles"]["judge"], app.test_client()
    for _ in range(5):
        client.post("/api/v1/sign-in", json={"account": judge["account"], "pin": "x"})
    told = client.post("/api/v1/sign-in?lang=en", json={"account": judge["account"], "pin": "x"})
    assert (told.status_code, told.headers["Retry-After"]) == (429, "30")
    assert "in 1 min" in told.get_json()["detail"]
    page = client.get("/sign-in").get_data(as_text=True)
    form = {"csrf_token": page.split('name="csrf_token" value="')[1].split('"')[0], "pin": "x"}
    again = client.post("/sign-in?lang=en", data=form | {"account": judge["account"]})
    assert again.status_code == 429
    assert "in 1 min" in again.get_data(as_text=True)


def test_made_up_accounts_are_not_counted(app: Flask) -> None:
    for number in range(30):
        body = {"account": f"nobody-{number}", "pin": "1"}
        assert app.test_client().post("/api/v1/sign-in", json=body).get_json()["code"] == "pin_wrong"
    assert app.extensions["guesses"]._tallies == {}


def test_the_first_account_is_made_once_behind_its_address(app: Flask) -> None:
    file = app.extensions["settings"].setup_token_file
    file.write_text("secret-address\n")
    client = app.test_client()
    assert client.get("/setup/wrong").status_code == 404
    assert client.get("/setup/құпия").status_code == 404
    page = client.get("/setup/secret-address").get_data(as_text=True)
    token = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    form = {"csrf_token": token, "name": "Айгүл", "pin": "12"}
    again = client.post("/setup/secret-address", data=form)
    assert "Айгүл" in again.get_data(as_text=True)
    form["pin"] = "12345678"
    assert client.post("/setup/secret-address", data=form).headers["Location"] == "/desk/"
    assert client.get("/api/v1/me").get_json()["account"]["role"] == "organiser"
    assert app.test_client().get("/setup/secret-address").status_code == 404
