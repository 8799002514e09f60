"""The public page of teams: who takes part, named as each consent allows."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, render_template

from ..accounts.access import public
from ..competitions.state import Setup
from ..database import reader
from ..pipeline import Pipeline
from ..registry.regions import regions
from .queries import public_members
from .state import Entries, public_entry

blueprint = Blueprint("entries", __name__)


@blueprint.get("/c/<slug>/teams")
@public
def teams(slug: str) -> str:
    pipeline: Pipeline = current_app.extensions["pipeline"]
    with reader() as connection, pipeline.reading():
        state = pipeline.state(f"c/{slug}")
        if state is None or not state[Setup].exists:
            abort(404)
        names = public_members(connection, state)
        lines = [
            public_entry(state, entry.id) | {"division": entry.division, "members": names.get(entry.id, [])}
            for entry in state[Entries].by_id.values()
        ]
        return render_template("teams.html", setup=state[Setup], slug=slug, teams=lines, regions=regions())
