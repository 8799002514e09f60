"""The public page of teams: who takes part, named as each consent allows."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request

from ..accounts.access import public
from ..competitions.state import Setup
from ..database import reader
from ..eventlog.fold import State
from ..pipeline import Pipeline
from ..problems import json_response
from ..registry.finding import fits
from ..registry.regions import regions
from .queries import public_members
from .state import Entries, public_entry

blueprint = Blueprint("entries", __name__)

CHOSEN_BY = ("id", "number", "team", "organisation", "division")


@blueprint.get("/c/<slug>/teams")
@public
def teams(slug: str) -> str:
    """Every team by division; ``?q=`` those it may mean, by number, team, organisation or member."""
    query = request.args.get("q", "").strip()
    with reader() as connection, _pipeline().reading():
        state = _existing(slug)
        names = public_members(connection, state)
        lines = [line | {"members": names.get(line["id"], [])} for line in _lines(state)]
        found = [line for line in lines if _is_meant(query, line)]
        return render_template(
            "teams.html", setup=state[Setup], slug=slug, teams=found, q=query, regions=regions()
        )


@blueprint.get("/c/<slug>/teams.json")
@public
def teams_json(slug: str) -> Response:
    """Which teams a spectator may choose to follow, and in which division each is."""
    with _pipeline().reading():
        known = [{name: line[name] for name in CHOSEN_BY} for line in _lines(_existing(slug))]
    response = json_response({"teams": known})
    response.headers["Cache-Control"] = "public, max-age=0, s-maxage=10"
    response.add_etag()
    response.make_conditional(request)
    return response


def _lines(state: State) -> list[dict[str, Any]]:
    """What everybody may know of each entry, by number; of one that was taken down that is its number."""
    entries = state[Entries].by_id.values()
    return [public_entry(state, entry.id) | {"division": entry.division} for entry in entries]


def _is_meant(query: str, line: dict[str, Any]) -> bool:
    return query == str(line["number"]) or fits(query, line["team"], line["organisation"], *line["members"])


def _pipeline() -> Pipeline:
    found: Pipeline = current_app.extensions["pipeline"]
    return found


def _existing(slug: str) -> State:
    state = _pipeline().state(f"c/{slug}")
    if state is None or not state[Setup].exists:
        abort(404)
    return state
