"""Desk pages of applications: their terms, the list, and one of them to accept, return or keep waiting."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from ...accounts.access import access
from ...accounts.signing_in import digest_of, new_token
from ...applications.forms import DOCUMENT_WORDS
from ...applications.limits import reached_by
from ...applications.queries import form_of, note_text
from ...applications.state import Application, Applications
from ...competitions.state import Setup
from ...database import reader
from ...eventlog.fold import State
from ...languages import in_language
from ...messages import sentence
from ...pipeline import Receipt
from ...registry import queries as people
from ...registry.consent_form import consent_word
from ...registry.regions import regions
from ...registry.state import People
from ...typed_numbers import whole_number
from ..forms import ButtonForm
from ..meanwhile import Meanwhile, meanwhile
from ..submitting import pipeline, state_of, submit, submit_form, submit_or_flash
from .application_forms import AnswerForm, TermsForm, terms_data
from .terms_said import terms_at, terms_said

blueprint = Blueprint("desk_applications", __name__, url_prefix="/desk")

SHOWN_REFUSALS = 20
ANSWERS = {"accept": "AcceptApplication", "return": "ReturnApplication", "wait": "PutOnWaitingList"}


@blueprint.get("/c/<slug>/applications")
@access("organiser")
def applications(slug: str) -> str:
    return _page(slug, _terms_form(slug))


@blueprint.post("/c/<slug>/applications/terms")
@access("organiser")
def terms(slug: str) -> Any:
    """Set the terms, unless another organiser did meanwhile: then what was typed stays, and the change is shown."""
    form, conflicts = TermsForm(), list[Receipt]()
    with pipeline().reading():
        zone = state_of(slug)[Setup].facts["zone"]
    version = whole_number(form.version.data) or 0
    if form.validate_on_submit() and submit_form(
        form, "SetApplicationTerms", f"c/{slug}", form.payload(zone), version, conflicts.append
    ):
        return redirect(url_for("desk_applications.applications", slug=slug))
    return _page(slug, form, _overtaken(slug, form, version, conflicts)), 409 if conflicts else 400


@blueprint.post("/c/<slug>/applications/accept")
@access("organiser")
def accept_many(slug: str) -> Any:
    """Accept those that were ticked, each as it was seen; what was refused, or changed meanwhile, is told by number."""
    if not ButtonForm().validate_on_submit():
        abort(400)
    with pipeline().reading():
        numbers = {one.id: one.number for one in state_of(slug)[Applications].by_id.values()}
    accepted, refused = 0, []
    for ticked in request.form.getlist("one"):
        application, _colon, seen = ticked.partition(":")
        version = whole_number(seen)
        if application not in numbers or version is None:
            continue
        receipt = submit("AcceptApplication", f"c/{slug}/application/{application}", {}, version)
        if receipt["status"] == "accepted":
            accepted += 1
        else:
            refused.append(f"№ {numbers[application]}: {sentence(receipt['code'], receipt['facts'])}")
    if accepted:
        flash(
            ngettext("%(num)s application accepted.", "%(num)s applications accepted.", accepted), "success"
        )
    for told in refused[:SHOWN_REFUSALS]:
        flash(told, "danger")
    return redirect(url_for("desk_applications.applications", slug=slug))


@blueprint.get("/c/<slug>/applications/<application>")
@access("organiser")
def application(slug: str, application: str) -> str:
    return _application_page(slug, application, AnswerForm(), None)


@blueprint.post("/c/<slug>/applications/<application>/<answer>")
@access("organiser")
def answer(slug: str, application: str, answer: str) -> Any:
    """Accept, return with a note, or put on the waiting list; refused if the coach changed it meanwhile."""
    form = AnswerForm()
    if answer not in ANSWERS:
        abort(404)
    version = whole_number(form.version.data)
    if not form.validate_on_submit() or version is None:
        return _application_page(slug, application, form, None), 400
    payload = {"note": form.note.data} if answer == "return" else {}
    if submit_form(form, ANSWERS[answer], f"c/{slug}/application/{application}", payload, version):
        return redirect(url_for("desk_applications.applications", slug=slug))
    return _application_page(slug, application, form, None), 400


@blueprint.post("/c/<slug>/applications/<application>/link")
@access("organiser")
def link(slug: str, application: str) -> Any:
    """A new secret address for the coach, shown this once; the earlier one is revoked."""
    token = None if "revoke" in request.form else new_token()
    payload = {"token_digest": digest_of(token) if token else None}
    target = f"c/{slug}/application/{application}"
    if not ButtonForm().validate_on_submit() or not submit_or_flash(
        "ReplaceApplicationLink", target, payload
    ):
        return redirect(url_for("desk_applications.application", slug=slug, application=application))
    if token is None:
        flash(_("The address is revoked."), "success")
    base = current_app.extensions["settings"].public_url
    address = f"{base}/c/{slug}/application/{token}" if token else None
    return _application_page(slug, application, AnswerForm(formdata=None), address)


def _overtaken(slug: str, form: TermsForm, version: int, conflicts: list[Receipt]) -> Meanwhile | None:
    """What was changed since the form was opened; sent once more, the form is against what holds now."""
    if not conflicts:
        return None
    with pipeline().reading():
        state = state_of(slug)
        form.version.data = state[Applications].terms_version
        before, now = terms_at(state, version), state[Applications].terms
        return meanwhile(slug, state, conflicts[0], terms_said(state, before), terms_said(state, now))


def _page(slug: str, form: TermsForm, overtaken: Meanwhile | None = None) -> str:
    with pipeline().reading():
        state = state_of(slug)
        setup = state[Setup]
        lines = [_line(state, one) for one in state[Applications].by_id.values()]
    wanted = request.args.get("status")
    base = current_app.extensions["settings"].public_url
    return render_template(
        "desk/applications.html",
        setup=setup,
        slug=slug,
        applications=[line for line in lines if wanted in (None, "", line["status"])],
        count=len(lines),
        status=wanted,
        form=form,
        meanwhile=overtaken,
        button=ButtonForm(),
        address=f"{base}/c/{slug}/apply",
    )


def _application_page(slug: str, id_: str, form: AnswerForm, address: str | None) -> str:
    with pipeline().reading():
        state = state_of(slug)
        found = state[Applications].by_id.get(id_)
        if found is None:
            abort(404)
        line = _line(state, found)
        reached = [sentence(problem.code, problem.facts) for problem in reached_by(state, found)]
        known = dict(state[People].by_id)
        documents = state[Applications].documents_of(id_)
        setup = state[Setup]
    with reader() as connection:
        told = form_of(connection, found)
        note = note_text(connection, found.note)
    form.version.data = form.version.data or found.version
    pipeline().write(
        people.look(f"c/{slug}", current_user.actor.account, "application", len(found.people), found.id)
    )
    return render_template(
        "desk/application.html",
        setup=setup,
        slug=slug,
        line=line,
        told=told,
        note=note,
        reached=reached if found.status not in ("accepted", "withdrawn") else [],
        consents={one: consent_word(known[one].ticks) for one in known},
        regions=regions(),
        form=form,
        button=ButtonForm(),
        address=address,
        documents=documents,
        document_words=DOCUMENT_WORDS,
    )


def _line(state: State, application: Application) -> dict[str, Any]:
    card = state.cards.get(
        application.card, {"team": "–", "organisation": "–", "region": None, "district": None}
    )
    setup = state[Setup]
    return {
        "id": application.id,
        "number": application.number,
        "version": application.version,
        "status": application.status,
        "people": len(application.people),
        "divisions": [
            in_language(setup.divisions[place.division].name)
            for place in application.places
            if place.division in setup.divisions
        ],
        **card,
        "region": in_language(regions().get(card["region"] or "")),
    }


def _terms_form(slug: str) -> TermsForm:
    with pipeline().reading():
        state = state_of(slug)
        setup = state[Setup]
        terms = state[Applications]
        data = terms_data(terms.terms, list(setup.divisions), setup.facts["zone"])
    return TermsForm(data=data | {"version": terms.terms_version})
