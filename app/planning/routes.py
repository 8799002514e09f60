"""The plan as calendar files, for everybody: a competition's, a field's, a team's."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Response, abort, current_app

from ..accounts.access import public
from ..competitions.state import Setup
from ..entries.state import Entries
from ..eventlog.chain import utc_now
from ..eventlog.fold import State
from ..languages import request_locale
from ..pipeline import Pipeline
from .calendar_file import CONTENT_TYPE, all_starts, calendar_file
from .starts import Start

blueprint = Blueprint("planning", __name__)


@blueprint.get("/c/<slug>/schedule.ics")
@public
def whole(slug: str) -> Response:
    with _pipeline().reading():
        state = _state_of(slug)
        return _answer(state, all_starts(state), slug)


@blueprint.get("/c/<slug>/field/<code>/schedule.ics")
@public
def field(slug: str, code: str) -> Response:
    with _pipeline().reading():
        state = _state_of(slug)
        if code not in state[Setup].fields:
            abort(404)
        return _answer(state, [one for one in all_starts(state) if one.field == code], f"{slug}-{code}")


@blueprint.get("/c/<slug>/team/<int:number>/schedule.ics")
@public
def team(slug: str, number: int) -> Response:
    with _pipeline().reading():
        state = _state_of(slug)
        entry = next((one for one in state[Entries].by_id.values() if one.number == number), None)
        if entry is None:
            abort(404)
        return _answer(
            state, [one for one in all_starts(state) if entry.id in one.entries], f"{slug}-{number}"
        )


def _answer(state: State, starts: Iterable[Start], name: str) -> Response:
    made = Response(
        calendar_file(state, starts, request_locale() or "kk", utc_now()), content_type=CONTENT_TYPE
    )
    made.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return made


def _state_of(slug: str) -> State:
    state = _pipeline().state(f"c/{slug}")
    if state is None or not state[Setup].exists:
        abort(404)
    return state


def _pipeline() -> Pipeline:
    found: Pipeline = current_app.extensions["pipeline"]
    return found
