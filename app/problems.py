"""Refusals over HTTP: problem+json for programs, a page for people, always with a code and a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
import structlog
from flask import Flask, Response, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from .eventlog.deciding import Problem, Refusal
from .languages import in_language
from .messages import sentence
from .pipeline import NotStored

log = structlog.get_logger()

CODES = {
    400: "bad_request",
    401: "sign_in_needed",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    413: "request_too_large",
    429: "too_many_requests",
}


def problem(
    status: int, code: str, errors: Sequence[Problem] = (), facts: dict[str, Any] | None = None
) -> Response:
    """An RFC 9457 problem: ``code`` is stable, ``detail`` is a sentence in the asker's language."""
    body = {
        "type": "about:blank",
        "title": sentence(code, facts),
        "status": status,
        "code": code,
        "detail": sentence(code, facts),
        "errors": [error_shape(error.code, error.field, error.row, error.facts) for error in errors],
    }
    response = Response(orjson.dumps(body), status, content_type="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    return response


def error_shape(code: str, field: str | None, row: int | None, facts: dict[str, Any]) -> dict[str, Any]:
    """A problem with its sentence: the ruleset's own message where it has one, else the code's."""
    detail = in_language(facts["message"]) if "message" in facts else sentence(code, facts)
    return {"code": code, "field": field, "row": row, "facts": facts, "detail": detail}


def json_response(body: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(body), status, content_type="application/json")


def install(app: Flask) -> None:
    """Answer every error with its code and sentence, whoever raised it."""
    app.context_processor(lambda: {"sentence": sentence})
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, lambda _error: _answer(400, "origin_foreign"))
    app.register_error_handler(
        Refusal, lambda refusal: _answer(400, refusal.code, refusal.problems, refusal.facts)
    )
    app.register_error_handler(NotStored, _not_stored)
    app.register_error_handler(Exception, _unforeseen)


def wants_json() -> bool:
    return request.path.startswith("/api/") or request.is_json


def _http(error: HTTPException) -> Any:
    if error.response is not None or error.code is None or error.code < 400:
        return error
    return _answer(error.code, CODES.get(error.code, "bad_request"))


def _not_stored(error: NotStored) -> Any:
    log.error("not_stored", reason=str(error))
    return _answer(503, "not_stored")


def _unforeseen(error: Exception) -> Any:
    log.exception("unforeseen", route=_route())
    try:
        return _answer(500, "server_error")
    except Exception:
        # Left to Flask and the listener, it would be told with the path and all headers.
        log.exception("unanswered", route=_route())
        return problem(500, "server_error")


def _route() -> str | None:
    """What was asked, without what stood in its place: a path may hold a secret address."""
    return request.url_rule.rule if request.url_rule else None


def _answer(
    status: int, code: str, errors: Sequence[Problem] = (), facts: dict[str, Any] | None = None
) -> Any:
    if wants_json():
        return problem(status, code, errors, facts)
    page = render_template(
        "problem.html",
        title=gettext("That did not work"),
        sentence=sentence(code, facts),
        code=code,
        status=status,
    )
    return page, status
