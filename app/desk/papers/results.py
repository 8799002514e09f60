"""Desk pages that follow a competition: runs, standings with reasons, controllers, and the exports."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request

from ...accounts.access import access
from ...competitions.state import Setup
from ...devices.health import Health
from ...devices.words import fault_words
from ...live.shapes import run_shape, standings_shape
from ...reports.results import FORMATS, result_table
from ...runs.state import Runs
from ...schedule.state import Schedule
from ...standings.reasons import reason_sentence
from ..forms import ButtonForm
from ..submitting import pipeline, state_of

blueprint = Blueprint("desk_results", __name__, url_prefix="/desk")


@blueprint.get("/c/<slug>/runs")
@access("organiser", "referee")
def runs(slug: str) -> str:
    return _runs_page(slug, "desk/runs.html")


@blueprint.get("/c/<slug>/runs/table")
@access("organiser", "referee")
def runs_table(slug: str) -> Any:
    """The table alone, which the page asks for again and again; nothing where the log has not grown since ``seq``."""
    with pipeline().reading():
        if state_of(slug).seq == request.args.get("seq", type=int):
            return "", 204
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


def _runs_page(slug: str, template: str) -> str:
    """The runs of the field asked for, or of the first that has any: all fields at once are too many to look at."""
    with pipeline().reading():
        state = state_of(slug)
        setup, queues = state[Setup], state[Schedule].queues
        fields = [field for field in setup.fields.values() if queues.get(field.code)]
        shown = setup.fields.get(request.args.get("field", "")) or next(iter(fields), None)
        runs = [state[Runs].by_id[run] for run in queues.get(shown.code, [])] if shown else []
        return render_template(
            template,
            setup=setup,
            slug=slug,
            seq=state.seq,
            fields=fields,
            shown=shown,
            runs=[run_shape(state, run) for run in runs],
        )
