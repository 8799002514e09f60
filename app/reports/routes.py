"""The public page that says whether a printed paper is genuine; open to everyone, and it names nobody in full."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for

from ..accounts.access import public
from ..database import reader
from ..papers.codes import read_code, shown_code
from ..pipeline import Pipeline
from .verifying import verified

blueprint = Blueprint("reports", __name__)


@blueprint.get("/verify/")
@public
def ask() -> Any:
    """A box to type a code into, for those who have no camera at hand."""
    written = request.args.get("code")
    if written:
        return redirect(url_for("reports.verify", written=written))
    return render_template("verify.html", written=None, code=None, paper=None)


@blueprint.get("/verify/<written>")
@public
def verify(written: str) -> Any:
    """What the log says of the paper with this code; 404 where it says nothing."""
    pipeline: Pipeline = current_app.extensions["pipeline"]
    code = read_code(written)
    with pipeline.reading():
        with reader() as connection:
            paper = verified(connection, pipeline.states(), code) if code else None
        page = render_template(
            "verify.html", written=written, code=shown_code(code) if code else None, paper=paper
        )
    return page, 200 if paper else 404
