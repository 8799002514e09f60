"""Public pages of applications: the empty form, and one's own application behind its secret address."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from flask_babel import format_datetime
from uuid_utils import uuid7

from ..accounts.access import public
from ..accounts.signing_in import digest_of, new_token
from ..api import receipt_shape
from ..competitions.state import Setup
from ..database import reader
from ..eventlog.chain import utc_now
from ..eventlog.deciding import Actor, Refusal
from ..eventlog.fold import State
from ..languages import in_language
from ..messages import sentence
from ..pipeline import Pipeline, make_command
from ..problems import error_shape
from ..registry import queries as people
from ..registry.regions import regions
from . import queries
from .forms import ApplicationForm
from .limiting import may_send
from .state import Application, Applications

blueprint = Blueprint("applications", __name__)


@blueprint.route("/c/<slug>/apply", methods=["GET", "POST"])
@public
def apply(slug: str) -> Any:
    """The empty form; sent, it becomes an application with an address of its own."""
    form = _form(slug)
    if request.method == "GET" or _grown(form):
        return _page(slug, form, None)
    left: list[str] | None = []
    if form.validate():
        token, application = new_token(), str(uuid7())
        payload = {
            "form": form.payload(None),
            "token_digest": digest_of(token),
            "salt": secrets.token_hex(16),
        }
        left = _submit(slug, form, "SubmitApplication", application, payload)
        if left is None:
            return redirect(url_for("applications.own", slug=slug, token=token, new=1))
    return _page(slug, form, None, left), 400


@blueprint.route("/c/<slug>/application/<token>", methods=["GET", "POST"])
@public
def own(slug: str, token: str) -> Any:
    """An application as its coach sees it: how it stands, and the form to change it until the deadline."""
    application = opened(slug, token)
    with reader() as connection:
        before = queries.form_of(connection, application)
        note = queries.note_text(connection, application.note)
    if before is None:
        abort(404)
    form = _form(slug, before)
    if request.method == "GET":
        form.version.data = application.version
        return _page(slug, form, application, note=note, token=token)
    if _grown(form):
        return _page(slug, form, application, note=note, token=token)
    left: list[str] | None = []
    if form.validate() and (form.version.data or "").isdigit():
        payload = {"form": form.payload(before), "salt": secrets.token_hex(16)}
        left = _submit(slug, form, "ChangeApplication", application.id, payload, int(form.version.data))
        if left is None:
            return redirect(url_for("applications.own", slug=slug, token=token, saved=1))
    return _page(slug, form, application, left, note, token), 400


@blueprint.post("/c/<slug>/application/<token>/withdraw")
@public
def withdraw(slug: str, token: str) -> Any:
    application = opened(slug, token)
    command(slug, "WithdrawApplication", application.id, {}, application.version)
    return redirect(url_for("applications.own", slug=slug, token=token))


def opened(slug: str, token: str) -> Application:
    """The application a secret address opens; 404 where there is none."""
    with reader() as connection:
        id_ = people.subject_of(connection, digest_of(token), f"c/{slug}", "application")
    with pipeline().reading():
        application = state_of(slug)[Applications].by_id.get(id_ or "")
    if application is None:
        abort(404)
    return application


def command(
    slug: str,
    type_: str,
    application: str,
    payload: dict[str, Any],
    version: int | None = None,
    target: str | None = None,
    role: str = "applicant",
) -> dict[str, Any]:
    """Carry out a command in the name of whoever has the address; its receipt with sentences."""
    if not may_send(f"c/{slug}", request.remote_addr or ""):
        return {"status": "refused", "detail": sentence("too_many_sent"), "errors": []}
    actor = Actor(role, role, role, competition=slug)
    try:
        made = make_command(
            str(uuid7()), type_, target or f"c/{slug}/application/{application}", payload, actor, version
        )
    except Refusal as refusal:
        errors = [error_shape(p.code, p.field, p.row, p.facts) for p in refusal.problems]
        return {"status": "refused", "detail": sentence(refusal.code, refusal.facts), "errors": errors}
    return receipt_shape(pipeline().submit([made], actor)[0])


def pipeline() -> Pipeline:
    found: Pipeline = current_app.extensions["pipeline"]
    return found


def state_of(slug: str) -> State:
    """A competition's state, read inside ``pipeline().reading()``; 404 where there is none."""
    state = pipeline().state(f"c/{slug}")
    if state is None or not state[Setup].exists:
        abort(404)
    return state


@blueprint.app_template_filter("local_time")
def local_time(at: datetime, zone: str) -> str:
    """An instant on the clocks of a zone, as the asker's language writes it."""
    written: str = format_datetime(at.astimezone(ZoneInfo(zone)), rebase=False)
    return written


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """Nobody but the asker keeps these pages, and no search engine lists them."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _submit(
    slug: str,
    form: ApplicationForm,
    type_: str,
    application: str,
    payload: dict[str, Any],
    version: int | None = None,
) -> list[str] | None:
    """Carry out what the form asks; None where it was accepted.

    What was refused is said at its fields; the sentences that belong to none come back.
    """
    receipt = command(slug, type_, application, payload, version)
    if receipt["status"] == "accepted":
        return None
    left = form.show_problems(receipt["errors"])
    return left if receipt["errors"] else [receipt["detail"]]


def _form(slug: str, data: dict[str, Any] | None = None) -> ApplicationForm:
    with pipeline().reading():
        divisions = state_of(slug)[Setup].divisions
    form = ApplicationForm(data=data) if data else ApplicationForm()
    names = [(code, in_language(division.name)) for code, division in divisions.items()]
    form.offer(names, [(code, in_language(name)) for code, name in regions().items()])
    return form


def _grown(form: ApplicationForm) -> bool:
    """Whether the form was sent only for another row: this works without scripts."""
    for name, fields in (("members", form.members), ("wanted", form.wanted)):
        if f"add_{name}" in request.form and len(fields) < fields.max_entries:
            fields.append_entry()
        elif f"drop_{name}" in request.form and len(fields) > 1:
            fields.pop_entry()
        else:
            continue
        form.offer(form.wanted[0].form.division.choices[1:], form.region.choices[1:])
        return True
    return False


def _page(
    slug: str,
    form: ApplicationForm,
    application: Application | None,
    left: list[str] | None = None,
    note: str | None = None,
    token: str | None = None,
) -> str:
    with pipeline().reading():
        state = state_of(slug)
        terms = state[Applications].terms
        setup = state[Setup]
    settings = current_app.extensions["settings"]
    return render_template(
        "application.html",
        setup=setup,
        slug=slug,
        form=form,
        application=application,
        terms=terms,
        may_send=terms.is_open and not terms.is_over(utc_now()),
        left=left or [],
        note=note,
        token=token,
        address=f"{settings.public_url}/c/{slug}/application/{token}" if token else None,
    )
