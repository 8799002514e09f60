"""Sheets that are being filled in, for the chief judge to see as they grow: whose, how far, and how old that is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, render_template
from flask_babel import format_timedelta
from flask_login import current_user
from sqlalchemy import Connection

from scoring.ruleset import Ruleset
from scoring.so_far import so_far

from ...accounts.access import access
from ...accounts.queries import name_of
from ...competitions.state import Setup
from ...database import reader
from ...entries.state import public_entry
from ...eventlog.fold import State
from ...live.begun import WORDS, BegunSheet, BegunSheets
from ...live.shapes import columns
from ...runs.measured import fill
from ...runs.state import Runs
from ..submitting import pipeline, state_of
from .run_history import value_text
from .run_page import run_of

blueprint = Blueprint("desk_begun", __name__, url_prefix="/desk")

CHIEF = ("organiser", "referee")
STALE_AFTER_S = 60.0
"""A judge who thinks for a minute and a tablet that is out of reach look the same from here; the page says so."""


@blueprint.get("/c/<slug>/sheets/begun")
@access(*CHIEF)
def of_all(slug: str) -> str:
    """What the page of all sheets asks for again and again."""
    return _fragment(slug, None)


@blueprint.get("/c/<slug>/run/<run_id>/begun")
@access(*CHIEF)
def of_run(slug: str, run_id: str) -> str:
    """What the page of one run asks for again and again: the same with every value."""
    return _fragment(slug, run_id)


def begun_shapes(connection: Connection, state: State, run_id: str | None = None) -> list[dict[str, Any]]:
    """Those of a competition, or of one run. What a panel's judge is about to give is for the chief judge alone."""
    kept: BegunSheets = current_app.extensions["begun"]
    is_chief = current_user.actor.role == "referee"
    return [
        _shape(connection, state, one, kept.age_s(one))
        for one in kept.of(state, run_id)
        if is_chief or state[Runs].by_id[one.run].judge is None
    ]


def _fragment(slug: str, run_id: str | None) -> str:
    with pipeline().reading(), reader() as connection:
        state = state_of(slug)
        if run_id is not None:
            run_of(state, run_id)
        begun = begun_shapes(connection, state, run_id)
        return render_template("desk/_begun.html", setup=state[Setup], slug=slug, of_run=run_id, begun=begun)


def _shape(connection: Connection, state: State, begun: BegunSheet, age_s: float) -> dict[str, Any]:
    run = state[Runs].by_id[begun.run]
    division = state[Setup].divisions[run.division]
    fields = [field for field in division.ruleset.fields if field.type != WORDS]
    filled = fill(division.ruleset, dict(begun.sheet), run.clock).sheet if run.judge is None else begun.sheet
    totals, is_open = _totals(division.ruleset, filled)
    return {
        "run": run,
        "entry": public_entry(state, run.entry),
        "by": name_of(connection, begun.account) or begun.account,
        "mark": begun.mark,
        "totals": [
            column | {"value": None if is_open and column["type"] == "time" else totals.get(column["name"])}
            for column in columns(division)
        ],
        "is_open": is_open,
        "set": sum(field.id in begun.sheet for field in fields),
        "fields": [
            {"label": field.label, "value": value_text(field, begun.sheet.get(field.id))} for field in fields
        ],
        "age": format_timedelta(-timedelta(seconds=max(1, round(age_s))), add_direction=True, threshold=1),
        "is_stale": age_s > STALE_AFTER_S,
    }


def _totals(ruleset: Ruleset, sheet: Mapping[str, Any]) -> tuple[Mapping[str, Any], bool]:
    """What the sheet comes to so far, and whether anything required is still open. A time that is open is not zero."""
    found = so_far(ruleset, sheet)
    return found.results or {}, bool(found.open)
