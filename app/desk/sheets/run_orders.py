"""What a chief judge orders about one run: its sheet corrected, a replay, protests taken and decided."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from ...accounts.access import access
from ...competitions.state import Setup
from ...eventlog.deciding import Refusal
from ...protests.state import Protest, Protests
from ..forms import ButtonForm
from ..submitting import pipeline, state_of, submit, submit_or_flash
from .chief_forms import ReasonForm, RulingForm
from .protesting import filed, page_of, protest_form
from .run_page import Errors, errors_of, refused_words, run_of, run_page
from .sheet_entry import Typed, read_sheet, typed_in

blueprint = Blueprint("desk_run", __name__, url_prefix="/desk")


@blueprint.get("/c/<slug>/run/<run_id>")
@access("organiser", "referee")
def show(slug: str, run_id: str) -> str:
    return run_page(slug, run_id)


@blueprint.post("/c/<slug>/run/<run_id>/correct")
@access("referee")
def correct(slug: str, run_id: str) -> Any:
    """Change a confirmed sheet, or settle two that differ."""
    form = ReasonForm()
    if not form.validate_on_submit():
        flash(_("Say why."), "danger")
        return run_page(slug, run_id, typed_in(request.form), request.form.get("mark")), 400
    with pipeline().reading():
        is_confirmed = run_of(state_of(slug), run_id).is_confirmed
    why = {"reason": form.reason.data}
    if is_confirmed:
        why["settles"] = request.form.getlist("settles")
    type_ = "CorrectScore" if is_confirmed else "SettleSheets"
    return _submit_sheet(slug, run_id, type_, f"c/{slug}/run/{run_id}", why, typed_in(request.form))


@blueprint.post("/c/<slug>/run/<run_id>/replay")
@access("referee")
def order_replay(slug: str, run_id: str) -> Any:
    form = ReasonForm()
    if form.validate_on_submit() and submit_or_flash(
        "OrderReplay", f"c/{slug}/run/{run_id}", {"reason": form.reason.data}
    ):
        flash(_("The run is held again; it comes next on its field."), "success")
    return redirect(url_for("desk_run.show", slug=slug, run_id=run_id))


@blueprint.post("/c/<slug>/run/<run_id>/protest")
@access("organiser", "referee")
def file_protest(slug: str, run_id: str) -> Any:
    with pipeline().reading():
        state = state_of(slug)
        run = run_of(state, run_id)
        form = protest_form(state, run.division, [run.entry])
    if not form.validate_on_submit():
        flash(_("Say who protests, and in a sentence or more about what."), "danger")
        return run_page(slug, run_id), 400
    if submit_or_flash("FileProtest", f"c/{slug}/run/{run_id}", filed(form, state)):
        flash(_("The protest is filed; the jury decides it."), "success")
    return redirect(url_for("desk_run.show", slug=slug, run_id=run_id) + "#protests")


@blueprint.post("/c/<slug>/protest/<protest_id>/fee")
@access("organiser", "referee")
def record_fee(slug: str, protest_id: str) -> Any:
    protest = _protest(slug, protest_id)
    if ButtonForm().validate_on_submit():
        submit_or_flash("RecordProtestFee", f"c/{slug}/protest/{protest_id}", {})
    return redirect(page_of(slug, protest))


@blueprint.post("/c/<slug>/protest/<protest_id>/decide")
@access("referee")
def decide(slug: str, protest_id: str) -> Any:
    """The jury's decision about a run; that about a match comes to the match's own page."""
    run_id, form = _protest(slug, protest_id).run or abort(404), RulingForm()
    if not form.validate_on_submit():
        flash(_("A decision needs its reasons."), "danger")
        return run_page(slug, run_id, typed_in(request.form), request.form.get("mark")), 400
    ruling = {"outcome": form.outcome.data, "effect": form.effect.data, "reason": form.reason.data}
    target = f"c/{slug}/protest/{protest_id}"
    if form.effect.data == "correction":
        return _submit_sheet(slug, run_id, "DecideProtest", target, ruling, typed_in(request.form))
    submit_or_flash("DecideProtest", target, ruling, request.form.get("version", type=int))
    return redirect(url_for("desk_run.show", slug=slug, run_id=run_id) + "#protests")


def _submit_sheet(
    slug: str, run_id: str, type_: str, target: str, payload: dict[str, Any], typed: Typed
) -> Any:
    """Submit a command with the sheet that was typed; refused, it comes back as it was typed, with what is wrong."""
    with pipeline().reading():
        state = state_of(slug)
        ruleset = state[Setup].divisions[run_of(state, run_id).division].ruleset
    mark = request.form.get("mark") or None
    whole = payload | {"sheet": read_sheet(ruleset.fields, typed), "mark": mark}
    errors: Errors = {}
    try:
        receipt = submit(type_, target, whole, request.form.get("version", type=int))
        if receipt["status"] == "accepted":
            flash(_("The sheet is stored; screens and standings show it."), "success")
            return redirect(url_for("desk_run.show", slug=slug, run_id=run_id))
        code, facts, errors = receipt["code"], receipt["facts"], errors_of(receipt)
    except Refusal as refusal:
        code, facts = refusal.code, refusal.facts
    flash(refused_words(ruleset.fields, code, facts, errors), "danger")
    return run_page(slug, run_id, typed, mark, errors), 400


def _protest(slug: str, protest_id: str) -> Protest:
    with pipeline().reading():
        return state_of(slug)[Protests].by_id.get(protest_id) or abort(404)
