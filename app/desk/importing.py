"""Desk pages that import entries: a file goes to the worker, comes back as a preview, and only then is stored."""

from __future__ import annotations

import re
import secrets
import time
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from pydantic import ValidationError

from ..accounts.access import access
from ..competitions.state import Setup
from ..entries.commands import row_problems
from ..entries.jobs import read_upload
from ..entries.schemas import EntryRow
from ..entries.state import Entries, public_entry
from ..eventlog.deciding import Problem
from ..jobs import huey
from ..messages import sentence
from ..registry.regions import regions
from .forms import ButtonForm, UploadForm
from .submitting import pipeline, state_of, submit_or_flash

blueprint = Blueprint("desk_import", __name__, url_prefix="/desk")

SHOWN_ROWS = 100
KEPT_FOR_S = 24 * 3600
SHOWN_PROBLEMS = 2000
UPLOAD_NAME = re.compile(r"^[0-9a-f]{32}$")


@blueprint.get("/c/<slug>/entries")
@access("organiser")
def entries(slug: str) -> str:
    with pipeline().reading():
        state = state_of(slug)
        shown = [
            public_entry(state, entry.id)
            | {"division": entry.division, "taken_down": entry.id in state[Entries].taken_down}
            for entry in state[Entries].by_id.values()
        ]
        return render_template(
            "desk/entries.html",
            setup=state[Setup],
            slug=slug,
            entries=shown,
            regions=regions(),
            form=UploadForm(),
            button=ButtonForm(),
        )


@blueprint.post("/c/<slug>/entries/upload")
@access("organiser")
def upload(slug: str) -> Any:
    form = UploadForm()
    if not form.validate_on_submit():
        for error in form.file.errors:
            flash(error, "danger")
        return redirect(url_for("desk_import.entries", slug=slug))
    name = secrets.token_hex(16)
    path = _upload_path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    _forget_old_uploads(path.parent)
    form.file.data.save(path)
    with pipeline().reading():
        divisions = state_of(slug)[Setup].divisions
        spellings = {
            code: [*division.name.values(), *dict(division.ruleset.label).values(), division.discipline]
            for code, division in divisions.items()
        }
    job = read_upload(str(path), spellings)
    path.with_suffix(".job").write_text(job.id)
    return redirect(url_for("desk_import.show", slug=slug, name=name))


@blueprint.get("/c/<slug>/entries/import/<name>")
@access("organiser")
def show(slug: str, name: str) -> Any:
    """The preview, or word that it is being made; the page asks again by itself."""
    with pipeline().reading():
        setup = state_of(slug)[Setup]
    read = _result(name)
    if read is None:
        return render_template("desk/import_waiting.html", setup=setup, slug=slug, name=name)
    problems = _all_problems(slug, read)
    bad = {problem["row"] for problem in problems if problem["level"] == "error"}
    return render_template(
        "desk/import_preview.html",
        setup=setup,
        slug=slug,
        name=name,
        read=read,
        problems=problems[:SHOWN_PROBLEMS],
        problem_count=len(problems),
        rows=read["rows"][:SHOWN_ROWS],
        bad=bad,
        good_count=sum(row["row"] not in bad for row in read["rows"]),
        blocked=read["refused"] or any(problem["code"] == "heading_missing" for problem in problems),
        regions=regions(),
        button=ButtonForm(),
    )


@blueprint.post("/c/<slug>/entries/import/<name>")
@access("organiser")
def store(slug: str, name: str) -> Any:
    """Store all rows; or, when told to skip the bad ones, those without a problem."""
    read = _result(name)
    if read is None or read["refused"] or not ButtonForm().validate_on_submit():
        abort(404)
    bad = {problem["row"] for problem in _all_problems(slug, read) if problem["level"] == "error"}
    if bad and "skip_bad" not in request.form:
        return redirect(url_for("desk_import.show", slug=slug, name=name))
    rows = [_plain_row(row) for row in read["rows"] if row["row"] not in bad]
    if rows and submit_or_flash("ImportEntries", f"c/{slug}", {"rows": rows}):
        for suffix in ("", ".job"):
            _upload_path(name).with_suffix(suffix).unlink(missing_ok=True)
        flash(ngettext("%(num)s entry imported.", "%(num)s entries imported.", len(rows)), "success")
        return redirect(url_for("desk_import.entries", slug=slug))
    return redirect(url_for("desk_import.show", slug=slug, name=name))


def _forget_old_uploads(folder: Path) -> None:
    """Delete files that were read but never imported: they hold names of children."""
    oldest_s = time.time() - KEPT_FOR_S
    for file in folder.iterdir():
        if file.stat().st_mtime < oldest_s:
            file.unlink(missing_ok=True)


def _all_problems(slug: str, read: dict[str, Any]) -> list[dict[str, Any]]:
    """What the worker found in the file, and what only the competition knows: teams that are there already."""
    found = list(read["problems"])
    broken = {problem["row"] for problem in found if problem["level"] == "error"}
    sound = [row for row in read["rows"] if row["row"] not in broken]
    try:
        rows = [EntryRow.model_validate(_plain_row(row)) for row in sound]
    except ValidationError:
        abort(400)
    with pipeline().reading():
        against_others: list[Problem] = row_problems(state_of(slug), rows)
    for problem in against_others:
        row = sound[(problem.row or 1) - 1]["row"]
        found.append(
            {
                "code": problem.code,
                "row": row,
                "column": problem.field,
                "facts": problem.facts,
                "level": "error",
            }
        )
    for problem_shown in found:
        problem_shown["sentence"] = sentence(problem_shown["code"], problem_shown["facts"])
    return sorted(found, key=lambda problem: problem["row"])


def _plain_row(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "row"}


def _upload_path(name: str) -> Path:
    if not UPLOAD_NAME.match(name):
        abort(404)
    uploads: Path = current_app.extensions["settings"].uploads
    return uploads / name


def _result(name: str) -> dict[str, Any] | None:
    """What the worker read; None while it has not. 404 where there was no such upload."""
    job = _upload_path(name).with_suffix(".job")
    if not job.exists():
        abort(404)
    read: dict[str, Any] | None = huey.result(job.read_text(), preserve=True)
    return read
