"""Limits on what strangers send: nobody's flood takes from others what is theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, request
from limits import RateLimitItemPerHour

from app import create_app
from app.applications import limiting
from app.registry.state import People
from app.settings import Settings

from .conftest import Open, filled, version
from .test_applying import ids_of, only
from .test_consents import links

Terms = Callable[..., None]
TICKED = {"results": "y", "signed_by": "Қуаныш Сара", "relation": "mother"}


@pytest.fixture
def used_up(web: Open, terms: Terms, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an application that was the last its network address may hand in."""
    terms()
    monkeypatch.setattr(limiting, "OF_AN_ADDRESS", RateLimitItemPerHour(1))
    own: str = web("/c/demo/apply", **filled()).location.split("?")[0]
    assert web("/c/demo/apply", **filled(team="Тағы")).status_code == 400
    return own


def test_others_applications_use_up_nobodys_own(app: Flask, web: Open, used_up: str) -> None:
    page = web(used_up)
    changed = filled(team="Жебе") | ids_of(page.text) | {"version": version(page.text)}
    assert web(used_up, **changed).status_code == 302
    address = consents_of(web, used_up)[0]
    assert web(address, **TICKED).status_code == 302


def test_each_secret_address_has_an_allowance_of_its_own(
    web: Open, used_up: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *_ = consents_of(web, used_up)
    monkeypatch.setattr(limiting, "OF_A_TOKEN", RateLimitItemPerHour(1))
    assert web(first, **TICKED).status_code == 302
    assert "Too much was sent" in web(f"{first}?lang=en", **TICKED).text
    assert web(second, **TICKED).status_code == 302


def test_a_consent_can_be_taken_back_whatever_was_sent(
    app: Flask, web: Open, used_up: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = consents_of(web, used_up)[0]
    monkeypatch.setattr(limiting, "OF_A_TOKEN", RateLimitItemPerHour(1))
    assert web(address, **TICKED).status_code == 302
    assert web(address, **TICKED).status_code == 400
    assert web(address, revoke="1").status_code == 302
    known = app.extensions["pipeline"].state("c/demo")[People].by_id.values()
    assert [one.ticks.revoked for one in known if one.ticks] == [True]


def test_taking_it_back_again_and_again_fills_nothing(app: Flask, web: Open, used_up: str) -> None:
    address = consents_of(web, used_up)[0]
    stored = [receipts(app)]
    for _ in range(3):
        web(address, revoke="1")
        web(f"{used_up}/withdraw", csrf="")
        stored.append(receipts(app))
    assert stored[1:] == [stored[1]] * 3


def test_what_is_sent_while_applications_are_closed_does_not_count(
    app: Flask, web: Open, terms: Terms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiting, "OF_AN_ADDRESS", RateLimitItemPerHour(1))
    terms(is_open=False)
    for _ in range(3):
        assert web("/c/demo/apply", **filled()).status_code == 400
    terms()
    assert web("/c/demo/apply", **filled()).status_code == 302
    assert only(app).status == "submitted"


def consents_of(web: Open, application: str) -> list[str]:
    """New addresses for everybody in an application."""
    return links(web(f"{application}/consents", csrf="").text)


def receipts(app: Flask) -> int:
    with app.extensions["engine"].connect() as connection:
        count: int = connection.exec_driver_sql("SELECT count(*) FROM receipt").scalar_one()
    return count


@pytest.mark.parametrize(
    ("proxies", "header", "seen"),
    [
        (0, "203.0.113.7", "127.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7", "198.51.100.1"),
    ],
)
def test_the_address_is_the_one_that_proxies_of_ours_say(
    tmp_path: Any, proxies: int, header: str, seen: str
) -> None:
    app = create_app(replace(Settings(data=tmp_path), trusted_proxies=proxies))
    said: list[tuple[str | None, str]] = []
    app.before_request(lambda: said.append((request.remote_addr, request.scheme)))
    app.secret_key = "for this test"
    app.test_client().get("/static/x", headers={"X-Forwarded-For": header, "X-Forwarded-Proto": "https"})
    assert said == [(seen, "https" if proxies else "http")]
