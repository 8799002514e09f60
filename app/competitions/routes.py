"""Public pages of competitions, and the rulesets that tablets fetch."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, render_template, request

from ..accounts.access import public
from ..eventlog.fold import State
from ..pipeline import Pipeline
from ..problems import json_response
from .state import Setup

blueprint = Blueprint("competitions", __name__)


@blueprint.get("/")
@public
def start() -> str:
    pipeline: Pipeline = current_app.extensions["pipeline"]
    with pipeline.reading():
        competitions = [state[Setup].facts for state in pipeline.states() if state[Setup].exists]
    return render_template("start.html", competitions=competitions)


@blueprint.get("/c/<slug>")
@public
def competition(slug: str) -> str:
    """A competition on a phone: what is on now, what is next, the standings."""
    pipeline: Pipeline = current_app.extensions["pipeline"]
    with pipeline.reading():
        return render_template("competition.html", setup=_state(slug)[Setup], slug=slug)


@blueprint.get("/api/v1/c/<slug>/divisions/<code>/ruleset")
@public
def ruleset(slug: str, code: str) -> Response:
    pipeline: Pipeline = current_app.extensions["pipeline"]
    with pipeline.reading():
        division = _state(slug)[Setup].divisions.get(code)
    if division is None:
        abort(404)
    response = json_response(division.ruleset.to_json())
    response.set_etag(division.ruleset.digest)
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


def _state(slug: str) -> State:
    """A competition's state, read inside ``pipeline.reading()``; 404 where there is none."""
    pipeline: Pipeline = current_app.extensions["pipeline"]
    state = pipeline.state(f"c/{slug}")
    if state is None or not state[Setup].exists:
        abort(404)
    return state
