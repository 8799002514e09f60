"""The read API: one competition at a time, with a key or signed in, GET only; what comes is what the public may see."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, abort, current_app, request
from flask_login import current_user
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from ..accounts.access import access
from ..competitions.state import Division, Setup
from ..database import reader
from ..eventlog.fold import State
from ..pipeline import Pipeline
from ..problems import problem
from ..reports.counts import counts
from .schemas import Told
from .telling import (
    competition_told,
    counts_told,
    entries_told,
    matches_told,
    runs_told,
    standings_told,
)

blueprint = Blueprint("readers", __name__, url_prefix="/api/v1/c")

MAY_READ = ("organiser", "referee", "reader")
OF_A_KEY = RateLimitItemPerMinute(600)
_limiter = FixedWindowRateLimiter(MemoryStorage())


@blueprint.before_request
def limit() -> Response | None:
    """A key reads so often a minute; people who are signed in are not counted."""
    actor = current_user.actor if current_user.is_authenticated else None
    if actor is None or actor.role != "reader" or _limiter.hit(OF_A_KEY, actor.account):
        return None
    response = problem(429, "too_many_requests")
    response.headers["Retry-After"] = "60"
    return response


@blueprint.get("/<slug>")
@access(*MAY_READ)
def get_competition(slug: str) -> Response:
    return _told(slug, competition_told)


@blueprint.get("/<slug>/entries")
@access(*MAY_READ)
def get_entries(slug: str) -> Response:
    return _told(slug, entries_told)


@blueprint.get("/<slug>/counts")
@access(*MAY_READ)
def get_counts(slug: str) -> Response:
    """Numbers alone: nobody is named."""
    with reader() as connection:
        return _told(slug, lambda state: counts_told(counts(state, connection)))


@blueprint.get("/<slug>/divisions/<code>/standings")
@access(*MAY_READ)
def get_standings(slug: str, code: str) -> Response:
    return _told(slug, lambda state: standings_told(state, _division(state, code)))


@blueprint.get("/<slug>/divisions/<code>/runs")
@access(*MAY_READ)
def get_runs(slug: str, code: str) -> Response:
    return _told(slug, lambda state: runs_told(state, _division(state, code)))


@blueprint.get("/<slug>/divisions/<code>/matches")
@access(*MAY_READ)
def get_matches(slug: str, code: str) -> Response:
    """404 where the division is not one of matches."""

    def tell(state: State) -> Told:
        division = _division(state, code)
        if division.ruleset.match is None:
            abort(404)
        return matches_told(state, division)

    return _told(slug, tell)


def _told(slug: str, tell: Callable[[State], Told]) -> Response:
    """An answer with an ETag of its content, so that a program that asks often is mostly told “the same”."""
    pipeline: Pipeline = current_app.extensions["pipeline"]
    with pipeline.reading():
        state = pipeline.state(f"c/{slug}")
        if state is None or not state[Setup].exists:
            abort(404)
        body = tell(state).model_dump_json()
    response = Response(body, content_type="application/json")
    response.add_etag()
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response


def _division(state: State, code: str) -> Division:
    division = state[Setup].divisions.get(code)
    if division is None:
        abort(404)
    return division
