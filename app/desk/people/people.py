"""Desk pages about people: who there is, one person's data to export or erase, teams taken down, and who looked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import orjson
from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy import Row

from ...accounts.access import access
from ...competitions.state import Setup
from ...database import reader
from ...entries.columns import plain
from ...entries.state import Entries, public_entry
from ...eventlog.chain import utc_now
from ...eventlog.fold import State
from ...registry import queries
from ...registry.consent_form import CONSENT_WORDS, ConsentForm, consent_word
from ...registry.naming import public_name
from ...registry.state import Known, People, Ticks
from ..forms import ButtonForm
from ..submitting import pipeline, state_of, submit_form, submit_or_flash
from .people_forms import EraseForm, RetentionForm

blueprint = Blueprint("desk_people", __name__, url_prefix="/desk")

SHOWN_PEOPLE = 500
CONSENTS = ("none", "given", "revoked")
"""How the consent of a child may stand, to be looked for."""


@blueprint.get("/c/<slug>/people")
@access("organiser")
def people(slug: str) -> str:
    return _page(slug, RetentionForm())


@blueprint.post("/c/<slug>/people/retention")
@access("organiser")
def retention(slug: str) -> Any:
    form = RetentionForm()
    if form.validate_on_submit() and submit_form(
        form, "SetRetention", f"c/{slug}", {"until": form.until.data.isoformat()}
    ):
        return redirect(url_for("desk_people.people", slug=slug))
    return _page(slug, form), 400


@blueprint.post("/c/<slug>/people/erase-all")
@access("organiser")
def erase_all(slug: str) -> Any:
    """Everybody is erased once the day until which they are kept is over; before it, this is refused."""
    with pipeline().reading():
        known = state_of(slug)[People]
        over = _is_over(known)
        ids = list(known.by_id)
    if not over or not ids or not EraseForm().validate_on_submit():
        flash(_("Nobody was erased."), "warning")
    elif submit_or_flash("ErasePeople", f"c/{slug}", {"people": ids}):
        flash(ngettext("%(num)s person erased.", "%(num)s people erased.", len(ids)), "success")
    return redirect(url_for("desk_people.people", slug=slug))


@blueprint.get("/c/<slug>/people/<person>")
@access("organiser")
def person(slug: str, person: str) -> str:
    return _person_page(slug, person, ConsentForm())


@blueprint.get("/c/<slug>/people/<person>/export.json")
@access("organiser")
def export(slug: str, person: str) -> Response:
    """Everything known of a person, for whoever asks for their data."""
    row, known, teams = _found(slug, person)
    _looked(slug, "export", 1, person)
    with reader() as connection:
        signed = queries.consents(connection, person)
        looks = queries.looks(connection, f"c/{slug}", [person, *(team["id"] for team in teams)])
    ticks = known.ticks
    told = {
        "person": {key: value for key, value in row._mapping.items() if key not in ("salt", "digest")},
        "teams": teams,
        "consents": signed,
        "consented": _ticked(ticks) if ticks else None,
        "looked_at": [{"at_utc": look.at.isoformat() + "Z", "what": look.what} for look in looks],
    }
    response = Response(orjson.dumps(told, option=orjson.OPT_INDENT_2), mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="person-{person}.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/c/<slug>/people/<person>/erase")
@access("organiser")
def erase(slug: str, person: str) -> Any:
    if EraseForm().validate_on_submit() and submit_or_flash("ErasePeople", f"c/{slug}", {"people": [person]}):
        flash(_("The person is erased. The log stays sound without them."), "success")
        return redirect(url_for("desk_people.people", slug=slug))
    return redirect(url_for("desk_people.person", slug=slug, person=person))


@blueprint.post("/c/<slug>/people/<person>/consent")
@access("organiser")
def paper_consent(slug: str, person: str) -> Any:
    """A consent that was signed on paper, typed in."""
    form = ConsentForm()
    if form.validate_on_submit() and submit_form(form, "GiveConsent", f"c/{slug}", form.payload(person)):
        return redirect(url_for("desk_people.person", slug=slug, person=person))
    return _person_page(slug, person, form), 400


@blueprint.post("/c/<slug>/people/<person>/revoke-consent")
@access("organiser")
def revoke_consent(slug: str, person: str) -> Any:
    if ButtonForm().validate_on_submit():
        submit_or_flash("RevokeConsent", f"c/{slug}", {"person": person})
    return redirect(url_for("desk_people.person", slug=slug, person=person))


def _page(slug: str, form: RetentionForm) -> str:
    wanted = plain(request.args.get("q", ""))
    with reader() as connection:
        rows = queries.people(connection, f"c/{slug}")
    with pipeline().reading():
        state = state_of(slug)
        known = state[People]
        form.until.data = form.until.data or known.retained_until or _usual_end(state[Setup])
        lines = [_line(state, row, known.by_id[row.id]) for row in rows if row.id in known.by_id]
        over = _is_over(known)
        setup = state[Setup]
    lines = [line for line in lines if wanted in plain(line["name"] + " " + line["team_names"])]
    consent = request.args.get("consent", "")
    if consent in CONSENTS:
        lines = [line for line in lines if line["consent_code"] == consent and "member" in line["parts"]]
    _looked(slug, "list", len(lines))
    return render_template(
        "desk/people.html",
        setup=setup,
        slug=slug,
        people=lines[:SHOWN_PEOPLE],
        count=len(lines),
        form=form,
        erase_form=EraseForm(),
        over=over,
        q=request.args.get("q", ""),
        consent=consent,
    )


def _person_page(slug: str, id_: str, form: ConsentForm) -> str:
    row, known, teams = _found(slug, id_)
    _looked(slug, "person", 1, id_)
    with reader() as connection:
        signed = queries.consents(connection, id_)
    with pipeline().reading():
        setup = state_of(slug)[Setup]
    return render_template(
        "desk/person.html",
        setup=setup,
        slug=slug,
        person=row,
        known=known,
        teams=teams,
        signed=signed,
        public=public_name(row.full_name, row.surname, row.given_name, known.ticks),
        form=form,
        erase_form=EraseForm(),
        button=ButtonForm(),
        consent_words=CONSENT_WORDS,
        consent_word=consent_word(known.ticks),
    )


def _found(slug: str, id_: str) -> tuple[Row[Any], Known, list[dict[str, Any]]]:
    """A person's row, what is true of them, and their teams; 404 where there is nobody."""
    with reader() as connection:
        row = queries.person(connection, f"c/{slug}", id_)
    with pipeline().reading():
        state = state_of(slug)
        known = state[People].by_id.get(id_)
        if row is None or known is None:
            abort(404)
        return row, known, _teams(state, known)


def _line(state: State, row: Row[Any], known: Known) -> dict[str, Any]:
    teams = _teams(state, known)
    return {
        "id": row.id,
        "name": row.full_name,
        "birth_year": row.birth_year,
        "parts": sorted(set(known.parts.values())),
        "team_names": ", ".join(team["team"] for team in teams),
        "consent": consent_word(known.ticks),
        "consent_code": "none" if known.ticks is None else "revoked" if known.ticks.revoked else "given",
    }


def _teams(state: State, known: Known) -> list[dict[str, Any]]:
    entries = state[Entries].by_id
    return [
        public_entry(state, entry) | {"division": entries[entry].division, "part": part}
        for entry, part in known.parts.items()
        if entry in entries
    ]


def _ticked(ticks: Ticks) -> dict[str, Any]:
    return {name: getattr(ticks, name) for name in ("version", "results", "photo", "contact", "revoked")}


def _usual_end(setup: Setup) -> date:
    """What is proposed where nobody said how long: a year after the last day, for the season's diplomas."""
    return date.fromisoformat(setup.facts["ends_on"]) + timedelta(days=365)


def _is_over(known: People) -> bool:
    return known.retained_until is not None and known.retained_until < utc_now().date()


def _looked(slug: str, what: str, count: int, subject: str | None = None) -> None:
    account = current_user.actor.account
    pipeline().write(queries.look(f"c/{slug}", account, what, count, subject))
