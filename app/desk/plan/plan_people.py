"""The desk's page of namesakes: whom the plan takes for one person, and the organiser who says otherwise."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user

from ...accounts.access import access
from ...competitions.state import Setup
from ...database import reader
from ...entries.state import public_entry
from ...eventlog.fold import State
from ...planning.asking import everybody, planned_entries
from ...planning.namesakes import Namesakes, namesakes
from ...planning.state import Plans
from ...registry.queries import look
from ..forms import ButtonForm
from ..submitting import pipeline, state_of, submit_or_flash

blueprint = Blueprint("desk_plan_people", __name__, url_prefix="/desk")

SAID = ("one", "different")


@blueprint.get("/c/<slug>/plan/people")
@access("organiser")
def people(slug: str) -> str:
    with pipeline().reading():
        state, found = _found(slug)
        lines = [_line(state, one) for one in found]
    pipeline().write(
        look(f"c/{slug}", current_user.actor.account, "namesakes", sum(len(one.people) for one in found))
    )
    return render_template(
        "desk/plan_people.html",
        setup=state[Setup],
        slug=slug,
        lines=lines,
        button=ButtonForm(formdata=None),
    )


@blueprint.post("/c/<slug>/plan/people")
@access("organiser")
def decide(slug: str) -> Any:
    """Only what somebody decided is kept; who is left as found is found again each time."""
    if ButtonForm().validate_on_submit():
        with pipeline().reading():
            state, found = _found(slug)
            asked = state[Plans].asked
        decided = [
            {"persons": [person.id for person in one.people], "one": said == "one"}
            for one in found
            if (said := request.form.get(one.key)) in SAID
        ]
        submit_or_flash("SetPlan", f"c/{slug}", asked | {"namesakes": decided})
    return redirect(url_for(".people", slug=slug))


def _found(slug: str) -> tuple[State, list[Namesakes]]:
    state = state_of(slug)
    if not state[Plans].asked:
        abort(404)
    with reader() as connection:
        known = everybody(connection, state, planned_entries(state))
    return state, namesakes(known, state[Plans].asked["namesakes"])


def _line(state: State, one: Namesakes) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": one.people[0].name,
        "part": one.people[0].part,
        "said": one.said,
        "count": len(one.taken),
        "found": len(one.found),
        "people": [
            {
                "entry": public_entry(state, person.entry),
                "birth_year": person.birth_year,
                "organisation": person.organisation,
            }
            for person in one.people
        ],
    }
