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
from ...pipeline import Receipt
from ...planning.asking import everybody, planned_entries
from ...planning.namesakes import Namesakes, namesakes
from ...planning.state import Plans
from ...registry.queries import look
from ...typed_numbers import whole_number
from ..forms import ButtonForm
from ..meanwhile import Meanwhile, meanwhile
from ..submitting import pipeline, state_of, submit_form
from .plan_said import asked_at, decided_said

blueprint = Blueprint("desk_plan_people", __name__, url_prefix="/desk")

SAID = ("one", "different")


@blueprint.get("/c/<slug>/plan/people")
@access("organiser")
def people(slug: str) -> str:
    return _page(slug, {})


@blueprint.post("/c/<slug>/plan/people")
@access("organiser")
def decide(slug: str) -> Any:
    """Only what somebody decided is kept; who is left as found is found again each time.

    What another organiser decided meanwhile is shown, and what was chosen stays; a change of hours is no matter here.
    """
    if not ButtonForm().validate_on_submit():
        return redirect(url_for(".people", slug=slug))
    with pipeline().reading():
        state, found = _found(slug)
        asked, version = state[Plans].asked, state[Plans].version
        seen = whole_number(request.form.get("version")) or 0
        before = asked_at(state, seen)
    chosen = {one.key: request.form.get(one.key, "") for one in found}
    decided = [
        {"persons": [person.id for person in one.people], "one": chosen[one.key] == "one"}
        for one in found
        if chosen[one.key] in SAID
    ]
    if before["namesakes"] == asked["namesakes"]:
        seen = version
    conflicts: list[Receipt] = []
    form, wanted = ButtonForm(), asked | {"namesakes": decided}
    if submit_form(form, "SetPlan", f"c/{slug}", wanted, seen, conflicts.append):
        return redirect(url_for(".people", slug=slug))
    overtaken = _overtaken(slug, conflicts[0], before) if conflicts else None
    return _page(slug, chosen, overtaken), 409


def _overtaken(slug: str, conflict: Receipt, before: dict[str, Any]) -> Meanwhile:
    with pipeline().reading():
        state = state_of(slug)
        was, now = (decided_said(asked) for asked in (before, state[Plans].asked))
        return meanwhile(slug, state, conflict, was, now)


def _page(slug: str, chosen: dict[str, str], overtaken: Meanwhile | None = None) -> str:
    """``chosen`` is what was said and not stored, by key."""
    with pipeline().reading():
        state, found = _found(slug)
        version = state[Plans].version
        lines = [_line(state, one) for one in found]
        lines = [line | {"said": chosen.get(line["key"], line["said"])} for line in lines]
    pipeline().write(
        look(f"c/{slug}", current_user.actor.account, "namesakes", sum(len(one.people) for one in found))
    )
    return render_template(
        "desk/plan_people.html",
        setup=state[Setup],
        slug=slug,
        lines=lines,
        version=version,
        meanwhile=overtaken,
        button=ButtonForm(formdata=None),
    )


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
