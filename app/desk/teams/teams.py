"""Desk pages of one team by hand: registered at the door, or changed, with the checks a list gets."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.access import access
from ...applications.state import Application, Applications
from ...competitions.state import Setup
from ...database import reader
from ...entries.queries import registered
from ...entries.state import Entries, Entry, public_entry
from ...entries.updating import Registered, identity
from ...eventlog.fold import State
from ...languages import in_language
from ...messages import sentence
from ...registry import queries as looking
from ...registry.regions import regions
from ..forms import ButtonForm
from ..submitting import pipeline, state_of, submit_form
from .late_words import draw_words
from .team_changes import People, change_of, filled, people_of
from .team_checks import warnings
from .team_forms import TeamForm

blueprint = Blueprint("desk_teams", __name__, url_prefix="/desk")

MOST_SUGGESTED = 400


@blueprint.route("/c/<slug>/entries/new", methods=["GET", "POST"])
@access("organiser")
def new_team(slug: str) -> Any:
    """Register one team; what is said about it is shown once, before it is stored."""
    form = _form(slug)
    if request.method == "GET" or _grown(form):
        return _page(slug, form, None)
    if not _is_whole(form):
        return _page(slug, form, None), 400
    said = _said(slug, form, None, None)
    if said and not _was_seen(form, said):
        return _page(slug, form, None, said)
    payload = {"rows": [_entry_row(form)]}
    if not submit_form(form, "ImportEntries", f"c/{slug}", payload):
        return _page(slug, form, None), 400
    with pipeline().reading():
        entry = _newest(state_of(slug), form)
    flash(
        _("%(team)s is registered under № %(number)s.", team=form.team.data, number=entry.number), "success"
    )
    return redirect(url_for("desk_showing.showing", slug=slug, entry_id=entry.id))


@blueprint.route("/c/<slug>/entries/<entry_id>/team", methods=["GET", "POST"])
@access("organiser")
def team(slug: str, entry_id: str) -> Any:
    """Change a team; one that applied by itself is changed where its application is."""
    entry, application = _found(slug, entry_id)
    if application is not None:
        return redirect(url_for("desk_application_edit.edit", slug=slug, application=application.id))
    known = _registered(slug, entry)
    form = _form(slug, filled(known, entry.card))
    if request.method == "GET" or _grown(form):
        return _page(slug, form, known)
    if not _is_whole(form):
        return _page(slug, form, known), 400
    if _is_stale(form, known, entry.card):
        flash(sentence("entry_changed_meanwhile"), "danger")
        return redirect(url_for("desk_teams.team", slug=slug, entry_id=entry_id))
    people = people_of(form, known)
    said = _said(slug, form, known, people)
    if said and not _was_seen(form, said):
        return _page(slug, form, known, said)
    if not _store(slug, form, known, people_of(form, known)):
        return _page(slug, form, known), 400
    return redirect(url_for("desk_showing.showing", slug=slug, entry_id=entry_id))


def _is_stale(form: TeamForm, known: Registered, card: str) -> bool:
    """Whether the team was changed or moved, or somebody of it erased, since the form was opened."""
    opened = (form.card.data, form.opened_in.data)
    return opened != (card, known.division) or not form.known_people() <= known.known.keys()


def _store(slug: str, form: TeamForm, known: Registered, people: People) -> bool:
    """Carry out what differs with one command: a team that may not move is not changed either, and the other way."""
    change = change_of(form, known, people)
    moves = form.division.data != known.division
    if moves:
        payload = {"division": form.division.data, "change": change}
        is_done = submit_form(form, "MoveEntry", f"c/{slug}/entry/{known.entry}", payload)
    else:
        is_done = change is None or submit_form(form, "ImportEntries", f"c/{slug}", {"changes": [change]})
    if not is_done:
        return False
    flash(_("The team is changed.") if moves or change else _("Everything is as it was."), "success")
    return True


def _entry_row(form: TeamForm) -> dict[str, Any]:
    row = form.row()
    kept = ("division", "team", "organisation", "region", "coach", "members")
    details = {name: row[name] for name in ("organisation_kind", "district", "robot")}
    return {name: row[name] for name in kept} | {
        "details": details,
        "contact": row["contact"] if row["coach"] else None,
    }


def _said(slug: str, form: TeamForm, known: Registered | None, people: People | None) -> dict[str, Any]:
    """What to look at before the team is stored: letters, warnings, people who may be others; empty if nothing."""
    offers = [one for one in form.offers() if one["was"] not in _written(known)]
    told = warnings(pipeline(), slug, form.row(), known.entry if known else None)
    renamed = people.renamed if people else []
    gone = people.gone if people else []
    if not (offers or told or renamed or gone):
        return {}
    return {"offers": offers, "warnings": told, "renamed": renamed, "gone": gone}


def _was_seen(form: TeamForm, said: dict[str, Any]) -> bool:
    """Whether all of this was on the page that was sent; the mends ticked there are carried out."""
    shown = [[(one["name"], one["was"]) for one in said["offers"]], said["warnings"]]
    shown += [[(was, now) for _same, was, now in said["renamed"]], said["gone"]]
    digest = hashlib.sha256(repr(shown).encode()).hexdigest()
    if form.seen.data == digest:
        form.mend(set(request.form.getlist("mend")))
        return True
    form.seen.data = digest
    return False


def _written(known: Registered | None) -> set[str]:
    """What a team says already, which is not asked about again."""
    if known is None:
        return set()
    texts = [
        known.team,
        known.organisation,
        *known.details.values(),
        *(name for _id, name, _ in known.people),
    ]
    return {text for text in texts if text}


def _is_whole(form: TeamForm) -> bool:
    """Whether the form can be read; what is said of nobody is told at the name that is missing."""
    is_valid: bool = form.validate_on_submit()
    for one in form.nameless():
        one.full_name.errors = [*one.full_name.errors, _("Whose is this? The name is missing.")]
        is_valid = False
    return is_valid


def _grown(form: TeamForm) -> bool:
    if "add_member" not in request.form:
        return False
    form.grow()
    return True


def _form(slug: str, data: dict[str, Any] | None = None) -> TeamForm:
    with pipeline().reading():
        divisions = state_of(slug)[Setup].divisions
    form = TeamForm(data=data) if data else TeamForm()
    names = [(code, in_language(division.name)) for code, division in divisions.items()]
    form.offer(names, [(code, in_language(name)) for code, name in regions().items()])
    if len(names) == 1 and request.method == "GET" and data is None:
        form.division.data = names[0][0]
    return form


def _found(slug: str, entry_id: str) -> tuple[Entry, Application | None]:
    """An entry that was not taken down, and the application that speaks for it, if one does."""
    with pipeline().reading():
        state = state_of(slug)
        entry = state[Entries].by_id.get(entry_id)
        if entry is None or entry.id in state[Entries].taken_down:
            abort(404)
        applied = state[Applications].by_id.values()
        return entry, next((a for a in applied if any(p.entry == entry.id for p in a.places)), None)


def _registered(slug: str, entry: Entry) -> Registered:
    """The team as it stands; whoever opens it looks at its people, which is recorded."""
    with reader() as connection:
        found = registered(connection, f"c/{slug}", [entry], ())
    if not found:
        abort(404)
    account = current_user.actor.account
    pipeline().write(looking.look(f"c/{slug}", account, "team", len(found[0].people), entry.id))
    return found[0]


def _newest(state: State, form: TeamForm) -> Entry:
    """The team that was registered just now, whoever else registered one meanwhile."""
    own = identity(form.division.data, form.team.data, form.organisation.data)
    entries = reversed(state[Entries].of(form.division.data))
    return next(one for one in entries if _identity(state, one) == own)


def _identity(state: State, entry: Entry) -> tuple[str, str, str] | None:
    card = state.cards.get(entry.card)
    return identity(entry.division, card["team"], card["organisation"]) if card else None


def _page(slug: str, form: TeamForm, known: Registered | None, said: dict[str, Any] | None = None) -> str:
    with pipeline().reading():
        state = state_of(slug)
        setup = state[Setup]
        drawn = [words for code in setup.divisions if (words := draw_words(state, code))]
        cards = list(state.cards.values())
        entry = public_entry(state, known.entry) if known else None
    return render_template(
        "desk/team.html",
        setup=setup,
        slug=slug,
        form=form,
        entry=entry,
        said=said or {},
        drawn=drawn if known is None else [],
        schools=_spellings(cards, "organisation"),
        districts=_spellings(cards, "district"),
        button=ButtonForm(),
    )


def _spellings(cards: list[dict[str, Any]], name: str) -> list[str]:
    """What is written already, to be chosen rather than typed otherwise."""
    return sorted({card[name] for card in cards if card[name]})[:MOST_SUGGESTED]
