"""The whole URL map, walked as each role and as nobody: reads and writes alike, in and out of one's competition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.accounts.access import PUBLIC, ROLES, declared
from app.accounts.routes import open_account
from app.accounts.signing_in import TOKEN, sign_in_row
from app.plain_http import SHOWN_TO_ALL
from tests.app.conftest import Send

Bearer = Callable[[str], dict[str, str]]
VALUES = {
    "slug": "demo",
    "code": "line",
    "extension": "json",
    "topic": "c/demo/schedule",
    "what": "demo-hall",
}
WRITES = {"POST", "PUT", "PATCH", "DELETE"}


def routes(app: Flask, **values: str) -> Iterator[tuple[str, str, Any]]:
    """``(method, path, what the view declares)`` of every route and method there is."""
    address = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        arguments = {name: (VALUES | values).get(name, "0" * 32) for name in rule.arguments}
        path = address.build(rule.endpoint, arguments)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, path, declared(app.view_functions[rule.endpoint])


@pytest.mark.parametrize("role", [*ROLES, None])
def test_nobody_is_let_in_but_those_declared(app: Flask, bearer: Bearer, role: str | None) -> None:
    """Forms want a token first, which says nothing of who may send them; here it is not asked for."""
    app.config["WTF_CSRF_ENABLED"] = False
    if role == "screen":
        with app.test_request_context():
            account = open_account("screen", "S", None, "c/demo")
        app.extensions["pipeline"].write(sign_in_row("of-screen", account, "screen", TOKEN))
        headers = {"Authorization": "Bearer of-screen"}
    else:
        headers = bearer(role) if role else {}
    refused = 0
    for method, path, allowed in routes(app):
        if allowed == PUBLIC or (role is not None and role in allowed):
            continue
        answer = app.test_client().open(
            path, method=method, headers=headers, json={} if "/api/" in path else None
        )
        assert answer.status_code == (403 if role else 401), (method, path)
        refused += 1
    assert refused >= 2


@pytest.mark.parametrize("role", ["organiser", "referee", "judge"])
def test_nobody_is_let_into_another_competition(app: Flask, bearer: Bearer, send: Send, role: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    names = {"kk": "Б", "ru": "Б", "en": "B"}
    facts = {"name": names, "venue": "x", "starts_on": "2026-04-01", "ends_on": "2026-04-02"}
    send("organiser", "CreateCompetition", "c/other", facts)
    with app.test_request_context():
        account = open_account(role, "X", None, "c/demo")
    app.extensions["pipeline"].write(sign_in_row("of-demo", account, "x", TOKEN))
    headers = {"Authorization": "Bearer of-demo"}
    tried = 0
    for method, path, allowed in routes(app, slug="other"):
        if allowed != PUBLIC and role in allowed and "/other" in path:
            answer = app.test_client().open(path, method=method, headers=headers)
            assert answer.status_code == 403, (method, path)
            tried += 1
    assert tried > 2 or role == "judge"


def test_a_route_that_declares_nothing_is_shut(app: Flask, bearer: Bearer) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    for headers in ({}, bearer("organiser")):
        assert app.test_client().get("/forgotten", headers=headers).status_code == 403


def test_no_write_is_public_but_signing_in_setting_up_and_applying(app: Flask) -> None:
    public = {path for method, path, allowed in routes(app) if method in WRITES and allowed == PUBLIC}
    pages = ("", "/withdraw", "/consents", "/protests", "/documents", f"/documents/{'0' * 32}/remove")
    by_link = {f"application/{'0' * 32}{more}" for more in pages} | {f"consent/{'0' * 32}"}
    applying = {f"/c/demo/{path}" for path in by_link | {"apply"}}
    assert public == {"/sign-in", "/api/v1/sign-in", f"/setup/{'0' * 32}", f"/enter/{'0' * 32}"} | applying


def test_every_form_asks_for_its_token(app: Flask, access: dict[str, Any]) -> None:
    desk = app.test_client()
    organiser = access["roles"]["organiser"]
    desk.post("/api/v1/sign-in", json={"account": organiser["account"], "pin": organiser["pin"]})
    tried = 0
    for method, path, _allowed in routes(app):
        if method in WRITES and not path.startswith("/api/"):
            answer = desk.open(path, method=method, data={"name": "x"})
            assert answer.status_code == 400, path
            assert "origin_foreign" in answer.get_data(as_text=True), path
            tried += 1
    assert tried > 5
    assert desk.get("/api/v1/me").status_code == 200


@pytest.mark.parametrize("authorization", [None, "Basic eDp5", "bearer x"])
def test_every_write_of_the_api_is_refused_to_other_sites(
    app: Flask, access: dict[str, Any], authorization: str | None
) -> None:
    judge = access["roles"]["judge"]
    tablet = app.test_client()
    tablet.post("/api/v1/sign-in", json={"account": judge["account"], "pin": judge["pin"]})
    evil = {"Origin": "https://evil.example"} | ({"Authorization": authorization} if authorization else {})
    for method, path, _allowed in routes(app):
        if method in WRITES and path.startswith("/api/"):
            bodies: tuple[dict[str, Any], ...] = ({"json": {}}, {"data": "{}", "content_type": "text/plain"})
            for content in bodies:
                answer = tablet.open(path, method=method, headers=evil, **content)
                assert answer.status_code == 403, path
                assert answer.get_json()["code"] in ("origin_foreign", "not_allowed"), path
    assert tablet.get("/api/v1/me").status_code == 200


def test_every_answer_has_a_policy(app: Flask, bearer: Bearer) -> None:
    for headers in ({}, bearer("organiser"), bearer("judge")):
        for method, path, _allowed in routes(app):
            answer = app.test_client().open(path, method=method, headers=headers)
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'self'" in policy, path
            assert "unsafe" not in policy, path
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.status_code < 500, (method, path)


def test_nothing_private_is_kept_by_a_browser(app: Flask, bearer: Bearer) -> None:
    """What may be kept after all is asked for again each time, and only by whoever got it."""
    asked_again = {"/judge/", "/judge/sw.js", "/judge/manifest.webmanifest"}
    address, kept = app.url_map.bind("localhost"), set()
    for headers in ({}, bearer("organiser"), bearer("judge"), bearer("reader")):
        for method, path, _allowed in routes(app):
            if path in asked_again or address.match(path, method)[0] in SHOWN_TO_ALL:
                continue
            answer = app.test_client().open(path, method=method, headers=headers)
            caching = answer.headers["Cache-Control"]
            assert caching in ("no-store", "private, no-cache"), (method, path, caching)
            kept |= {path} if caching != "no-store" else set()
    assert all(path.startswith("/api/v1/c/demo") for path in kept), kept


def test_browsers_are_held_to_https_only_by_a_certificate_of_the_owners_own(app: Flask) -> None:
    of_local_authority = app.test_client().get("/c/demo", base_url="https://hall.example")
    assert "Strict-Transport-Security" not in of_local_authority.headers
    app.extensions["settings"] = replace(app.extensions["settings"], certificate=Path("own.pem"))
    over_tls = app.test_client().get("/c/demo", base_url="https://hall.example")
    assert over_tls.headers["Strict-Transport-Security"] == "max-age=15552000"
    assert "Strict-Transport-Security" not in app.test_client().get("/c/demo").headers


def test_pages_hold_no_script_the_policy_would_stop(app: Flask, bearer: Bearer) -> None:
    for method, path, _allowed in routes(app):
        if method == "GET":
            answer = app.test_client().get(path, headers=bearer("organiser"))
            if answer.mimetype == "text/html":
                text = answer.get_data(as_text=True)
                assert "<script>" not in text, path
                assert " onclick=" not in text, path
                assert " style=" not in text, path
                assert "<style" not in text, path


def test_tags_between_reads_spare_the_body(app: Flask) -> None:
    """What tablets and screens ask for again and again is answered with 304 while it is the same."""
    client = app.test_client()
    for path in (
        "/api/v1/live/c/demo/field/A",
        "/api/v1/live/c/demo/division/line/standings",
        "/api/v1/c/demo/divisions/line/ruleset",
    ):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert first.headers["Cache-Control"] in ("no-cache", "public, max-age=0, s-maxage=1")
        assert client.get(path, headers={"If-None-Match": '"another"'}).data == first.data
