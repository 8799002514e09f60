"""The desk page of how many take part and who they are, and the same as XLSX and CSV."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template

from ...accounts.access import access
from ...competitions.state import Setup
from ...database import reader
from ...reports.counts import counts, counts_table, titles
from ...reports.results import FORMATS
from ..submitting import pipeline, state_of

blueprint = Blueprint("desk_counts", __name__, url_prefix="/desk")

EXTENSIONS = ("xlsx", "csv")


@blueprint.get("/c/<slug>/counts")
@access("organiser")
def page(slug: str) -> str:
    with pipeline().reading():
        state = state_of(slug)
        with reader() as connection:
            told = counts(state, connection)
        return render_template("desk/counts.html", setup=state[Setup], slug=slug, told=told, titles=titles())


@blueprint.get("/c/<slug>/counts.<extension>")
@access("organiser")
def export(slug: str, extension: str) -> Response:
    if extension not in EXTENSIONS:
        abort(404)
    with pipeline().reading():
        state = state_of(slug)
        with reader() as connection:
            table = counts_table(state, counts(state, connection))
    made = FORMATS[extension]
    response = Response(made.write(table), content_type=made.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-counts.{extension}"'
    return response
