"""What plain HTTP on a LAN answers: public pages and the certificate page; everything else is sent to HTTPS."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from flask import Flask

from .settings import Settings

OPEN_OVER_PLAIN_HTTP = (
    "/ca",
    "/static/",
    "/screen/",
    "/c/",
    "/socket.io/",
    "/api/v1/live/",
    "/api/v1/time",
    "/healthz",
)


def only_public(app: Flask) -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    """The WSGI application for the plain port; whoever asks there is nobody, whatever cookie or token they send."""
    settings: Settings = app.extensions["settings"]

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        reads = environ["REQUEST_METHOD"] in ("GET", "HEAD") or path.startswith("/socket.io/")
        if reads and (path == "/" or path.startswith(OPEN_OVER_PLAIN_HTTP)):
            environ.pop("HTTP_COOKIE", None)
            environ.pop("HTTP_AUTHORIZATION", None)
            answer: Iterable[bytes] = app(environ, start_response)
            return answer
        location = settings.public_url + _address(path, environ.get("QUERY_STRING", ""))
        start_response("307 Temporary Redirect", [("Location", location), ("Content-Length", "0")])
        return [b""]

    return application


def _address(path: str, query: str) -> str:
    """The path and query as they stood in the address; WSGI decodes the path, line ends and all."""
    return quote(path.encode("latin-1")) + (f"?{quote(query, safe='%&=/:+?;,@')}" if query else "")
