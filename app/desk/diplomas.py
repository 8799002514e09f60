"""Desk pages of diplomas, certificates and letters of thanks: their words and picture, issuing, setting, fetching."""

from __future__ import annotations

import re
import secrets
import time
from pathlib import Path
from typing import Any

import orjson
from flask import Blueprint, abort, current_app, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ..accounts.access import access
from ..competitions.state import Setup
from ..database import reader
from ..eventlog.fold import State
from ..messages import sentence
from ..papers.state import Papers
from ..pictures import PictureRefused, keep_picture, picture_path
from ..registry.queries import look
from ..reports.diplomas import diploma_set
from ..reports.jobs import FAILED, set_papers
from ..settings import LOCALES, Settings, write_private
from .forms import ButtonForm
from .report_forms import KINDS, DesignForm, IssueForm, SetForm
from .reports import in_thread
from .submitting import pipeline, state_of, submit_form, submit_or_flash

blueprint = Blueprint("desk_diplomas", __name__, url_prefix="/desk")

ORDER_NAME = re.compile(r"^[0-9a-f]{32}$")
KEPT_FOR_S = 24 * 3600
A4_AT_300_DPI = (2480, 3508)
FORMATS = {"pdf": "application/pdf", "zip": "application/zip"}


@blueprint.get("/c/<slug>/diplomas")
@access("organiser")
def diplomas(slug: str) -> str:
    return _page(slug)


@blueprint.post("/c/<slug>/diplomas/issue")
@access("organiser")
def issue(slug: str) -> Any:
    """Number the papers; those who have theirs already get no second one."""
    form = _issue_form(slug)
    if form.validate_on_submit():
        payload = {
            "kind": form.kind.data,
            "division": form.division.data or None,
            "languages": form.languages.data.split(","),
        }
        if submit_or_flash("IssuePapers", f"c/{slug}", payload):
            flash(_("The papers are numbered. They can be set now."), "success")
    return redirect(url_for("desk_diplomas.diplomas", slug=slug))


@blueprint.post("/c/<slug>/diplomas/<kind>/design")
@access("organiser")
def design(slug: str, kind: str) -> Any:
    """Keep the organiser's own words and picture for a kind of paper."""
    form = DesignForm()
    if kind not in dict(KINDS) or not form.validate_on_submit():
        return _page(slug), 400
    with pipeline().reading():
        before = state_of(slug)[Papers].designs.get(kind, {})
    background = None if form.without_picture.data else before.get("background")
    if form.picture.data:
        content, folder = form.picture.data.read(), _settings().pictures
        try:
            background = in_thread(lambda: keep_picture(content, folder, A4_AT_300_DPI))
        except PictureRefused as refused:
            flash(sentence(refused.code, {}), "danger")
            return _page(slug), 400
    payload = {
        "kind": kind,
        "title": {code: form[f"title_{code}"].data or "" for code in LOCALES},
        "text": {code: form[f"text_{code}"].data or "" for code in LOCALES},
        "background": background,
    }
    if submit_form(form, "DesignPaper", f"c/{slug}", payload):
        return redirect(url_for("desk_diplomas.diplomas", slug=slug) + f"#{kind}")
    return _page(slug), 400


@blueprint.post("/c/<slug>/diplomas/<kind>/set")
@access("organiser")
def set_kind(slug: str, kind: str) -> Any:
    """Give the worker an order for all papers of a kind, and go where they will be."""
    form = SetForm()
    if not form.validate_on_submit():
        abort(400)
    with pipeline().reading():
        state = state_of(slug)
        chosen = [one for one in state[Papers].issued.values() if one.kind == kind]
        with reader() as connection:
            data = diploma_set(state, connection, chosen, _settings().public_url)
        background = state[Papers].designs.get(kind, {}).get("background")
    if not data["papers"]:
        abort(404)
    count = len(data["papers"])
    pipeline().write(look(f"c/{slug}", current_user.actor.account, f"papers_{kind}", count))
    picture = str(picture_path(_settings().pictures, background)) if background else None
    name = _order({"slug": slug, "format": form.format.data, "data": data, "background": picture})
    return redirect(url_for("desk_diplomas.fetch", slug=slug, name=name))


@blueprint.get("/c/<slug>/diplomas/set/<name>")
@access("organiser")
def fetch(slug: str, name: str) -> Any:
    """The papers that were set, or word that they are on their way; the page asks again by itself."""
    if not ORDER_NAME.match(name):
        abort(404)
    order = _folder() / f"{slug}-{name}.json"
    for extension, content_type in FORMATS.items():
        made = order.with_suffix(f".{extension}")
        if made.exists():
            return send_file(made, content_type, download_name=f"{slug}-papers.{extension}", max_age=0)
    if not order.exists() and not order.with_suffix(FAILED).exists():
        abort(404)
    with pipeline().reading():
        setup = state_of(slug)[Setup]
    failed = order.with_suffix(FAILED).exists()
    return render_template("desk/papers_waiting.html", setup=setup, slug=slug, failed=failed)


def _order(order: dict[str, Any]) -> str:
    folder, name = _folder(), secrets.token_hex(16)
    folder.mkdir(parents=True, exist_ok=True)
    _forget_old(folder)
    path = folder / f"{order['slug']}-{name}.json"
    write_private(path, orjson.dumps(order))
    set_papers(str(path))
    return name


def _forget_old(folder: Path) -> None:
    """Papers hold names of children, and can be set again at any time."""
    oldest_s = time.time() - KEPT_FOR_S
    for file in folder.iterdir():
        if file.stat().st_mtime < oldest_s:
            file.unlink(missing_ok=True)


def _page(slug: str) -> str:
    issue_form = _issue_form(slug)
    with pipeline().reading():
        state = state_of(slug)
        return render_template(
            "desk/diplomas.html",
            setup=state[Setup],
            slug=slug,
            kinds=[_kind_line(state, kind, str(label)) for kind, label in KINDS],
            issue_form=issue_form,
            set_form=SetForm(formdata=None),
            button=ButtonForm(),
        )


def _kind_line(state: State, kind: str, label: str) -> dict[str, Any]:
    papers = state[Papers]
    own = papers.designs.get(kind, {})
    words = {
        f"{part}_{code}": own.get(part, {}).get(code, "") for part in ("title", "text") for code in LOCALES
    }
    return {
        "kind": kind,
        "label": label,
        "issued": sum(one.kind == kind for one in papers.issued.values()),
        "has_picture": bool(own.get("background")),
        "form": DesignForm(formdata=None, **words),
    }


def _issue_form(slug: str) -> IssueForm:
    form = IssueForm()
    with pipeline().reading():
        divisions = state_of(slug)[Setup].divisions
    form.division.choices = [("", _("all divisions")), *((code, code) for code in divisions)]
    return form


def _folder() -> Path:
    return _settings().data / "papers"


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found
