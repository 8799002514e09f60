"""What a chief judge orders about one run: its sheet corrected, a replay, protests taken and decided."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from ..accounts.access import access
from ..competitions.state import Setup
from ..eventlog.chain import utc_now
from ..eventlog.deciding import Refusal
from ..messages import sentence
from ..protests.state import Protests
from .chief_forms import ReasonForm, RulingForm
from .forms import ButtonForm
from .run_page import Errors, errors_of, protest_form, run_of, run_page
from .sheet_entry import Typed, read_sheet, typed_in
from .submitting import pipeline, state_of, submit, submit_or_flash

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
        type_ = "CorrectScore" if run_of(state_of(slug), run_id).is_confirmed else "SettleSheets"
    return _submit_sheet(
        slug, run_id, type_, f"c/{slug}/run/{run_id}", {"reason": form.reason.data}, typed_in(request.form)
    )


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
        form = protest_form(state, run_of(state, run_id))
        zone = ZoneInfo(state[Setup].facts["zone"])
    if not form.validate_on_submit():
        flash(_("Say who protests, and in a sentence or more about what."), "danger")
        return run_page(slug, run_id), 400
    payload = {
        "entry": form.entry.data,
        "text": form.text.data,
        "fee_paid": form.fee_paid.data,
        "handed_in_at_utc": _today_at(form.handed_in_at.data, zone),
    }
    if submit_or_flash("FileProtest", f"c/{slug}/run/{run_id}", payload):
        flash(_("The protest is filed; the jury decides it."), "success")
    return redirect(url_for("desk_run.show", slug=slug, run_id=run_id) + "#protests")


@blueprint.post("/c/<slug>/protest/<protest_id>/fee")
@access("organiser", "referee")
def record_fee(slug: str, protest_id: str) -> Any:
    if ButtonForm().validate_on_submit():
        submit_or_flash("RecordProtestFee", f"c/{slug}/protest/{protest_id}", {})
    return redirect(url_for("desk_run.show", slug=slug, run_id=_run_of(slug, protest_id)) + "#protests")


@blueprint.post("/c/<slug>/protest/<protest_id>/decide")
@access("referee")
def decide(slug: str, protest_id: str) -> Any:
    run_id, form = _run_of(slug, protest_id), RulingForm()
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
    flash(sentence(code, facts), "danger")
    return run_page(slug, run_id, typed, mark, errors), 400


def _run_of(slug: str, protest_id: str) -> str:
    with pipeline().reading():
        protest = state_of(slug)[Protests].by_id.get(protest_id)
    return protest.run if protest else abort(404)


def _today_at(at: time | None, zone: ZoneInfo) -> str | None:
    """A time on the competition's clocks today, as an instant; None for now."""
    if at is None:
        return None
    return datetime.combine(utc_now().astimezone(zone), at, zone).astimezone(UTC).isoformat()
