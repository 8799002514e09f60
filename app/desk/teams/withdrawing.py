"""A team taken out in mid-competition: what that does is said before, and it can be taken back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for

from ...accounts.access import access
from ...competitions.state import Setup
from ...entries.state import Entries, public_entry
from ...live.match_shapes import match_shape
from ...live.shapes import run_shape
from ...matches.queries import withdrawal
from ...matches.state import Matches
from ...runs.state import Runs
from ...standings.withdrawing import is_withdrawn
from ..sheets.chief_forms import ReasonForm
from ..submitting import pipeline, state_of, submit_or_flash

blueprint = Blueprint("desk_withdrawing", __name__, url_prefix="/desk")


@blueprint.get("/c/<slug>/entry/<entry_id>/withdraw")
@access("organiser", "referee")
def ask(slug: str, entry_id: str) -> str:
    with pipeline().reading():
        state = state_of(slug)
        if entry_id not in state[Entries].by_id:
            abort(404)
        runs = state[Runs].attempts_of(entry_id)
        gone = is_withdrawn(state, entry_id)
        open_runs = [run for run in runs if not run.is_confirmed]
        contest = state[Matches].contest(state[Entries].by_id[entry_id].division)
        given = withdrawal(state, contest, entry_id).given if contest and not gone else ()
        return render_template(
            "desk/withdraw_entry.html",
            setup=state[Setup],
            slug=slug,
            entry=public_entry(state, entry_id),
            is_withdrawn=gone,
            kept=sum(run.is_confirmed for run in runs),
            falling=[run_shape(state, run) for run in open_runs],
            matches=[match_shape(state, match) for match in given],
            reason=ReasonForm(),
        )


@blueprint.post("/c/<slug>/entry/<entry_id>/withdraw")
@access("organiser", "referee")
def withdraw(slug: str, entry_id: str) -> Any:
    form = ReasonForm()
    if form.validate_on_submit():
        type_ = "ReinstateEntry" if request.form.get("back") else "WithdrawEntry"
        submit_or_flash(type_, f"c/{slug}/entry/{entry_id}", {"reason": form.reason.data})
    return redirect(url_for("desk_withdrawing.ask", slug=slug, entry_id=entry_id))
