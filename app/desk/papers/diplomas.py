"""Desk pages of diplomas, certificates and letters of thanks: their words and picture, issuing, setting, fetching."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import Any

import orjson
from flask import Blueprint, abort, current_app, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.access import access
from ...competitions.state import Setup
from ...database import reader
from ...eventlog.fold import State
from ...messages import sentence
from ...papers.state import Papers
from ...pictures import PictureRefused, keep_picture, picture_path
from ...registry.queries import look
from ...reports.diplomas import diploma_set
from ...reports.jobs import FAILED, set_papers
from ...settings import LOCALES, Settings, write_private
from ..forms import ButtonForm
from ..submitting import pipeline, state_of, submit_form, submit_or_flash
from .report_forms import KINDS, DesignForm, IssueForm, SetForm

LOOK = ".look"
"""The ending of the file beside an order that says what it is to look at the papers."""

blueprint = Blueprint("desk_diplomas", __name__, url_prefix="/desk")

ORDER_NAME = re.compile(r"^[0-9a-f]{32}$")
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
            background = keep_picture(content, folder, A4_AT_300_DPI)
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
    picture = str(picture_path(_settings().pictures, background)) if background else None
    order = {"slug": slug, "format": form.format.data, "data": data, "background": picture}
    name = _order(order, {"what": f"papers_{kind}", "people": len(data["papers"])})
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
            _remember_look(slug, order.with_suffix(LOOK))
            return send_file(made, content_type, download_name=f"{slug}-papers.{extension}", max_age=0)
    if not order.exists() and not order.with_suffix(FAILED).exists():
        abort(404)
    with pipeline().reading():
        setup = state_of(slug)[Setup]
    failed = order.with_suffix(FAILED).exists()
    return render_template("desk/papers_waiting.html", setup=setup, slug=slug, failed=failed)


def _remember_look(slug: str, seen: Path) -> None:
    """Each time papers are fetched; those that an older version set tell nothing of themselves."""
    told: dict[str, Any] = {"what": "papers_diploma", "people": 0}
    if seen.exists():
        told = orjson.loads(seen.read_bytes())
    pipeline().write(look(f"c/{slug}", current_user.actor.account, told["what"], told["people"]))


def _order(order: dict[str, Any], seen: dict[str, Any]) -> str:
    """Ask the worker for papers; ``seen`` is what is written down whenever they are fetched."""
    folder, name = _folder(), secrets.token_hex(16)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{order['slug']}-{name}.json"
    write_private(path.with_suffix(LOOK), orjson.dumps(seen))
    write_private(path, orjson.dumps(order))
    set_papers(str(path))
    return name


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
    return _settings().papers


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found
