"""Desk pages of matches: draw them, follow groups and brackets, and steer single matches, ties and withdrawals."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.access import access
from ...competitions.state import Division, Setup
from ...entries.state import Entries, public_entry
from ...eventlog.fold import State
from ...live.alliance_shapes import has_alliances
from ...live.match_shapes import contest_shape, match_shape
from ...matches.late_entries import taking_in
from ...matches.queries import withdrawal
from ...matches.state import Matches
from ...messages import sentence
from ...typed_numbers import whole_number
from ..forms import ButtonForm
from ..submitting import pipeline, state_of, submit_form, submit_or_flash
from .bout_entry import NOBODY
from .match_forms import DrawMatchesForm, ReasonForm, TieForm, WithdrawForm
from .match_page import match_of, match_page, move_form, walkover_form

blueprint = Blueprint("desk_matches", __name__, url_prefix="/desk")

STEERING = ("organiser", "referee")


@blueprint.get("/c/<slug>/division/<code>/matches")
@access(*STEERING)
def matches(slug: str, code: str) -> str:
    return _page(slug, code)


@blueprint.get("/c/<slug>/division/<code>/matches/now")
@access(*STEERING)
def matches_now(slug: str, code: str) -> str:
    """Groups, bracket and matches alone, which the page asks for again and again."""
    with pipeline().reading():
        state = state_of(slug)
        division = _division(state, code)
        data = contest_shape(state, division, public=False)
        return render_template("desk/_matches_now.html", slug=slug, code=code, data=data)


@blueprint.post("/c/<slug>/division/<code>/matches/draw")
@access("organiser")
def draw(slug: str, code: str) -> Any:
    with pipeline().reading():
        form = _draw_form(state_of(slug))
    payload = {
        "fields": form.fields.data or [],
        "seeding": form.seeding.data,
        "seed": whole_number(form.seed.data),
    }
    if not payload["fields"]:
        form.fields.errors = [_("Choose at least one field.")]
    elif form.validate_on_submit() and submit_form(form, "DrawMatches", f"c/{slug}/division/{code}", payload):
        return _back(slug, code)
    return _page(slug, code, draw_form=form), 400


@blueprint.post("/c/<slug>/division/<code>/matches/discard")
@access("organiser")
def discard(slug: str, code: str) -> Any:
    _submit_reason("DiscardMatches", f"c/{slug}/division/{code}")
    return _back(slug, code)


@blueprint.post("/c/<slug>/division/<code>/matches/late")
@access("organiser")
def take_in_late(slug: str, code: str) -> Any:
    if ButtonForm().validate_on_submit():
        submit_or_flash("TakeInLateEntries", f"c/{slug}/division/{code}", {})
    return _back(slug, code)


@blueprint.post("/c/<slug>/division/<code>/matches/tie/<key>")
@access(*STEERING)
def settle_tie(slug: str, code: str, key: str) -> Any:
    form = TieForm()
    form.entries.choices = [(entry, entry) for entry in request.form.getlist("entries")]
    if form.validate_on_submit():
        payload = {"key": key, "entries": form.entries.data, "reason": form.reason.data}
        submit_or_flash("SettleTie", f"c/{slug}/division/{code}", payload)
    return _back(slug, code)


@blueprint.get("/c/<slug>/division/<code>/withdraw")
@access(*STEERING)
def withdrawing(slug: str, code: str) -> str:
    """What a withdrawal would do, said before it is made."""
    with pipeline().reading():
        state = state_of(slug)
        division = _division(state, code)
        form = _withdraw_form(state, code)
        form.entry.data = entry = request.args.get("entry", "")
        contest = state[Matches].contest(code)
        known = {one.id for one in state[Entries].of(code)}
        follows = withdrawal(state, contest, entry) if contest and entry in known else None
        return render_template(
            "desk/withdraw.html",
            setup=state[Setup],
            slug=slug,
            division=division,
            form=form,
            chosen=public_entry(state, entry) if entry in known else None,
            is_withdrawn=entry in state[Matches].withdrawn,
            given=[match_shape(state, match) for match in follows.given] if follows else [],
            short=[match.number for match in follows.short] if follows else [],
            kept=follows.kept if follows else 0,
            refused=sentence(follows.refusal.code, follows.refusal.facts)
            if follows and follows.refusal
            else None,
            reason_form=ReasonForm(),
        )


@blueprint.post("/c/<slug>/division/<code>/withdraw/<entry>")
@access(*STEERING)
def withdraw(slug: str, code: str, entry: str) -> Any:
    type_ = "ReinstateEntry" if request.form.get("back") else "WithdrawEntry"
    _submit_reason(type_, f"c/{slug}/entry/{entry}")
    return redirect(url_for("desk_matches.withdrawing", slug=slug, code=code, entry=entry))


@blueprint.get("/c/<slug>/match/<match_id>")
@access(*STEERING)
def match(slug: str, match_id: str) -> str:
    return match_page(slug, match_id)


@blueprint.post("/c/<slug>/match/<match_id>/walkover")
@access("referee")
def walkover(slug: str, match_id: str) -> Any:
    with pipeline().reading():
        found = match_of(state_of(slug), match_id)
        form, version = walkover_form(state_of(slug), found), found.version
    if form.validate_on_submit():
        winner = None if form.winner.data == NOBODY else form.winner.data
        payload = {"winner": winner, "reason": form.reason.data}
        submit_or_flash("GiveWalkover", f"c/{slug}/match/{match_id}", payload, version)
    return _back_to_match(slug, match_id)


@blueprint.post("/c/<slug>/match/<match_id>/replay")
@access("referee")
def replay(slug: str, match_id: str) -> Any:
    with pipeline().reading():
        version = match_of(state_of(slug), match_id).version
    _submit_reason("ReplayMatch", f"c/{slug}/match/{match_id}", version)
    return _back_to_match(slug, match_id)


@blueprint.post("/c/<slug>/match/<match_id>/call")
@access(*STEERING)
def call(slug: str, match_id: str) -> Any:
    if ButtonForm().validate_on_submit():
        submit_or_flash("CallMatch", f"c/{slug}/match/{match_id}", {})
    return _back_to_match(slug, match_id)


@blueprint.post("/c/<slug>/match/<match_id>/move")
@access(*STEERING)
def move(slug: str, match_id: str) -> Any:
    with pipeline().reading():
        form = move_form(state_of(slug), match_of(state_of(slug), match_id))
    if form.validate_on_submit():
        payload = {"field": form.field.data, "before": form.before.data or None}
        submit_or_flash("MoveMatch", f"c/{slug}/match/{match_id}", payload)
    return _back_to_match(slug, match_id)


def _page(slug: str, code: str, draw_form: DrawMatchesForm | None = None) -> str:
    with pipeline().reading():
        state = state_of(slug)
        division = _division(state, code)
        data = contest_shape(state, division, public=False)
        return render_template(
            "desk/matches.html",
            setup=state[Setup],
            slug=slug,
            code=code,
            division=division,
            data=data,
            has_alliances=has_alliances(division),
            entries=len(state[Entries].of(code)),
            draw_form=draw_form or _draw_form(state),
            reason_form=ReasonForm(),
            tie_form=TieForm(),
            button=ButtonForm(),
            is_organiser=current_user.actor.role == "organiser",
            has_begun=any(match["status"] != "START_LIST" for match in data["matches"]),
            late=_late(state, code),
            draws_lots=any(criterion.by == "draw" for criterion in division.ruleset.ranking),
        )


def _late(state: State, code: str) -> dict[str, Any] | None:
    """Who came after the draw, and what taking them in would do; None where nobody did."""
    found = taking_in(state, code)
    if found is None:
        return None
    return {
        "entries": [public_entry(state, entry) for entry in found.late],
        "does": found,
        "refused": sentence(found.refusal.code, found.refusal.facts) if found.refusal else None,
    }


def _submit_reason(type_: str, target: str, version: int | None = None) -> None:
    form = ReasonForm()
    if form.validate_on_submit():
        submit_or_flash(type_, target, {"reason": form.reason.data}, version)


def _draw_form(state: State) -> DrawMatchesForm:
    form = DrawMatchesForm()
    form.fields.choices = [(field.code, field.name) for field in state[Setup].fields.values()]
    return form


def _withdraw_form(state: State, code: str) -> WithdrawForm:
    form = WithdrawForm()
    form.entry.choices = [
        (entry.id, f"{entry.number} · {public_entry(state, entry.id)['team']}")
        for entry in state[Entries].of(code)
    ]
    return form


def _division(state: State, code: str) -> Division:
    division = state[Setup].divisions.get(code)
    if division is None or division.ruleset.match is None:
        abort(404)
    return division


def _back(slug: str, code: str) -> Any:
    return redirect(url_for("desk_matches.matches", slug=slug, code=code))


def _back_to_match(slug: str, match_id: str) -> Any:
    return redirect(url_for("desk_matches.match", slug=slug, match_id=match_id))
