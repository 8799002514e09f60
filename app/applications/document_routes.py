"""The coach's page of documents behind the secret address of an application: seen, attached, taken off."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    send_file,
    url_for,
)
from flask_wtf import FlaskForm

from ..accounts.access import public
from ..accounts.signing_in import digest_of
from ..competitions.state import Setup
from ..eventlog.chain import utc_now
from .documents import MOST_DOCUMENTS
from .forms import DOCUMENT_WORDS, FILE_KINDS, DocumentForm
from .limiting import may_use
from .redrawing import MOST_FILE_BYTES, MOST_PAGES
from .routes import attach_file, command, keep_private, opened, pipeline, state_of
from .shelf import page_path
from .state import Applications, Document

blueprint = Blueprint("documents", __name__)
blueprint.after_request(keep_private)

ALONE = "default-src 'none'; sandbox"
"""The policy of a page of a document: whatever it were, it could do nothing."""


@blueprint.get("/c/<slug>/application/<token>/documents")
@public
def of_application(slug: str, token: str) -> str:
    return _page(slug, token, DocumentForm(formdata=None))


@blueprint.post("/c/<slug>/application/<token>/documents")
@public
def attach(slug: str, token: str) -> Any:
    application = opened(slug, token)
    form = DocumentForm()
    if form.validate_on_submit():
        allowed = may_use(digest_of(token))
        refused = attach_file(slug, application.id, form.kind.data, form.file.data, allowed=allowed)
        if refused is None:
            return redirect(url_for("documents.of_application", slug=slug, token=token))
        form.file.errors = [refused]
    return _page(slug, token, form), 400


@blueprint.post("/c/<slug>/application/<token>/documents/<document>/remove")
@public
def remove(slug: str, token: str, document: str) -> Any:
    application = opened(slug, token)
    if FlaskForm().validate_on_submit():
        receipt = command(slug, "RemoveDocument", application.id, {"document": document}, allowed=True)
        if receipt["status"] != "accepted":
            flash(receipt["detail"], "danger")
    return redirect(url_for("documents.of_application", slug=slug, token=token))


@blueprint.get("/c/<slug>/application/<token>/documents/<document>/<int:number>.jpg")
@public
def page(slug: str, token: str, document: str, number: int) -> Response:
    application = opened(slug, token)
    with pipeline().reading():
        found = state_of(slug)[Applications].documents.get(document)
    if found is None or found.application != application.id:
        abort(404)
    return page_response(found, number)


def page_response(document: Document, number: int) -> Response:
    """A page of a document, counted from 1, as the picture it is; 404 where there is none."""
    if not 1 <= number <= len(document.pages):
        abort(404)
    path = page_path(current_app.extensions["settings"].documents, document.pages[number - 1])
    if not path.is_file():
        abort(404)
    name = f"{document.kind}-{number}.jpg"
    response = send_file(path, mimetype="image/jpeg", download_name=name, max_age=0)
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(slug: str, token: str, form: DocumentForm) -> str:
    application = opened(slug, token)
    with pipeline().reading():
        state = state_of(slug)
        setup, terms = state[Setup], state[Applications].terms
        documents = state[Applications].documents_of(application.id)
    if application.status == "withdrawn":
        abort(404)
    is_open = (terms.is_open and not terms.is_over(utc_now())) or application.status == "returned"
    return render_template(
        "documents.html",
        setup=setup,
        slug=slug,
        token=token,
        documents=documents,
        words=DOCUMENT_WORDS,
        file_kinds=FILE_KINDS,
        form=form,
        may_attach=is_open and len(documents) < MOST_DOCUMENTS,
        is_open=is_open,
        most=MOST_DOCUMENTS,
        most_mb=MOST_FILE_BYTES // 2**20,
        most_pages=MOST_PAGES,
    )
