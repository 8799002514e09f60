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
from ..live.match_shapes import seen_match
from ..matches.state import Matches
from ..pipeline import Pipeline
from .calendar_file import CONTENT_TYPE, calendar_file
from .starts import MATCH, Start, starts_of

blueprint = Blueprint("planning", __name__)


@blueprint.get("/c/<slug>/schedule.ics")
@public
def whole(slug: str) -> Response:
    with _pipeline().reading():
        state = _state_of(slug)
        return _answer(state, _public_starts(state), slug)


@blueprint.get("/c/<slug>/field/<code>/schedule.ics")
@public
def field(slug: str, code: str) -> Response:
    with _pipeline().reading():
        state = _state_of(slug)
        if code not in state[Setup].fields:
            abort(404)
        return _answer(state, [one for one in _public_starts(state) if one.field == code], f"{slug}-{code}")


@blueprint.get("/c/<slug>/team/<int:number>/schedule.ics")
@public
def team(slug: str, number: int) -> Response:
    with _pipeline().reading():
        state = _state_of(slug)
        entry = next((one for one in state[Entries].by_id.values() if one.number == number), None)
        if entry is None:
            abort(404)
        return _answer(
            state, [one for one in _public_starts(state) if entry.id in one.entries], f"{slug}-{number}"
        )


def _public_starts(state: State) -> list[Start]:
    """Those of every division, but for matches that a ceremony keeps from the public."""
    starts = (one for code in state[Setup].divisions for one in starts_of(state, code))
    return [one for one in starts if one.kind != MATCH or _is_seen(state, one.id)]


def _is_seen(state: State, match: str) -> bool:
    return seen_match(state, state[Matches].by_id[match], public=True) is not None


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
