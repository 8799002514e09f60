"""The announcer's page of a field: who is on, who is next, whom they come from, what they did, what can be said."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template

from ...accounts.access import access
from ...competitions.state import Setup
from ...database import reader
from ...entries.queries import public_members, spoken_words
from ...eventlog.fold import State
from ...live.shapes import standings_shape
from ...live.snapshots import field_data
from ..submitting import pipeline, state_of
from .talking_points import talking_points

blueprint = Blueprint("desk_announcing", __name__, url_prefix="/desk")


@blueprint.get("/c/<slug>/field/<code>/announcer")
@access("organiser", "referee")
def announcer(slug: str, code: str) -> str:
    return _page(slug, code, "desk/announcer.html")


@blueprint.get("/c/<slug>/field/<code>/announcer/now")
@access("organiser", "referee")
def announcer_now(slug: str, code: str) -> str:
    """The part that changes, which the page asks for again and again."""
    return _page(slug, code, "desk/_announcer_now.html")


def _page(slug: str, code: str, template: str) -> str:
    """Only what the public may know is read out: neither names without consent nor results kept for a ceremony."""
    with pipeline().reading():
        state = state_of(slug)
        data = field_data(state, code)
        if data is None:
            abort(404)
        shown = [run for run in (data["run"], *data["next"]) if run]
        entries = {run["entry"]["id"] for run in shown}
        with reader() as connection:
            members = public_members(connection, state)
            words = {entry: spoken_words(connection, state, entry) for entry in entries}
        return render_template(
            template,
            setup=state[Setup],
            slug=slug,
            field=data["field"],
            runs=[_line(state, run, members) | {"words": words[run["entry"]["id"]]} for run in shown],
            last=data["last"],
        )


def _line(state: State, run: dict[str, Any], members: dict[str, list[str]]) -> dict[str, Any]:
    division = state[Setup].divisions[run["division"]]
    standings = standings_shape(state, division, public=True)
    own = next((row for row in standings["rows"] if row["entry"]["id"] == run["entry"]["id"]), None)
    attempts = own["attempts"] if own else []
    return {
        "run": run,
        "division": division,
        "members": members.get(run["entry"]["id"], []),
        "points": talking_points(run, standings),
        "columns": standings["attempt_columns"],
        "history": [one for one in attempts if one["values"] or one["mark"]],
    }
