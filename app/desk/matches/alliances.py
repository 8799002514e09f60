"""The desk page of an alliance selection, run in front of a hall: find a team, picked or declined, next."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ...accounts.access import access
from ...alliances.state import DECLINED, PICKED, Alliances
from ...competitions.state import Division, Setup
from ...eventlog.fold import State
from ...live.alliance_shapes import has_alliances, selection_shape
from ...live.shapes import Shape
from ...matches.state import Matches
from ...registry.finding import fits
from ..forms import ButtonForm
from ..submitting import pipeline, state_of, submit_or_flash
from .alliance_forms import BackupForm, EntryForm, OpenSelectionForm, SelectionReasonForm, VersionForm

blueprint = Blueprint("desk_alliances", __name__, url_prefix="/desk")

STEERING = ("organiser", "referee")
PAGE = "/c/<slug>/division/<code>/alliances"


@blueprint.get(PAGE)
@access(*STEERING)
def selection(slug: str, code: str) -> str:
    with pipeline().reading():
        state = state_of(slug)
        return render_template("desk/alliances.html", **_context(state, slug, code))


@blueprint.get(f"{PAGE}/now")
@access(*STEERING)
def selection_now(slug: str, code: str) -> Any:
    """The selection alone, which the page asks for again and again; nothing where it has not moved."""
    with pipeline().reading():
        context = _context(state_of(slug), slug, code)
        if str(context["data"]["version"]) == request.args.get("seen"):
            return Response(status=204)
        if context["data"]["stage"] == "none":
            return Response(status=204, headers={"HX-Refresh": "true"})
        return render_template("desk/_alliances_now.html", **context)


@blueprint.post(f"{PAGE}/open")
@access(*STEERING)
def open_selection(slug: str, code: str) -> Any:
    form = OpenSelectionForm()
    if form.validate_on_submit():
        submit_or_flash("OpenAllianceSelection", _target(slug, code), {"count": form.count.data}, 0)
    return _back(slug, code)


@blueprint.post(f"{PAGE}/lots")
@access(*STEERING)
def draw_lots(slug: str, code: str) -> Any:
    if ButtonForm().validate_on_submit():
        submit_or_flash("DrawLots", f"c/{slug}/division/{code}", {})
    return _back(slug, code)


@blueprint.post(f"{PAGE}/pick")
@access(*STEERING)
def pick(slug: str, code: str) -> Any:
    return _of_entry(slug, code, "PickPartner", PICKED)


@blueprint.post(f"{PAGE}/decline")
@access(*STEERING)
def decline(slug: str, code: str) -> Any:
    return _of_entry(slug, code, "DeclineInvitation", DECLINED)


@blueprint.post(f"{PAGE}/form")
@access(*STEERING)
def form_alliances(slug: str, code: str) -> Any:
    form = VersionForm()
    if form.validate_on_submit():
        submit_or_flash("FormAlliances", _target(slug, code), {}, form.expected_version)
    return _back(slug, code)


@blueprint.post(f"{PAGE}/undo")
@access(*STEERING)
def undo(slug: str, code: str) -> Any:
    return _with_reason(slug, code, "UndoAllianceStep")


@blueprint.post(f"{PAGE}/reopen")
@access(*STEERING)
def reopen(slug: str, code: str) -> Any:
    return _with_reason(slug, code, "ReopenAllianceSelection")


@blueprint.post(f"{PAGE}/discard")
@access(*STEERING)
def discard(slug: str, code: str) -> Any:
    return _with_reason(slug, code, "DiscardAllianceSelection")


@blueprint.post(f"{PAGE}/backup")
@access(*STEERING)
def call_backup(slug: str, code: str) -> Any:
    with pipeline().reading():
        state = state_of(slug)
        form = _backup_form(selection_shape(state, _division(state, code), public=False))
    if form.validate_on_submit():
        payload = {
            "alliance": form.alliance.data,
            "entry": form.entry.data,
            "instead_of": form.instead_of.data or None,
            "reason": form.reason.data,
        }
        submit_or_flash("CallBackup", _target(slug, code), payload, form.expected_version)
    return _back(slug, code)


def _of_entry(slug: str, code: str, type_: str, kind: str) -> Any:
    form = EntryForm()
    if form.validate_on_submit() and not _is_done(slug, code, kind, form.entry.data):
        submit_or_flash(type_, _target(slug, code), {"entry": form.entry.data}, form.expected_version)
    return _back(slug, code)


def _is_done(slug: str, code: str, kind: str, entry: str) -> bool:
    """Whether that is what happened last: a button pressed twice is no mistake worth a word."""
    with pipeline().reading():
        now = state_of(slug)[Alliances].of(code)
        last = now.steps[-1] if now and now.steps else None
        return last is not None and (last.kind, last.entry) == (kind, entry)


def _with_reason(slug: str, code: str, type_: str) -> Any:
    form = SelectionReasonForm()
    if form.validate_on_submit():
        payload = {"reason": form.reason.data}
        submit_or_flash(type_, _target(slug, code), payload, form.expected_version)
    return _back(slug, code)


def _context(state: State, slug: str, code: str) -> dict[str, Any]:
    division = _division(state, code)
    data = selection_shape(state, division, public=False)
    query = request.args.get("q", "").strip()
    contest = state[Matches].contest(code)
    choice = contest.tournament.choice if contest else None
    now = state[Alliances].of(code)
    return {
        "setup": state[Setup],
        "slug": slug,
        "code": code,
        "division": division,
        "data": data,
        "q": query,
        "found": [one for one in data["available"] if _is_meant(query, one["entry"])],
        "is_due": choice is not None,
        "needs_lots": choice is not None and choice.needs_lots,
        "has_moved": _has_moved(now.selection.ranked, choice.ranked) if now and choice else False,
        "can_undo": now is not None and now.last_undoable is not None,
        "most": _most(division),
        "open_form": OpenSelectionForm(formdata=None, count=_most(division)),
        "entry_form": EntryForm(formdata=None),
        "backup_form": _backup_form(data),
        "reason": _("Pressed by mistake"),
    }


def _is_meant(query: str, entry: Shape) -> bool:
    number = query.removeprefix("№").strip()
    if number.isdecimal():
        return str(entry["number"]) == number
    return fits(query, entry["team"], entry["organisation"], entry["region"] or "")


def _has_moved(chosen_from: tuple[str, ...], now: tuple[str, ...]) -> bool:
    """Whether a result changed the ranking since the selection began; who withdrew meanwhile apart."""
    return [entry for entry in chosen_from if entry in now] != list(now)


def _backup_form(data: Shape) -> BackupForm:
    form = BackupForm()
    numbers = [one["number"] for one in data["alliances"]]
    form.alliance.choices = [(number, str(number)) for number in numbers]
    playing = [
        (member["entry"]["id"], f"{one['number']} · {member['entry']['team']}")
        for one in data["alliances"]
        for member in one["members"]
        if not member["resting"]
    ]
    form.instead_of.choices = [("", "–"), *playing]
    return form


def _most(division: Division) -> int:
    return next(phase.alliances.count for phase in division.ruleset.phases if phase.alliances is not None)


def _division(state: State, code: str) -> Division:
    division = state[Setup].divisions.get(code)
    if division is None or not has_alliances(division):
        abort(404)
    return division


def _target(slug: str, code: str) -> str:
    return f"c/{slug}/alliances/{code}"


def _back(slug: str, code: str) -> Any:
    return redirect(url_for("desk_alliances.selection", slug=slug, code=code))
