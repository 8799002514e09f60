"""Plain HTTP on a LAN: public pages only, never with anybody's cookie; all else is sent to HTTPS."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client, EnvironBuilder

from app.plain_http import SHOWN_TO_ALL, only_public
from tests.app.test_url_map import VALUES


@pytest.fixture
def plain(app: Flask) -> Client:
    return Client(only_public(app))


def test_public_pages_are_open_and_nobody_is_signed_in(plain: Client, bearer: Any) -> None:
    assert plain.get("/").status_code == 200
    assert plain.get("/c/demo").status_code == 200
    devices = plain.get("/api/v1/live/c/demo/devices", headers=bearer("referee"))
    assert devices.status_code == 401


@pytest.mark.parametrize("path", ["/sign-in", "/desk/", "/judge/", "/api/v1/me", "/enter/token"])
def test_the_rest_is_sent_to_https(plain: Client, path: str) -> None:
    answer = plain.get(path, query_string={"next": "/desk/"})
    assert answer.status_code == 307
    assert answer.headers["Location"] == f"http://127.0.0.1:8000{path}?next=/desk/"


PRIVATE = {
    "/c/demo/apply",
    f"/c/demo/application/{'0' * 32}",
    f"/c/demo/application/{'0' * 32}/consents",
    f"/c/demo/application/{'0' * 32}/protests",
    f"/c/demo/consent/{'0' * 32}",
}
"""What children's data is entered on, or shown to whoever has the secret address."""


def test_only_what_is_listed_is_open(app: Flask, plain: Client) -> None:
    """The whole URL map: a view is private until it is listed."""
    address, private = app.url_map.bind("localhost"), set()
    assert {rule.endpoint for rule in app.url_map.iter_rules()} >= SHOWN_TO_ALL
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        numbers = {name: "1" for name in rule.arguments if name == "number"}
        arguments = {name: VALUES.get(name, "0" * 32) for name in rule.arguments} | numbers
        path = address.build(rule.endpoint, arguments)
        if plain.get(path).status_code == 307:
            private.add(path)
        else:
            assert rule.endpoint in SHOWN_TO_ALL, path
    assert private >= PRIVATE


@pytest.mark.parametrize("path", ["/c//demo/apply", "/c/demo/nothing", "/c/demo/../demo/apply"])
def test_what_is_not_an_address_of_ours_is_not_answered(plain: Client, path: str) -> None:
    assert plain.get(path).status_code == 307


def test_writes_are_sent_to_https_even_to_public_paths(plain: Client) -> None:
    assert plain.post("/c/demo").status_code == 307


def test_no_header_comes_in_by_the_address(app: Flask) -> None:
    """WSGI hands over the path decoded, so what was %0D%0A in the address is a line end here."""
    environ = EnvironBuilder("/desk/").get_environ()
    environ["PATH_INFO"] = "/x\r\nSet-Cookie: a=b\r\n/ж".encode().decode("latin-1")
    answered: list[tuple[str, list[tuple[str, str]]]] = []
    only_public(app)(environ, lambda status, headers: answered.append((status, headers)))
    ((_status, headers),) = answered
    assert dict(headers)["Location"] == "http://127.0.0.1:8000/x%0D%0ASet-Cookie%3A%20a%3Db%0D%0A/%D0%B6"
