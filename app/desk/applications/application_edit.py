"""The desk page on which an organiser changes an application, as its coach would, after the deadline too."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user

from ...accounts.access import access
from ...applications.filling import form_for, grown, undecided
from ...applications.forms import ApplicationForm
from ...applications.queries import form_of
from ...applications.state import Application, Applications
from ...competitions.state import Setup
from ...database import reader
from ...eventlog.deciding import Refusal
from ...messages import sentence
from ...problems import error_shape
from ...registry import queries as people
from ...typed_numbers import whole_number
from ..submitting import pipeline, state_of, submit

blueprint = Blueprint("desk_application_edit", __name__, url_prefix="/desk")


@blueprint.route("/c/<slug>/applications/<application>/edit", methods=["GET", "POST"])
@access("organiser")
def edit(slug: str, application: str) -> Any:
    with pipeline().reading():
        state = state_of(slug)
        found = state[Applications].by_id.get(application)
    if found is None or found.status == "withdrawn":
        abort(404)
    with reader() as connection:
        before = form_of(connection, found)
    if before is None:
        abort(404)
    pipeline().write(
        people.look(f"c/{slug}", current_user.actor.account, "application", len(found.people), found.id)
    )
    with pipeline().reading():
        form = form_for(state_of(slug), before)
    if request.method == "GET":
        form.version.data = found.version
        return _page(slug, form, found)
    if grown(form):
        return _page(slug, form, found)
    version = whole_number(form.version.data)
    if not form.validate_on_submit() or version is None:
        return _page(slug, form, found), 400
    if offers := undecided(form, before):
        return _page(slug, form, found, offers=offers)
    left = _store(slug, form, found, form.payload(before), version)
    if left is None:
        return redirect(url_for("desk_applications.application", slug=slug, application=application))
    return _page(slug, form, found, left), 400


def _store(
    slug: str, form: ApplicationForm, application: Application, told: dict[str, Any], version: int
) -> list[str] | None:
    """Hand the change in; None where it was accepted, else the sentences that belong to no field."""
    payload = {"form": told, "salt": secrets.token_hex(16)}
    target = f"c/{slug}/application/{application.id}"
    try:
        receipt = submit("ChangeApplication", target, payload, version)
    except Refusal as refusal:
        errors = [error_shape(p.code, p.field, p.row, p.facts) for p in refusal.problems]
        return form.show_problems(errors) if errors else [sentence(refusal.code, refusal.facts)]
    if receipt["status"] == "accepted":
        return None
    errors = [error_shape(e["code"], e["field"], e["row"], e["facts"]) for e in receipt["errors"]]
    return form.show_problems(errors) if errors else [sentence(receipt["code"], receipt["facts"])]


def _page(
    slug: str,
    form: ApplicationForm,
    application: Application,
    left: list[str] | None = None,
    offers: list[dict[str, Any]] | None = None,
) -> str:
    with pipeline().reading():
        state = state_of(slug)
        return render_template(
            "desk/application_edit.html",
            setup=state[Setup],
            slug=slug,
            form=form,
            application=application,
            terms=state[Applications].terms,
            left=left or [],
            offers=offers or [],
        )
