"""Desk pages that follow a competition: runs, standings with reasons, controllers, the log, and the exports."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, current_app, render_template, request

from ..accounts import queries as accounts
from ..accounts.access import access
from ..competitions.state import Setup
from ..database import reader
from ..devices.health import Health
from ..devices.words import fault_words
from ..eventlog import queries as log
from ..live.shapes import run_shape, standings_shape
from ..reports.results import FORMATS, result_table
from ..runs.state import Runs
from ..schedule.state import Schedule
from ..standings.reasons import reason_sentence
from .forms import ButtonForm
from .submitting import pipeline, state_of

blueprint = Blueprint("desk_results", __name__, url_prefix="/desk")

LOG_PAGE = 100


@blueprint.get("/c/<slug>/runs")
@access("organiser", "referee")
def runs(slug: str) -> str:
    return _runs_page(slug, "desk/runs.html")


@blueprint.get("/c/<slug>/runs/table")
@access("organiser", "referee")
def runs_table(slug: str) -> str:
    """The table alone, which the page asks for again and again."""
    return _runs_page(slug, "desk/_runs_table.html")


@blueprint.get("/c/<slug>/controllers")
@access("organiser", "referee")
def controllers(slug: str) -> str:
    """The controllers' health as a fragment, asked for every second."""
    health: Health = current_app.extensions["health"]
    with pipeline().reading():
        data = health.data(state_of(slug))
    return render_template("desk/_controllers.html", slug=slug, fault_words=fault_words, **data)


@blueprint.get("/c/<slug>/division/<code>/standings")
@access("organiser", "referee")
def standings(slug: str, code: str) -> str:
    with pipeline().reading():
        state = state_of(slug)
        division = state[Setup].divisions.get(code)
        if division is None:
            abort(404)
        data = standings_shape(state, division)
        teams = {row["entry"]["id"]: row["entry"]["team"] for row in data["rows"]}
        for row in data["rows"]:
            row["sentence"] = reason_sentence(division.ruleset, row["reason"], teams)
        return render_template(
            "desk/standings.html",
            setup=state[Setup],
            division=division,
            data=data,
            lots_needed=any(row["reason"]["code"] == "draw_needed" for row in data["rows"]),
            button=ButtonForm(),
        )


@blueprint.get("/c/<slug>/division/<code>/start-list")
@access("organiser", "referee")
def start_list(slug: str, code: str) -> str:
    with pipeline().reading():
        state = state_of(slug)
        drawn = state[Schedule].start_lists.get(code)
        if drawn is None:
            abort(404)
        shown = [run_shape(state, state[Runs].by_id[run]) for run in drawn.runs]
        return render_template(
            "desk/start_list.html",
            setup=state[Setup],
            division=state[Setup].divisions[code],
            drawn=drawn,
            runs=shown,
        )


@blueprint.get("/c/<slug>/division/<code>/results.<extension>")
@access("organiser", "referee")
def export(slug: str, code: str, extension: str) -> Response:
    """A division's results as a file: xlsx, csv or json."""
    with pipeline().reading():
        state = state_of(slug)
        division = state[Setup].divisions.get(code)
        if division is None or extension not in FORMATS:
            abort(404)
        table = result_table(state, division)
    made = FORMATS[extension]
    response = Response(made.write(table), content_type=made.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{code}.{extension}"'
    return response


@blueprint.get("/c/<slug>/log")
@access("organiser", "referee")
def log_page(slug: str) -> str:
    """Who changed what and when, newest first."""
    before = request.args.get("before", type=int)
    with pipeline().reading():
        zone = ZoneInfo(state_of(slug)[Setup].facts["zone"])
        setup = state_of(slug)[Setup]
    with reader() as connection:
        entries = log.newest(connection, f"c/{slug}", LOG_PAGE, before)
        names = {entry.actor: accounts.name_of(connection, entry.actor) for entry in entries}
    lines = [
        {
            "entry": entry,
            "at": datetime.fromisoformat(entry.at_utc).astimezone(zone),
            "by": names[entry.actor],
        }
        for entry in entries
    ]
    return render_template("desk/log.html", setup=setup, lines=lines, page=LOG_PAGE)


def _runs_page(slug: str, template: str) -> str:
    with pipeline().reading():
        state = state_of(slug)
        setup = state[Setup]
        fields: dict[str, list[dict[str, Any]]] = {
            code: [run_shape(state, state[Runs].by_id[run]) for run in state[Schedule].queues.get(code, [])]
            for code in setup.fields
        }
        return render_template(template, setup=setup, slug=slug, fields=fields)
