"""The tables at the door: teams are checked in, robots inspected, held in impound and given back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.access import access, public
from ...arrivals.state import AGAIN, FAILED, PASSED, TO_DO, Arrivals, Moment
from ...competitions.state import Setup
from ...entries.state import Entries, Entry, public_entry
from ...eventlog.fold import State
from ...messages import sentence
from ...pictures import PictureRefused, keep_picture, picture_path
from ...protests.window import local_clock
from ..forms import ButtonForm
from ..submitting import pipeline, state_of, submit_form, submit_or_flash
from ..teams.team_search import teams
from .arrival_forms import InspectionForm

blueprint = Blueprint("desk_arrivals", __name__, url_prefix="/desk")
badges = Blueprint("badges", __name__)

AT_THE_DOOR = ("volunteer", "judge", "referee", "organiser")
SHOWN = 60
PHOTO_PX = (1600, 1600)
STEPS = {"in": "CheckIn", "back": "TakeBackCheckIn", "impound": "Impound", "return": "ReturnRobot"}


@badges.get("/t/<slug>/<int:number>")
@public
def badge(slug: str, number: int) -> Any:
    """What a badge's code opens: the team's check-in for those at the table, its results for everybody else."""
    with pipeline().reading():
        entries = state_of(slug)[Entries].by_id.values()
        entry = next((one for one in entries if one.number == number), None) or abort(404)
    actor = current_user.actor if current_user.is_authenticated else None
    if actor and actor.role in AT_THE_DOOR and actor.may_reach(f"c/{slug}"):
        return redirect(url_for("desk_arrivals.check_in", slug=slug, q=number))
    return redirect(f"/c/{slug}?team={entry.id}")


@blueprint.get("/c/<slug>/check-in")
@access(*AT_THE_DOOR)
def check_in(slug: str) -> str:
    """A search box; the one team it finds is shown large, with a button that Enter presses."""
    query = request.args.get("q", "").strip()
    with pipeline().reading():
        state = state_of(slug)
        found = teams(state, query)
        arrivals = state[Arrivals]
        missing = [one for one in found if one.id not in arrivals.checked_in]
        listed = found if query else missing
        return render_template(
            "desk/check_in.html",
            setup=state[Setup],
            slug=slug,
            q=query,
            chosen=_line(state, found[0]) if query and len(found) == 1 else None,
            lines=[_line(state, one) for one in listed[:SHOWN]],
            count=len(listed),
            here=len(arrivals.checked_in),
            all=len(teams(state, "")),
            button=ButtonForm(),
        )


@blueprint.post("/c/<slug>/entry/<entry_id>/arrival/<step>")
@access(*AT_THE_DOOR)
def arrive(slug: str, entry_id: str, step: str) -> Any:
    """One step of a team at the door: ``in``, ``back``, ``impound`` or ``return``."""
    if step not in STEPS or not ButtonForm().validate_on_submit():
        abort(400)
    if submit_or_flash(STEPS[step], f"c/{slug}/entry/{entry_id}", {}) and step == "in":
        with pipeline().reading():
            entry = public_entry(state_of(slug), entry_id)
        flash(_("№ %(number)s, %(team)s, is here.", number=entry["number"], team=entry["team"]), "success")
    if step in ("impound", "return"):
        return redirect(url_for("desk_arrivals.inspection", slug=slug, entry_id=entry_id))
    return redirect(url_for("desk_arrivals.check_in", slug=slug))


@blueprint.get("/c/<slug>/inspection")
@access(*AT_THE_DOOR)
def inspections(slug: str) -> str:
    """Every robot with how its inspection stands; those that wait come first."""
    query = request.args.get("q", "").strip()
    with pipeline().reading():
        state = state_of(slug)
        order = (AGAIN, FAILED, TO_DO, PASSED)
        stands = state[Arrivals].inspection_state
        found = sorted(teams(state, query), key=lambda one: (order.index(stands(one.id)), one.number))
        return render_template(
            "desk/inspections.html",
            setup=state[Setup],
            slug=slug,
            q=query,
            lines=[_line(state, one) for one in found[:SHOWN]],
            count=len(found),
            passed=sum(stands(one.id) == PASSED for one in found),
        )


@blueprint.get("/c/<slug>/entry/<entry_id>/inspection")
@access(*AT_THE_DOOR)
def inspection(slug: str, entry_id: str) -> str:
    return _inspection_page(slug, entry_id, InspectionForm(formdata=None))


@blueprint.post("/c/<slug>/entry/<entry_id>/inspection")
@access(*AT_THE_DOOR)
def inspect(slug: str, entry_id: str) -> Any:
    """Record an inspection; a refusal brings the form back as it was filled in."""
    form = InspectionForm()
    if not form.validate_on_submit():
        return _inspection_page(slug, entry_id, form), 400
    payload = {"outcome": form.outcome.data, "note": form.note.data or "", **form.measured()}
    content = form.photo.data.read() if form.photo.data else b""
    if content:
        try:
            payload["photo"] = keep_picture(content, current_app.extensions["settings"].pictures, PHOTO_PX)
        except PictureRefused as refused:
            form.photo.errors = [sentence(refused.code, {})]
            return _inspection_page(slug, entry_id, form), 400
    if submit_form(form, "RecordInspection", f"c/{slug}/entry/{entry_id}", payload):
        flash(_("The inspection is recorded."), "success")
        return redirect(url_for("desk_arrivals.inspections", slug=slug))
    return _inspection_page(slug, entry_id, form), 400


@blueprint.get("/c/<slug>/entry/<entry_id>/inspection/<digest>.jpg")
@access(*AT_THE_DOOR)
def photo(slug: str, entry_id: str, digest: str) -> Any:
    """A picture an inspector took; it is for the door, not for the public."""
    with pipeline().reading():
        taken = {one.photo for one in state_of(slug)[Arrivals].inspections.get(entry_id, [])}
    path = picture_path(current_app.extensions["settings"].pictures, digest)
    if digest not in taken or not path.is_file():
        abort(404)
    return send_file(path, mimetype="image/jpeg", max_age=0)


def _inspection_page(slug: str, entry_id: str, form: InspectionForm) -> str:
    with pipeline().reading():
        state = state_of(slug)
        entry = state[Entries].by_id.get(entry_id) or abort(404)
        if entry.id in state[Entries].taken_down:
            abort(404)
        limits = state[Setup].divisions[entry.division].ruleset.robot
        return render_template(
            "desk/inspection.html",
            setup=state[Setup],
            slug=slug,
            line=_line(state, entry),
            limits={name: f"{limit:g}" for name, limit in limits.items()},
            history=[
                {"at": _clock(state, one.done), **asdict(one)}
                for one in reversed(state[Arrivals].inspections.get(entry_id, []))
            ],
            form=form,
            button=ButtonForm(),
        )


def _clock(state: State, moment: Moment) -> str:
    return local_clock(state, datetime.fromisoformat(moment.at_utc))


def _line(state: State, entry: Entry) -> dict[str, Any]:
    """A team as the tables show it."""
    arrivals = state[Arrivals]
    moment = arrivals.checked_in.get(entry.id)
    return {
        **public_entry(state, entry.id),
        "division": state[Setup].divisions[entry.division].name,
        "here_since": _clock(state, moment) if moment else None,
        "inspection": arrivals.inspection_state(entry.id),
        "impounded": entry.id in arrivals.impounded,
    }
