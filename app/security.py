"""What every answer and every unsafe request must satisfy: headers, and an origin of our own."""

from __future__ import annotations

from urllib.parse import urlparse

from flask import Flask, Response, current_app, request

from .plain_http import SHOWN_TO_ALL
from .problems import problem
from .settings import Settings

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
HTTPS_FROM_NOW_ON = f"max-age={180 * 24 * 3600}"
"""Only where the owner gave a certificate that browsers trust anyway: one of the local authority changes with its data
folder, and a browser that was told this would leave no way past it."""
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
    if request.endpoint not in SHOWN_TO_ALL:
        # What one person may see stays on no shared computer; a view that may be kept says so itself.
        response.headers.setdefault("Cache-Control", "no-store")
    settings: Settings = current_app.extensions["settings"]
    if settings.certificate is not None and request.is_secure:
        response.headers["Strict-Transport-Security"] = HTTPS_FROM_NOW_ON
    return response
