"""What a chief judge orders about one match: its bouts corrected, protests taken and decided."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from ...accounts.access import access
from ...protests.state import Protests
from ..forms import ButtonForm
from ..sheets.chief_forms import RulingForm
from ..sheets.protesting import filed, protest_form
from ..submitting import pipeline, state_of, submit_or_flash
from .bout_entry import read_bouts
from .match_forms import ReasonForm
from .match_page import match_of, match_page, with_match

blueprint = Blueprint("desk_match", __name__, url_prefix="/desk")


@blueprint.post("/c/<slug>/match/<match_id>/correct")
@access("referee")
def correct(slug: str, match_id: str) -> Any:
    """Replace the bouts of a confirmed match, saying why."""
    form = ReasonForm()
    if not form.validate_on_submit():
        flash(_("Say why."), "danger")
        return match_page(slug, match_id, request.form), 400
    why = {"reason": form.reason.data, "settles": request.form.getlist("settles")}
    return _submit_bouts(slug, match_id, "CorrectMatch", f"c/{slug}/match/{match_id}", why)


@blueprint.post("/c/<slug>/match/<match_id>/absent")
@access("referee")
def set_absent(slug: str, match_id: str) -> Any:
    """Whether one of drawn partners is not there."""
    if ButtonForm().validate_on_submit():
        payload = {"entry": request.form.get("entry", ""), "absent": request.form.get("absent") == "1"}
        submit_or_flash("SetPartnerAbsent", f"c/{slug}/match/{match_id}", payload)
    return redirect(url_for("desk_matches.match", slug=slug, match_id=match_id))


@blueprint.post("/c/<slug>/match/<match_id>/protest")
@access("organiser", "referee")
def file_protest(slug: str, match_id: str) -> Any:
    with pipeline().reading():
        state = state_of(slug)
        match = match_of(state, match_id)
        form = protest_form(state, match.division, match.entries)
    if not form.validate_on_submit():
        flash(_("Say who protests, and in a sentence or more about what."), "danger")
        return match_page(slug, match_id), 400
    if submit_or_flash("FileProtest", f"c/{slug}/match/{match_id}", filed(form, state)):
        flash(_("The protest is filed; the jury decides it."), "success")
    return _shown(slug, match_id)


@blueprint.post("/c/<slug>/match/<match_id>/protest/<protest_id>/decide")
@access("referee")
def decide(slug: str, match_id: str, protest_id: str) -> Any:
    with pipeline().reading():
        protest = state_of(slug)[Protests].by_id.get(protest_id)
    if protest is None or protest.match != match_id:
        abort(404)
    form = RulingForm()
    if not form.validate_on_submit():
        flash(_("A decision needs its reasons."), "danger")
        return match_page(slug, match_id, request.form), 400
    ruling = {"outcome": form.outcome.data, "effect": form.effect.data, "reason": form.reason.data}
    target = f"c/{slug}/protest/{protest_id}"
    if form.effect.data == "correction":
        return _submit_bouts(slug, match_id, "DecideProtest", target, ruling)
    submit_or_flash("DecideProtest", target, ruling, request.form.get("version", type=int))
    return _shown(slug, match_id)


def _submit_bouts(slug: str, match_id: str, type_: str, target: str, payload: dict[str, Any]) -> Any:
    """Submit a command with the bouts that were typed; refused, they come back as they were typed."""
    with pipeline().reading():
        match, ruleset = with_match(state_of(slug), match_id)
    whole = payload | read_bouts(ruleset, match, request.form)
    if submit_or_flash(type_, target, whole, request.form.get("version", type=int)):
        flash(_("The match is stored; screens and standings show it."), "success")
        return _shown(slug, match_id)
    return match_page(slug, match_id, request.form), 400


def _shown(slug: str, match_id: str) -> Any:
    return redirect(url_for("desk_matches.match", slug=slug, match_id=match_id) + "#protests")
