"""Plain HTTP on a LAN: public pages only, never with anybody's cookie; all else is sent to HTTPS."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client, EnvironBuilder

from app.plain_http import only_public


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
