"""The desk page on which a panel of judges is set before a division's projects, and looked after."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user

from ...accounts import queries
from ...accounts.access import access
from ...competitions.state import Division, Setup
from ...database import reader
from ...entries.state import Entries, public_entry
from ...eventlog.fold import State
from ...judging.calibration import calibrated
from ...judging.state import Affiliation, Panels, open_sheets
from ...judging.ties import FoundTie, found_ties
from ...registry.queries import look
from ...runs.order_commands import late_entries
from ...runs.run import NOBODY
from ...runs.state import Runs
from ..forms import ButtonForm
from ..submitting import pipeline, state_of, submit_form, submit_or_flash
from .panel_forms import GiveForm, PanelForm, affiliations, ties

blueprint = Blueprint("desk_panels", __name__, url_prefix="/desk")

MARKING = ("judge", "referee")
Judge = dict[str, Any]


@blueprint.get("/c/<slug>/division/<code>/panel")
@access("organiser", "referee")
def panel(slug: str, code: str) -> str:
    with pipeline().reading():
        state = state_of(slug)
        division = _judged(state, code)
        if code in state[Panels].by_division:
            return _drawn_page(state, division)
        return _page(state, division, _form(state), judges_of(slug))


@blueprint.post("/c/<slug>/division/<code>/panel")
@access("organiser")
def draw(slug: str, code: str) -> Any:
    """Ties that were found are shown first; the panel is drawn once somebody has looked at them."""
    judges = judges_of(slug)
    said = affiliations(request.form, [judge["id"] for judge in judges])
    submit_or_flash("StateAffiliations", f"c/{slug}", {"judges": said})
    with pipeline().reading(), reader() as connection:
        state = state_of(slug)
        division, form = _judged(state, code), _form(state)
        form.judges.choices = [(judge["id"], judge["name"]) for judge in judges]
        chosen = [judge for judge in judges if judge["id"] in (form.judges.data or [])]
        found = found_ties(connection, state, code, chosen)
    named = sum(tie.kind == "family" for tie in found)
    if named:
        pipeline().write(look(f"c/{slug}", current_user.actor.account, "ties", named))
    if form.validate_on_submit() and {tie.key for tie in found} <= set(request.form.getlist("seen")):
        payload = {
            "field": form.field.data,
            "judges": form.judges.data,
            "blind": form.blind.data,
            "secret": form.secret.data,
            "ties": ties(request.form.getlist("tie")),
        }
        if submit_form(form, "DrawPanel", f"c/{slug}/division/{code}", payload):
            return redirect(url_for(".panel", slug=slug, code=code))
    with pipeline().reading():
        return _page(state_of(slug), division, form, judges, found), 422


@blueprint.post("/c/<slug>/division/<code>/panel/late")
@access("organiser", "referee")
def add_late(slug: str, code: str) -> Any:
    """The same for projects that came in since: ties that were found are shown first."""
    found = _late_ties(slug, code)
    if ButtonForm().validate_on_submit() and {tie.key for tie in found} <= set(request.form.getlist("seen")):
        payload = {"ties": ties(request.form.getlist("tie"))}
        submit_or_flash("AddLateProjects", f"c/{slug}/division/{code}", payload)
        return redirect(url_for(".panel", slug=slug, code=code))
    with pipeline().reading():
        return _drawn_page(state_of(slug), _judged(state_of(slug), code), found), 422


@blueprint.post("/c/<slug>/division/<code>/panel/give")
@access("organiser", "referee")
def give(slug: str, code: str) -> Any:
    form = GiveForm()
    if form.validate_on_submit():
        payload = {"judge": form.judge.data or None, "to": form.to.data}
        submit_or_flash("GiveSheets", f"c/{slug}/division/{code}", payload)
    return redirect(url_for(".panel", slug=slug, code=code))


@blueprint.get("/c/<slug>/division/<code>/panel/calibration")
@access("referee")
def calibration(slug: str, code: str) -> str:
    """How severe each judge is: for the chief judge alone, so that nobody marks to please a number."""
    names = judge_names(slug)
    with pipeline().reading():
        state = state_of(slug)
        division = _judged(state, code)
        found = calibrated(state, division)
        teams = {one.id: public_entry(state, one.id) for one in state[Entries].of(code)}
    return render_template(
        "desk/calibration.html", slug=slug, division=division, found=found, names=names, teams=teams
    )


def judges_of(slug: str) -> list[Judge]:
    """The accounts that may mark in a competition: id, name, fields."""
    with reader() as connection:
        accounts = queries.accounts_of(connection, slug)
    return [one for one in accounts if one["competition"] == slug and one["role"] in MARKING]


def judge_names(slug: str) -> dict[str, str]:
    """The names of those who may mark, by account."""
    return {judge["id"]: judge["name"] for judge in judges_of(slug)}


def _judged(state: State, code: str) -> Division:
    division = state[Setup].divisions.get(code)
    if division is None or division.ruleset.rubric is None:
        abort(404)
    return division


def _form(state: State) -> PanelForm:
    form = PanelForm()
    form.field.choices = [(field.code, field.name) for field in state[Setup].fields.values()]
    return form


def _page(
    state: State, division: Division, form: PanelForm, judges: list[Judge], found: Iterable[FoundTie] = ()
) -> str:
    known = state[Panels].affiliations
    cards = [public_entry(state, entry.id) for entry in state[Entries].of(division.code)]
    return render_template(
        "desk/panel.html",
        setup=state[Setup],
        slug=state[Setup].slug,
        division=division,
        form=form,
        judges=[judge | {"said": known.get(judge["id"], Affiliation())} for judge in judges],
        organisations=sorted({card["organisation"] for card in cards}),
        found=[(tie, public_entry(state, tie.entry)) for tie in found],
        names={judge["id"]: judge["name"] for judge in judges},
    )


def _late_ties(slug: str, code: str) -> list[FoundTie]:
    """Ties of the panel's judges to projects that came in after it was drawn."""
    judges = judges_of(slug)
    with pipeline().reading(), reader() as connection:
        state = state_of(slug)
        _judged(state, code)
        panel = state[Panels].by_division.get(code)
        if panel is None:
            abort(404)
        sitting = [judge for judge in judges if judge["id"] in panel.judges]
        late = late_entries(state, code)
        return [tie for tie in found_ties(connection, state, code, sitting) if tie.entry in late]


def _drawn_page(state: State, division: Division, found: Iterable[FoundTie] = ()) -> str:
    panel = state[Panels].by_division[division.code]
    runs = state[Runs].of(division.code)
    names = judge_names(state[Setup].slug)
    lines = [
        {
            "judge": judge,
            "name": names.get(judge, judge),
            "all": sum(run.judge == judge for run in runs),
            "open": len(open_sheets(state, division.code, judge)),
        }
        for judge in panel.judges
    ]
    give = GiveForm()
    give.judge.choices = [(line["judge"], line["name"]) for line in lines if line["open"]]
    give.to.choices = list(names.items())
    return render_template(
        "desk/panel_drawn.html",
        setup=state[Setup],
        slug=state[Setup].slug,
        division=division,
        panel=panel,
        lines=lines,
        lacking=[public_entry(state, run.entry) for run in open_sheets(state, division.code, NOBODY)],
        ties=[(names.get(judge, judge), public_entry(state, entry)) for judge, entry in sorted(panel.ties)],
        late=[public_entry(state, entry) for entry in late_entries(state, division.code)],
        found=[(tie, public_entry(state, tie.entry)) for tie in found],
        names=names,
        button=ButtonForm(),
        give=give,
    )
