"""Public pages of applications: the empty form, and one's own application behind its secret address."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import format_datetime
from uuid_utils import uuid7
from werkzeug.datastructures import FileStorage

from ..accounts.access import public
from ..accounts.signing_in import digest_of, new_token
from ..api import receipt_shape
from ..competitions.state import Setup
from ..database import reader
from ..eventlog.chain import utc_now
from ..eventlog.deciding import Actor, Refusal
from ..eventlog.fold import State
from ..messages import sentence
from ..pipeline import Pipeline, make_command
from ..problems import error_shape
from ..registry import queries as people
from ..typed_numbers import whole_number
from . import queries
from .attaching import attach
from .commands import found
from .documents import check_attaching
from .filling import form_for, grown, undecided
from .forms import DOCUMENT_WORDS, FILE_KINDS, ApplicationForm
from .limiting import is_a_look, may_apply, may_use
from .redrawing import MOST_FILE_BYTES, DocumentRefused
from .shelf import Shelf
from .state import Application, Applications

blueprint = Blueprint("applications", __name__)


@blueprint.route("/c/<slug>/apply", methods=["GET", "POST"])
@public
def apply(slug: str) -> Any:
    """The empty form; sent, it becomes an application with an address of its own."""
    form = _form(slug)
    if request.method == "GET" or grown(form):
        return _page(slug, form, None)
    left: list[str] | None = []
    if form.validate():
        if offers := undecided(form):
            return _page(slug, form, None, offers=offers)
        token, application = new_token(), str(uuid7())
        payload = {
            "form": form.payload(None),
            "token_digest": digest_of(token),
            "salt": secrets.token_hex(16),
        }
        allowed = not _is_open(slug) or may_apply(f"c/{slug}", request.remote_addr or "")
        left = _submit(slug, form, "SubmitApplication", application, payload, allowed=allowed)
        if left is None:
            _attach_those_sent(slug, application)
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
    if is_a_look(digest_of(token), "application"):
        count = len(application.people)
        pipeline().write(people.look(f"c/{slug}", "applicant", "application", count, application.id))
    form = _form(slug, before)
    if request.method == "GET":
        form.version.data = application.version
        return _page(slug, form, application, note=note, token=token)
    if grown(form):
        return _page(slug, form, application, note=note, token=token)
    left: list[str] | None = []
    version = whole_number(form.version.data)
    if form.validate() and version is not None:
        if offers := undecided(form, before):
            return _page(slug, form, application, note=note, token=token, offers=offers)
        payload = {"form": form.payload(before), "salt": secrets.token_hex(16)}
        left = _submit(
            slug,
            form,
            "ChangeApplication",
            application.id,
            payload,
            version,
            allowed=may_use(digest_of(token)),
        )
        if left is None:
            return redirect(url_for("applications.own", slug=slug, token=token, saved=1))
    return _page(slug, form, application, left, note, token), 400


@blueprint.post("/c/<slug>/application/<token>/withdraw")
@public
def withdraw(slug: str, token: str) -> Any:
    application = opened(slug, token)
    command(slug, "WithdrawApplication", application.id, {}, application.version, allowed=True)
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
    *,
    target: str | None = None,
    role: str = "applicant",
    allowed: bool,
) -> dict[str, Any]:
    """Carry out a command in the name of whoever has the address, if ``allowed``; its receipt with sentences."""
    if not allowed:
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


def attach_file(slug: str, application: str, kind: str, file: FileStorage, *, allowed: bool) -> str | None:
    """Attach a file to an application in the name of whoever has its address; why it was refused, if it was."""
    if not allowed:
        return sentence("too_many_sent")
    actor = Actor("applicant", "applicant", "applicant", competition=slug)
    shelf: Shelf = current_app.extensions["shelf"]
    try:
        with pipeline().reading():
            state = state_of(slug)
            check_attaching(state, found(state, application), actor, utc_now())
        receipt = attach(
            file.read(MOST_FILE_BYTES + 1),
            kind,
            shelf,
            pipeline().states,
            lambda payload: command(slug, "AttachDocument", application, payload, allowed=True),
        )
    except (Refusal, DocumentRefused) as refusal:
        return sentence(refusal.code, refusal.facts)
    return None if receipt["status"] == "accepted" else str(receipt["detail"])


def _attach_those_sent(slug: str, application: str) -> None:
    """Attach what came with a new application; it stays handed in where a document of it is refused."""
    for kind, word in DOCUMENT_WORDS.items():
        file = request.files.get(f"document-{kind}")
        if file:
            refused = attach_file(slug, application, kind, file, allowed=True)
            if refused:
                flash(f"{word}: {refused}", "warning")


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
    *,
    allowed: bool,
) -> list[str] | None:
    """Carry out what the form asks; None where it was accepted.

    What was refused is said at its fields; the sentences that belong to none come back.
    """
    receipt = command(slug, type_, application, payload, version, allowed=allowed)
    if receipt["status"] == "accepted":
        return None
    left = form.show_problems(receipt["errors"])
    return left if receipt["errors"] else [receipt["detail"]]


def _is_open(slug: str) -> bool:
    """Whether applications may be handed in now; while they may not, nothing is counted, for nothing is stored."""
    with pipeline().reading():
        terms = state_of(slug)[Applications].terms
    return terms.is_open and not terms.is_over(utc_now())


def _form(slug: str, data: dict[str, Any] | None = None) -> ApplicationForm:
    with pipeline().reading():
        return form_for(state_of(slug), data)


def _page(
    slug: str,
    form: ApplicationForm,
    application: Application | None,
    left: list[str] | None = None,
    note: str | None = None,
    token: str | None = None,
    offers: list[dict[str, Any]] | None = None,
) -> str:
    with pipeline().reading():
        state = state_of(slug)
        terms = state[Applications].terms
        setup = state[Setup]
        documents = state[Applications].documents_of(application.id) if application else []
    is_returned = application is not None and application.status == "returned"
    settings = current_app.extensions["settings"]
    return render_template(
        "application.html",
        setup=setup,
        slug=slug,
        form=form,
        application=application,
        terms=terms,
        may_send=(terms.is_open and not terms.is_over(utc_now())) or is_returned,
        left=left or [],
        offers=offers or [],
        note=note,
        token=token,
        address=f"{settings.public_url}/c/{slug}/application/{token}" if token else None,
        documents=documents,
        document_words=DOCUMENT_WORDS,
        file_kinds=FILE_KINDS,
    )
