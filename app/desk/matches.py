"""Desk pages of matches: draw them, follow groups and brackets, and steer single matches, ties and withdrawals."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ..accounts.access import access
from ..competitions.state import Division, Setup
from ..entries.state import Entries, public_entry
from ..eventlog.fold import State
from ..live.match_shapes import contest_shape, match_shape
from ..matches.match import Match
from ..matches.queries import withdrawal
from ..matches.state import Matches
from ..messages import sentence
from .forms import ButtonForm
from .match_forms import DrawMatchesForm, MoveForm, ReasonForm, TieForm, WalkoverForm, WithdrawForm
from .submitting import pipeline, state_of, submit_form, submit_or_flash

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
        "seed": int(form.seed.data) if (form.seed.data or "").isdecimal() else None,
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
    with pipeline().reading():
        state = state_of(slug)
        found = _match(state, match_id)
        return render_template(
            "desk/match.html",
            setup=state[Setup],
            slug=slug,
            division=state[Setup].divisions[found.division],
            match=match_shape(state, found),
            walkover_form=_walkover_form(state, found),
            move_form=_move_form(state, found),
            reason_form=ReasonForm(),
        )


@blueprint.post("/c/<slug>/match/<match_id>/walkover")
@access("referee")
def walkover(slug: str, match_id: str) -> Any:
    with pipeline().reading():
        found = _match(state_of(slug), match_id)
        form, version = _walkover_form(state_of(slug), found), found.version
    if form.validate_on_submit():
        payload = {"winner": form.winner.data, "reason": form.reason.data}
        submit_or_flash("GiveWalkover", f"c/{slug}/match/{match_id}", payload, version)
    return _back_to_match(slug, match_id)


@blueprint.post("/c/<slug>/match/<match_id>/replay")
@access("referee")
def replay(slug: str, match_id: str) -> Any:
    with pipeline().reading():
        version = _match(state_of(slug), match_id).version
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
        form = _move_form(state_of(slug), _match(state_of(slug), match_id))
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
            entries=len(state[Entries].of(code)),
            draw_form=draw_form or _draw_form(state),
            reason_form=ReasonForm(),
            tie_form=TieForm(),
            button=ButtonForm(),
            is_organiser=current_user.actor.role == "organiser",
            has_begun=any(match["status"] != "START_LIST" for match in data["matches"]),
            draws_lots=any(criterion.by == "draw" for criterion in division.ruleset.ranking),
        )


def _submit_reason(type_: str, target: str, version: int | None = None) -> None:
    form = ReasonForm()
    if form.validate_on_submit():
        submit_or_flash(type_, target, {"reason": form.reason.data}, version)


def _draw_form(state: State) -> DrawMatchesForm:
    form = DrawMatchesForm()
    form.fields.choices = [(field.code, field.name) for field in state[Setup].fields.values()]
    return form


def _walkover_form(state: State, match: Match) -> WalkoverForm:
    form = WalkoverForm()
    form.winner.choices = [(side, public_entry(state, side)["team"]) for side in match.sides]
    return form


def _move_form(state: State, match: Match) -> MoveForm:
    form = MoveForm(field=match.field)
    form.field.choices = [(field.code, field.name) for field in state[Setup].fields.values()]
    waiting = [
        one for code in state[Setup].fields for one in state[Matches].waiting(code) if one is not match
    ]
    form.before.choices = [("", "–"), *((one.id, f"{one.field} · {one.number}") for one in waiting)]
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


def _match(state: State, match_id: str) -> Match:
    found = state[Matches].by_id.get(match_id)
    if found is None or found.pairing.is_bye:
        abort(404)
    return found


def _back(slug: str, code: str) -> Any:
    return redirect(url_for("desk_matches.matches", slug=slug, code=code))


def _back_to_match(slug: str, match_id: str) -> Any:
    return redirect(url_for("desk_matches.match", slug=slug, match_id=match_id))
