"""The desk's page of the plan of the day: what it has to keep to, the solver at work, the timeline, and to the runs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ...accounts.access import access
from ...competitions.state import Setup
from ...eventlog.chain import utc_now
from ...pipeline import Receipt
from ...planning import proposals
from ...planning.asking import Calendar
from ...planning.drafts import DraftMoved, Placed
from ...planning.fillers import without_fillers
from ...planning.state import Plans
from ...typed_numbers import whole_number
from ..judging.panels import judge_names, judges_of
from ..meanwhile import Meanwhile, meanwhile
from ..submitting import pipeline, state_of, submit_form, submit_or_flash
from .plan_board import Desk, at_desk, board
from .plan_defaults import proposed
from .plan_forms import MendForm, MoveForm, PlanFileForm, PlanForm, SolveForm
from .plan_lines import division_lines, held_together, place_lines
from .plan_said import asked_at, plan_said
from .timeline import activity_words, row_name

blueprint = Blueprint("desk_planning", __name__, url_prefix="/desk")

GOOD = ("optimal", "feasible")
SHOWN_MISPLACED = 6


@blueprint.get("/c/<slug>/plan")
@access("organiser", "referee")
def plan(slug: str) -> str:
    return _page(slug)


@blueprint.post("/c/<slug>/plan/asked")
@access("organiser")
def ask(slug: str) -> Any:
    """Say what the plan keeps to, unless another organiser did meanwhile: then what was typed stays."""
    form, conflicts = PlanForm(), list[Receipt]()
    with pipeline().reading():
        state = state_of(slug)
        divisions, asked = list(state[Setup].divisions), state[Plans].asked
        places = [
            one["place"] for one in place_lines(state, judges_of(slug), asked or proposed(state[Setup]))
        ]
    if not form.validate_on_submit():
        return _page(slug, form), 422
    typed, version = (
        form.payload(request.form, divisions, places, asked),
        whole_number(form.version.data) or 0,
    )
    if submit_form(form, "SetPlan", f"c/{slug}", typed, version, conflicts.append):
        return redirect(url_for(".plan", slug=slug))
    overtaken = _overtaken(slug, form, version, conflicts)
    return _page(slug, form, typed, overtaken), 409 if conflicts else 422


@blueprint.post("/c/<slug>/plan/solve")
@access("organiser")
def solve(slug: str) -> Any:
    form = SolveForm()
    if form.validate_on_submit():
        with at_desk(slug) as desk:
            order = proposals.solve_order(
                desk.state, desk.question.instance, desk.applied, utc_now(), int(form.limit_s.data)
            )
            desk.work.ask(order)
    return redirect(url_for(".plan", slug=slug))


@blueprint.post("/c/<slug>/plan/mend")
@access("organiser")
def mend(slug: str) -> Any:
    """Late in the day: from the plan the runs have, whatever draft there was."""
    form = MendForm()
    if form.validate_on_submit():
        with at_desk(slug) as desk:
            calendar, now = Calendar(desk.state), utc_now()
            today = now.astimezone(calendar.zone).date()
            closed = {}
            if form.resource.data and form.closed_until.data:
                hours = (
                    form.closed_from.data or now.astimezone(calendar.zone).time(),
                    form.closed_until.data,
                )
                closed[form.resource.data] = [calendar.on(today, at) for at in hours]
            order = proposals.mend_order(
                desk.state,
                desk.question.instance,
                desk.applied,
                now,
                form.kind.data,
                closed,
                int(form.limit_s.data),
            )
            desk.work.ask(order)
    return redirect(url_for(".plan", slug=slug))


@blueprint.post("/c/<slug>/plan/cancel")
@access("organiser")
def cancel(slug: str) -> Any:
    with at_desk(slug) as desk:
        desk.work.cancel()
    return redirect(url_for(".plan", slug=slug))


@blueprint.get("/c/<slug>/plan/work")
@access("organiser", "referee")
def work(slug: str) -> Any:
    """How far the solver is, which the page asks for again and again; the whole board once there is an answer."""
    with at_desk(slug) as desk:
        if desk.work.is_under_way:
            return render_template("desk/_plan_work.html", slug=slug, progress=desk.work.progress)
    return "", 200, {"HX-Refresh": "true"}


@blueprint.post("/c/<slug>/plan/move")
@access("organiser")
def move(slug: str) -> Any:
    """Put an activity elsewhere in the draft; what that breaks is shown at once, and may be mended by the next move."""
    form = MoveForm()
    with at_desk(slug) as desk:
        if form.validate_on_submit():
            placed = _moved(desk, form)
            try:
                if placed is not None:
                    desk.draft.keep(placed, form.version.data)
            except DraftMoved:
                flash(_("Somebody else changed the plan meanwhile. This is how it is now."), "danger")
        return render_template("desk/_plan_board.html", **board(desk, slug))


@blueprint.post("/c/<slug>/plan/apply")
@access("organiser")
def apply(slug: str) -> Any:
    """A person looked at the difference: the plan becomes the runs' own."""
    with at_desk(slug) as desk:
        misplaced = _misplaced_sentences(desk, slug)
        payload = proposals.apply_payload(desk.state, desk.question.places, desk.placed)
    for sentence in misplaced[:SHOWN_MISPLACED]:
        flash(sentence, "danger")
    if not misplaced and submit_or_flash("ApplyPlan", f"c/{slug}", payload):
        with at_desk(slug) as desk:
            desk.draft.drop()
        flash(_("Every run has its planned start now; queues are in this order."), "success")
    return redirect(url_for(".plan", slug=slug))


@blueprint.post("/c/<slug>/plan/drop")
@access("organiser")
def drop(slug: str) -> Any:
    with at_desk(slug) as desk:
        desk.draft.drop()
    return redirect(url_for(".plan", slug=slug))


def _misplaced_sentences(desk: Desk, slug: str) -> list[str]:
    """What keeps the plan from the runs, each with its place; the command could only say that a field is none."""
    names, places = judge_names(slug), desk.question.places
    return [
        _(
            "%(start)s, %(time)s, stands at %(place)s, which is no field. Move it to a field first.",
            start=activity_words(desk.state, id_),
            time=Calendar(desk.state).instant(desk.placed[id_]["start"]).strftime("%H:%M"),
            place=", ".join(
                row_name(desk.state, places, one, names) for one in desk.placed[id_]["resources"]
            ),
        )
        for id_ in proposals.misplaced(desk.state, places, desk.placed)
    ]


def _moved(desk: Desk, form: MoveForm) -> Placed | None:
    """The plan after a move; None where the move names what is not there, or what no plan moves any more."""
    placed, settled = desk.placed, proposals.settled_activities(desk.state, desk.instance)
    id_, other = form.activity.data, form.other.data
    known = {one["id"] for one in desk.instance["activities"]} - settled
    if id_ not in known:
        return None
    if other in placed and other in known and id_ in placed:
        return placed | {id_: placed[other], other: placed[id_]}
    if form.resource.data not in {one["id"] for one in desk.instance["resources"]}:
        return None
    activity = next(one for one in desk.instance["activities"] if one["id"] == id_)
    if len(activity["needs"]) > 1 and id_ in placed:
        # A panel and its room go with the team: only the hour is changed.
        return placed | {id_: placed[id_] | {"start": form.start.data}}
    return placed | {id_: {"start": form.start.data, "resources": [form.resource.data]}}


def _take_answer(desk: Desk) -> None:
    """What the solver found becomes the draft; where it found nothing, the draft stays and its reason is shown."""
    answer = desk.work.take_answer()
    if answer is None:
        return
    desk.draft.say({key: answer.get(key) for key in ("status", "bound", "short", "left_out", "closed")})
    if answer["status"] in GOOD:
        settled = proposals.settled_activities(desk.state, desk.instance)
        kept = {id_: place for id_, place in desk.applied.items() if id_ in settled}
        found = without_fillers(answer["placed"])
        desk.draft.keep(proposals.in_attempt_order(desk.state, found) | kept)


def _overtaken(slug: str, form: PlanForm, version: int, conflicts: list[Receipt]) -> Meanwhile | None:
    """What was changed since the form was opened; sent once more, the form is against what holds now."""
    if not conflicts:
        return None
    judges = judges_of(slug)
    with pipeline().reading():
        state = state_of(slug)
        form.version.data = state[Plans].version
        before, now = asked_at(state, version), state[Plans].asked
        words = (plan_said(state, one, judges) for one in (before, now))
        return meanwhile(slug, state, conflicts[0], *words)


def _page(
    slug: str,
    form: PlanForm | None = None,
    typed: dict[str, Any] | None = None,
    overtaken: Meanwhile | None = None,
) -> str:
    """``typed`` is what was asked and not accepted, which the form shows again."""
    with at_desk(slug) as desk:
        _take_answer(desk)
        asked, setup = desk.state[Plans].asked, desk.state[Setup]
        shown = typed or asked or proposed(setup)
        judges = judges_of(slug)
        return render_template(
            "desk/plan.html",
            setup=setup,
            asked=asked,
            shown_asked=shown,
            form=form or PlanForm.of(shown, desk.state[Plans].version),
            meanwhile=overtaken,
            divisions=division_lines(desk.state, typed or asked),
            places=place_lines(desk.state, judges, shown),
            partner={
                field: next(one for one in pair if one != field) for pair in shown["pairs"] for field in pair
            },
            one_at_a_time=held_together(desk.state, desk.question.places, judges),
            is_any_judged=any(one.ruleset.rubric for one in setup.divisions.values()),
            solve_form=SolveForm(formdata=None),
            mend_form=_mend_form(desk, slug),
            file_form=PlanFileForm(formdata=None),
            is_under_way=desk.work.is_under_way,
            progress=desk.work.progress,
            **board(desk, slug),
        )


def _mend_form(desk: Desk, slug: str) -> MendForm:
    form = MendForm(formdata=None)
    names = judge_names(slug)
    known = [one["id"] for one in desk.instance["resources"]]
    places = [(id_, row_name(desk.state, desk.question.places, id_, names)) for id_ in known]
    form.resource.choices = [("", _("nothing")), *places]
    return form
