"""What a referee rules about a sheet that came too late and says otherwise: the result stands, or that sheet holds."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from ...accounts.access import access
from ...eventlog.fold import State
from ...runs.disputes import Dispute, Disputes
from ...runs.texts import told_event
from ..submitting import pipeline, state_of, submit_or_flash
from .chief_forms import ReasonForm

blueprint = Blueprint("desk_disputes", __name__, url_prefix="/desk")

OF_A_SHEET = ("sheet", "mark", "stopwatch")
OF_A_MATCH = ("bouts", "decision")


@blueprint.post("/c/<slug>/run/<run_id>/dispute/<dispute_id>")
@access("referee")
def of_run(slug: str, run_id: str, dispute_id: str) -> Any:
    with pipeline().reading():
        state = state_of(slug)
        dispute = _dispute(state, run_id, dispute_id)
        said = told_event(dispute.data, state.texts)
    holds = {name: said[name] for name in OF_A_SHEET}
    _rule(f"c/{slug}/run/{run_id}", dispute, "CorrectScore", holds)
    return redirect(url_for("desk_run.show", slug=slug, run_id=run_id))


@blueprint.post("/c/<slug>/match/<match_id>/dispute/<dispute_id>")
@access("referee")
def of_match(slug: str, match_id: str, dispute_id: str) -> Any:
    with pipeline().reading():
        state = state_of(slug)
        dispute = _dispute(state, match_id, dispute_id)
        said = told_event(dispute.data, state.texts)
    if said.get("walkover"):
        _rule(f"c/{slug}/match/{match_id}", dispute, "GiveWalkover", {"winner": said["winner"]})
    else:
        _rule(
            f"c/{slug}/match/{match_id}", dispute, "CorrectMatch", {name: said[name] for name in OF_A_MATCH}
        )
    return redirect(url_for("desk_matches.match", slug=slug, match_id=match_id))


def _dispute(state: State, about: str, dispute_id: str) -> Dispute:
    """Gone (404) where somebody settled it meanwhile."""
    return next((one for one in state[Disputes].open_of(about) if one.id == dispute_id), None) or abort(404)


def _rule(target: str, dispute: Dispute, correction: str, holds: dict[str, Any]) -> None:
    """Carry out what the referee chose; ``holds`` is what that sheet says, for a ``correction`` of the result."""
    form = ReasonForm()
    if not form.validate_on_submit():
        flash(_("Say why."), "danger")
        return
    reason = {"reason": form.reason.data}
    if request.form.get("ruling") == "holds":
        seen = request.form.get("version", type=int)
        if submit_or_flash(correction, target, holds | reason | {"settles": [dispute.id]}, seen):
            flash(_("That sheet holds now; screens and standings show it."), "success")
    elif submit_or_flash("SettleDisputes", target, {"disputes": [dispute.id]} | reason):
        flash(_("The result stands."), "success")
