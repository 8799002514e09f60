"""What plain HTTP on a LAN answers: public pages and the certificate page; everything else is sent to HTTPS."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from .settings import Settings

SHOWN_TO_ALL = frozenset(
    {
        "static",
        "tls.page",
        "tls.crt",
        "tls.mobileconfig",
        "competitions.start",
        "competitions.competition",
        "competitions.ruleset",
        "entries.teams",
        "entries.teams_json",
        "matches.matches",
        "planning.whole",
        "planning.field",
        "planning.team",
        "displays.screen",
        "pictures.picture",
        "live.get_snapshot",
        "live.get_time",
        "pages.healthz",
    }
)
"""Views that show the same to everybody: what a hall's screens and phones need. Any other, a new one too, is private,
though whoever knows its secret address may open it without an account."""
SOCKETS = "/socket.io/"


def only_public(app: Flask) -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    """The WSGI application for the plain port; whoever asks there is nobody, whatever cookie or token they send."""
    settings: Settings = app.extensions["settings"]

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if _is_shown_to_all(app, environ):
            environ.pop("HTTP_COOKIE", None)
            environ.pop("HTTP_AUTHORIZATION", None)
            answer: Iterable[bytes] = app(environ, start_response)
            return answer
        location = settings.public_url + _address(
            environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        )
        start_response("307 Temporary Redirect", [("Location", location), ("Content-Length", "0")])
        return [b""]

    return application


def _is_shown_to_all(app: Flask, environ: dict[str, Any]) -> bool:
    if environ.get("PATH_INFO", "").startswith(SOCKETS):
        return True
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return False
    try:
        endpoint, _values = app.url_map.bind_to_environ(environ).match()
    except (HTTPException, RequestRedirect):
        return False
    return endpoint in SHOWN_TO_ALL


def _address(path: str, query: str) -> str:
    """The path and query as they stood in the address; WSGI decodes the path, line ends and all."""
    return quote(path.encode("latin-1")) + (f"?{quote(query, safe='%&=/:+?;,@')}" if query else "")
