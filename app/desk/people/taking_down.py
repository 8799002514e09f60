"""The desk page that takes a team down: first it says what goes and what stays, for nothing brings it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from ...accounts.access import access
from ...applications.state import Applications
from ...arrivals.state import Arrivals
from ...competitions.state import Setup
from ...entries.state import Entries, public_entry
from ...erasing.state import Written
from ...eventlog.fold import State
from ...registry.state import People
from ...runs.state import Runs
from ..submitting import pipeline, state_of, submit_or_flash
from .people_forms import EraseForm

blueprint = Blueprint("desk_taking_down", __name__, url_prefix="/desk")


@dataclass(frozen=True, slots=True)
class Going:
    """How much of a team is erased, and what of it stays."""

    people: int
    staying: int
    consents: int
    notes: int
    photos: int
    documents: int
    has_emblem: bool
    runs: int


@blueprint.route("/c/<slug>/entries/<entry_id>/take-down", methods=["GET", "POST"])
@access("organiser")
def take_down(slug: str, entry_id: str) -> Any:
    form = EraseForm()
    if form.validate_on_submit():
        if submit_or_flash("TakeDownEntry", f"c/{slug}", {"entry": entry_id}):
            flash(_("The team is taken down: screens and exports show its number alone."), "success")
        return redirect(url_for("desk_import.entries", slug=slug))
    with pipeline().reading():
        state = state_of(slug)
        if entry_id not in state[Entries].by_id or entry_id in state[Entries].taken_down:
            abort(404)
        page = render_template(
            "desk/take_down.html",
            setup=state[Setup],
            slug=slug,
            entry=public_entry(state, entry_id),
            going=_going(state, entry_id),
            form=form,
        )
    return (page, 400) if form.errors else page


def _going(state: State, entry_id: str) -> Going:
    people = state[People]
    alone = set(people.only_in(entry_id))
    everybody = people.of_entry(entry_id)
    applications = [
        one.id
        for one in state[Applications].by_id.values()
        if {place.entry for place in one.places} - state[Entries].taken_down == {entry_id}
    ]
    return Going(
        people=len(alone),
        staying=len(everybody) - len(alone),
        consents=sum(one.ticks is not None for one in everybody if one.id in alone),
        notes=len(state[Written].about.get(entry_id, ())),
        photos=sum(one.photo is not None for one in state[Arrivals].inspections.get(entry_id, ())),
        documents=sum(len(state[Applications].documents_of(one)) for one in applications),
        has_emblem=entry_id in state[Entries].emblems,
        runs=sum(run.is_confirmed for run in state[Runs].attempts_of(entry_id)),
    )
