"""Who may open which route: each view declares it, and a request to a view that declares nothing is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import current_user

from ..eventlog.deciding import Actor

V = TypeVar("V", bound=Callable[..., Any])

ROLES = ("organiser", "referee", "judge", "volunteer", "screen", "field_controller", "reader")
STAFF = ("organiser", "referee", "judge")
PUBLIC = "public"


def public(view: V) -> V:
    """Declare a view open to everyone."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def access(*roles: str) -> Callable[[V], V]:
    """Declare a view open to these roles only; where the path names a competition, within their scope."""
    unknown = set(roles) - set(ROLES)
    if unknown or not roles:
        raise ValueError(f"no such role: {unknown}")

    def declare(view: V) -> V:
        view.access = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return declare


def declared(view: Callable[..., Any] | None) -> Any:
    """What a view declared: PUBLIC, a set of roles, or None."""
    return getattr(view, "access", None)


def install(app: Flask) -> None:
    """Check every request against its view's declaration before the view runs."""
    app.view_functions["static"] = public(app.view_functions["static"])
    app.before_request(check_request)


def check_request() -> Any:
    """Aborts with 403 or 401 where the view's declaration does not let this request in.

    A person who only has to sign in first is led there, and to the page asked for afterwards.
    """
    if request.endpoint is None:
        return None
    allowed = declared(current_app.view_functions[request.endpoint])
    if allowed == PUBLIC:
        return None
    if allowed is None:
        abort(403)
    if not current_user.is_authenticated:
        if _is_a_page_opened():
            return redirect(url_for("accounts.sign_in_page", next=request.full_path.removesuffix("?")))
        abort(401)
    actor: Actor = current_user.actor
    slug = (request.view_args or {}).get("slug")
    if actor.role not in allowed or (slug is not None and not actor.may_reach(f"c/{slug}")):
        abort(403)
    return None


def _is_a_page_opened() -> bool:
    """Whether a browser opens a page, by its own word; a program, or a piece that a script fetches, is told 401.

    Following a redirect, such a script would put the sign-in page in the piece's place.
    """
    is_piece = "HX-Request" in request.headers or request.path.startswith("/api/")
    return (
        request.method in ("GET", "HEAD")
        and not is_piece
        and "text/html" in request.headers.get("Accept", "")
    )
