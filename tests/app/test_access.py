"""Every route declares who may open it, and everyone else is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.access import PUBLIC, ROLES, declared

from .conftest import Send

Bearer = Callable[[str], dict[str, str]]


def test_every_route_declares_its_access(app: Flask) -> None:
    undeclared = [
        rule.rule for rule in app.url_map.iter_rules() if not declared(app.view_functions[rule.endpoint])
    ]
    assert undeclared == []


@pytest.mark.parametrize("role", [*ROLES, None])
def test_each_route_lets_in_whom_it_declares_and_nobody_else(
    app: Flask, bearer: Bearer, role: str | None
) -> None:
    client = app.test_client()
    headers = bearer(role) if role else {}
    for rule in app.url_map.iter_rules():
        allowed = declared(app.view_functions[rule.endpoint])
        if allowed == PUBLIC or "GET" not in (rule.methods or ()):
            continue
        path = rule.rule.replace("<slug>", "demo").replace("<code>", "line").replace("<extension>", "json")
        path = path.replace("<int:number>", "1")
        status = client.get(path.replace("<name>", "0" * 32), headers=headers).status_code
        if role is None:
            assert status == 401, path
        elif role in allowed:
            assert status in (200, 302, 404), (path, status)
        else:
            assert status == 403, path


def test_an_account_of_one_competition_sees_no_other(client: FlaskClient, bearer: Bearer, send: Send) -> None:
    names = {"kk": "Б", "ru": "Б", "en": "B"}
    facts = {"name": names, "venue": "x", "starts_on": "2026-04-01", "ends_on": "2026-04-02"}
    assert send("organiser", "CreateCompetition", "c/other", facts)["status"] == "accepted"
    assert client.get("/desk/c/other/runs", headers=bearer("referee")).status_code == 403
    assert client.get("/desk/c/other/runs", headers=bearer("organiser")).status_code == 200
    assert client.get("/api/v1/live/c/other/devices", headers=bearer("judge")).status_code == 403
    assert send("referee", "AddField", "c/other", {"code": "A", "name": "A"})["code"] == "not_allowed"


def test_a_judge_scores_only_on_a_field_of_theirs(send: Send, runs: list[dict[str, Any]]) -> None:
    run = runs[0]
    receipt = send("judge:B", "EnterScore", run["target"], {"sheet": {"time": 20.0}}, run["version"])
    assert (receipt["status"], receipt["code"]) == ("refused", "field_of_another")


def test_another_sites_request_with_our_cookie_is_refused(
    client: FlaskClient, access: dict[str, Any]
) -> None:
    judge = next(a for a in access["accounts"] if a["role"] == "judge")
    client.post("/api/v1/sign-in", json={"account": judge["account"], "pin": judge["pin"]})
    foreign = client.post(
        "/api/v1/commands", json={"commands": []}, headers={"Origin": "https://evil.example"}
    )
    assert foreign.status_code == 403
    assert foreign.get_json()["code"] == "origin_foreign"
    plain = client.post("/api/v1/commands", data='{"commands": []}', content_type="text/plain")
    assert plain.status_code == 403
    assert client.post("/api/v1/commands", json={"commands": []}).status_code == 200


def test_a_form_without_its_token_is_refused(client: FlaskClient, access: dict[str, Any]) -> None:
    organiser = access["roles"]["organiser"]
    client.post("/api/v1/sign-in", json={"account": organiser["account"], "pin": organiser["pin"]})
    answer = client.post("/desk/c/demo/fields", data={"field-code": "Z", "field-name": "Z"})
    assert answer.status_code == 400
    assert b"origin_foreign" in answer.data


@pytest.mark.parametrize("path", ["/", "/sign-in", "/c/demo", "/judge/", "/nothing", "/screen/demo-hall"])
def test_every_page_has_a_policy(client: FlaskClient, path: str) -> None:
    policy = client.get(path).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
