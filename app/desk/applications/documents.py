"""The organiser's side of documents that coaches attached: each page seen, all of one fetched, one taken off."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, url_for
from flask_login import current_user

from ...accounts.access import access
from ...applications.document_routes import ALONE, page_response
from ...applications.shelf import page_path
from ...applications.state import Applications, Document
from ...registry.queries import look
from ...reports.typesetting import typeset
from ...threads import in_thread
from ..forms import ButtonForm
from ..submitting import pipeline, state_of, submit_or_flash

blueprint = Blueprint("desk_documents", __name__, url_prefix="/desk")


@blueprint.get("/c/<slug>/applications/<application>/documents/<document>/<int:number>.jpg")
@access("organiser")
def page(slug: str, application: str, document: str, number: int) -> Response:
    response = page_response(_document(slug, application, document), number)
    _remember_look(slug, application)
    return response


@blueprint.get("/c/<slug>/applications/<application>/documents/<document>.pdf")
@access("organiser")
def whole(slug: str, application: str, document: str) -> Response:
    """All pages of a document as one file to keep."""
    found = _document(slug, application, document)
    folder = current_app.extensions["settings"].documents
    paths = {f"{at}.jpg": page_path(folder, page) for at, page in enumerate(found.pages, 1)}
    if not all(path.is_file() for path in paths.values()):
        abort(404)
    _remember_look(slug, application)
    files = {name: path.read_bytes() for name, path in paths.items()}
    pdf = in_thread(lambda: typeset("document", {"pages": list(files)}, datetime.now(UTC), files))
    response = Response(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{found.kind}.pdf"'
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/c/<slug>/applications/<application>/documents/<document>/remove")
@access("organiser")
def remove(slug: str, application: str, document: str) -> Any:
    if ButtonForm().validate_on_submit():
        submit_or_flash("RemoveDocument", f"c/{slug}/application/{application}", {"document": document})
    return redirect(url_for("desk_applications.application", slug=slug, application=application))


@blueprint.post("/c/<slug>/applications/<application>/documents/<document>/keep")
@access("organiser")
def keep(slug: str, application: str, document: str) -> Any:
    """A consent that somebody's leaving put in doubt was looked at, and is of one who stays."""
    if ButtonForm().validate_on_submit():
        submit_or_flash("KeepDocument", f"c/{slug}/application/{application}", {"document": document})
    return redirect(url_for("desk_applications.application", slug=slug, application=application))


def _document(slug: str, application: str, document: str) -> Document:
    with pipeline().reading():
        found = state_of(slug)[Applications].documents.get(document)
    if found is None or found.application != application:
        abort(404)
    return found


def _remember_look(slug: str, application: str) -> None:
    pipeline().write(look(f"c/{slug}", current_user.actor.account, "document", 1, application))
