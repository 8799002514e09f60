"""What every answer and every unsafe request must satisfy: headers, and an origin of our own."""

from __future__ import annotations

from urllib.parse import urlparse

from flask import Flask, Response, request

from .problems import problem

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self' ws: wss:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def install(app: Flask) -> None:
    app.before_request(check_origin)
    app.after_request(add_headers)


def check_origin() -> Response | None:
    """Refuse an unsafe API request that another site's page sent with our cookie.

    A bearer token excuses from this, because then the cookie is not looked at.
    """
    if (
        request.method in SAFE_METHODS
        or not request.path.startswith("/api/")
        or request.headers.get("Authorization", "").startswith("Bearer ")
    ):
        return None
    origin = request.headers.get("Origin")
    foreign = origin is not None and urlparse(origin).netloc != request.host
    if foreign or request.mimetype != "application/json":
        return problem(403, "origin_foreign")
    return None


def add_headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    return response
