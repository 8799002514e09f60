"""The plan as files: what is asked and planned, for `flask schedule`, and a schedule made elsewhere as a draft."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Blueprint, Response, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from scoring.planning.instance import InstanceInvalid, check_schedule_shape

from ...accounts.access import access
from ...planning import proposals
from ...planning.drafts import Placed
from .plan_board import Desk, at_desk
from .plan_forms import PlanFileForm

blueprint = Blueprint("desk_plan_files", __name__, url_prefix="/desk")

MOST_BYTES = 4_000_000
"""Twenty thousand starts have less."""


@blueprint.get("/c/<slug>/plan/instance.json")
@access("organiser", "referee")
def instance(slug: str) -> Response:
    with at_desk(slug) as desk:
        return _file(desk.instance, f"{slug}-instance.json")


@blueprint.get("/c/<slug>/plan/schedule.json")
@access("organiser", "referee")
def schedule(slug: str) -> Response:
    """The draft, or else the plan the runs have."""
    with at_desk(slug) as desk:
        assignments = [{"activity": id_, **place} for id_, place in desk.placed.items()]
    return _file({"status": "feasible", "assignments": assignments}, f"{slug}-schedule.json")


@blueprint.post("/c/<slug>/plan/import")
@access("organiser")
def import_(slug: str) -> Any:
    """A schedule becomes the draft, held against the same checker as every other; what cannot move stays."""
    form = PlanFileForm()
    if form.validate_on_submit():
        with at_desk(slug) as desk:
            try:
                placed, unknown = _read(desk, form.file.data.read(MOST_BYTES + 1))
            except (ValueError, InstanceInvalid):
                flash(_("This is no schedule as docs/schedule-format.md describes it."), "danger")
                return redirect(url_for("desk_planning.plan", slug=slug))
            desk.draft.say({})
            desk.draft.keep(placed)
        if unknown:
            words = ngettext(
                "%(num)s start of the file is not of this plan.",
                "%(num)s starts of the file are not of this plan.",
                unknown,
            )
            flash(words, "warning")
    return redirect(url_for("desk_planning.plan", slug=slug))


def _read(desk: Desk, content: bytes) -> tuple[Placed, int]:
    """Where a file puts what there is to place, and how many things it names that there are not. Raises ValueError or
    InstanceInvalid for what is no schedule."""
    if len(content) > MOST_BYTES:
        raise ValueError("too large")
    read = orjson.loads(content)
    check_schedule_shape(read)
    settled = proposals.settled_activities(desk.state, desk.instance)
    resources = {one["id"] for one in desk.instance["resources"]}
    activities = {one["id"] for one in desk.instance["activities"]}
    placed: Placed = {id_: place for id_, place in desk.applied.items() if id_ in settled}
    unknown = 0
    for one in read["assignments"]:
        stands = set(one["resources"])
        if one["activity"] not in activities or not stands or not stands <= resources:
            unknown += 1
        elif one["activity"] not in settled:
            placed[one["activity"]] = {"start": int(one["start"]), "resources": one["resources"]}
    return placed, unknown


def _file(body: dict[str, Any], name: str) -> Response:
    made = Response(orjson.dumps(body, option=orjson.OPT_INDENT_2), content_type="application/json")
    made.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return made
