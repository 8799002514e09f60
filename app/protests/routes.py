"""The team's own page of protests, behind its secret address: its results, until when each may be challenged."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from ..accounts.access import public
from ..applications.routes import command, keep_private, opened, pipeline, state_of
from ..applications.state import Application
from ..competitions.state import Setup
from ..database import reader
from ..entries.state import Entries, public_entry
from ..eventlog import queries as log
from ..eventlog.chain import utc_now
from ..eventlog.fold import State
from ..live.shapes import run_shape
from ..runs.state import Run, Runs
from .state import Protest, Protests
from .window import closes_at, local_clock

blueprint = Blueprint("protests", __name__)


@blueprint.get("/c/<slug>/application/<token>/protests")
@public
def own(slug: str, token: str) -> str:
    """The results of a team that the public may see, each with its protests."""
    application = opened(slug, token)
    with pipeline().reading(), reader() as connection:
        state = state_of(slug)
        notes = log.notes(connection, _note_ids(state, application))
        return render_template(
            "protests.html",
            setup=state[Setup],
            slug=slug,
            token=token,
            runs=[_run_shape(state, run, notes) for run in _runs(state, application)],
            form=FlaskForm(),
        )


@blueprint.post("/c/<slug>/application/<token>/protests")
@public
def file_protest(slug: str, token: str) -> Any:
    """A protest about one of the team's own runs."""
    application = opened(slug, token)
    if FlaskForm().validate_on_submit():
        with pipeline().reading():
            run = {run.id: run for run in _runs(state_of(slug), application)}.get(request.form.get("run", ""))
        if run is not None:
            payload = {"entry": run.entry, "text": request.form.get("text", "")}
            receipt = command(slug, "FileProtest", "", payload, target=f"c/{slug}/run/{run.id}")
            accepted = receipt["status"] == "accepted"
            said = _("The protest is filed; the jury decides it.") if accepted else receipt["detail"]
            flash(said, "success" if accepted else "danger")
    return redirect(url_for("protests.own", slug=slug, token=token))


@blueprint.after_request
def private(response: Response) -> Response:
    return keep_private(response)


def _runs(state: State, application: Application) -> list[Run]:
    """The team's confirmed runs, unless a ceremony still keeps them from the public."""
    entries = [place.entry for place in application.places if place.entry in state[Entries].by_id]
    runs = [run for entry in entries for run in state[Runs].attempts_of(entry)]
    return [run for run in runs if run_shape(state, run, public=True)["result"] is not None]


def _run_shape(state: State, run: Run, notes: dict[str, str]) -> dict[str, Any]:
    end = closes_at(state, run)
    protests = state[Protests].of_run(run.id)
    division = state[Setup].divisions[run.division]
    return run_shape(state, run, public=True) | {
        "division_name": division.name,
        "asks_fee": division.ruleset.protest_fee,
        "until": local_clock(state, end) if end and end > utc_now() else None,
        "may_protest": bool(end and end > utc_now())
        and not any(one.is_open and one.entry == run.entry for one in protests),
        "protests": [_protest_shape(state, run, one, notes) for one in protests],
    }


def _protest_shape(state: State, run: Run, protest: Protest, notes: dict[str, str]) -> dict[str, Any]:
    """Another team's ground is its own affair; the ruling is everybody's whose run it is about."""
    is_own = protest.entry == run.entry
    ruling = protest.ruling
    return {
        "number": protest.number,
        "entry": public_entry(state, protest.entry),
        "fee": protest.fee,
        "text": notes.get((protest.text or {}).get("id", "")) if is_own else None,
        "ruling": ruling,
        "reason": notes.get((ruling.reason or {}).get("id", "")) if ruling else None,
    }


def _note_ids(state: State, application: Application) -> set[str]:
    protests = [one for run in _runs(state, application) for one in state[Protests].of_run(run.id)]
    said = [one.text for one in protests] + [one.ruling.reason for one in protests if one.ruling]
    return {reference["id"] for reference in said if reference}
