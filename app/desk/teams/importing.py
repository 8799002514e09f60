"""Desk pages that import entries: a file goes to the worker, comes back as a preview, and only then is stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user

from ...accounts.access import access
from ...applications.forms import KINDS as ORGANISATION_KINDS
from ...applications.forms import SEXES
from ...competitions.state import Setup
from ...entries.jobs import NOT_READ, read_upload
from ...entries.mends import YES, all_plain
from ...entries.schemas import MOST_HEADINGS
from ...entries.state import Entries, public_entry
from ...eventlog.deciding import Actor
from ...languages import in_language
from ...registry.mending import changed_letters, letters_mended
from ...registry.queries import look
from ...registry.regions import regions
from ..forms import ButtonForm, UploadForm
from ..submitting import pipeline, state_of, submit_or_flash
from ..uploads import MENDS, SAID, drop_upload, keep_upload, read_upload_by, upload_path, what_was_read
from .import_plan import KINDS, import_plan
from .team_search import teams

blueprint = Blueprint("desk_import", __name__, url_prefix="/desk")

COLUMNS = {
    "division": _l("Division"),
    "team": _l("Team"),
    "organisation": _l("Organisation"),
    "organisation_kind": _l("Kind of organisation"),
    "region": _l("Region"),
    "district": _l("District or city"),
    "robot": _l("Robot or project"),
    "coach": _l("Coach"),
    "contact": _l("Telephone or e-mail"),
    "members": _l("Members"),
    "person": _l("Member: the full name"),
    "surname": _l("Member: surname"),
    "given_name": _l("Member: name"),
    "patronymic": _l("Member: patronymic"),
    "birth_year": _l("Year of birth"),
    "grade": _l("Grade"),
    "sex": _l("Sex"),
}
SHOWN_ROWS = 100
SHOWN_PROBLEMS = 2000
SHOWN_MENDS, SHOWN_ROWS_OF_MEND = 500, 5


@blueprint.get("/c/<slug>/entries")
@access("organiser")
def entries(slug: str) -> str:
    with pipeline().reading():
        state = state_of(slug)
        query = request.args.get("q", "")
        found = teams(state, query) if query.strip() else state[Entries].by_id.values()
        shown = [
            public_entry(state, entry.id)
            | {"division": entry.division, "taken_down": entry.id in state[Entries].taken_down}
            for entry in found
        ]
        return render_template(
            "desk/entries.html",
            setup=state[Setup],
            slug=slug,
            entries=shown,
            regions=regions(),
            form=UploadForm(),
            q=query,
        )


@blueprint.post("/c/<slug>/entries/upload")
@access("organiser")
def upload(slug: str) -> Any:
    form = UploadForm()
    if not form.validate_on_submit():
        for error in form.file.errors:
            flash(error, "danger")
        return redirect(url_for("desk_import.entries", slug=slug))
    name = keep_upload(form.file.data, _reading(slug), slug)
    return redirect(url_for("desk_import.show", slug=slug, name=name))


@blueprint.get("/c/<slug>/entries/import/<name>")
@access("organiser")
def show(slug: str, name: str) -> Any:
    """The preview, or word that it is being made; the page asks again by itself."""
    read = what_was_read(name, NOT_READ, slug)
    with pipeline().reading():
        setup = state_of(slug)[Setup]
    if read is None:
        return render_template("desk/import_waiting.html", setup=setup, slug=slug, name=name)
    accepted = _accepted(slug, name)
    made = import_plan(pipeline(), slug, read, accepted)
    people = sum(bool(row["coach"]) + len(row["members"]) for row in read["rows"])
    pipeline().write(look(f"c/{slug}", current_user.actor.account, "import", people))
    codes = {problem["code"] for problem in made.problems}
    errors = [one for one in made.problems if one["level"] == "error" and not one["mend"]]
    warnings = [one for one in made.problems if one["level"] == "warning"]
    return render_template(
        "desk/import_preview.html",
        setup=setup,
        slug=slug,
        name=name,
        read=read,
        errors=errors[:SHOWN_PROBLEMS],
        error_count=len(errors),
        warnings=warnings[:SHOWN_PROBLEMS],
        warning_count=len(warnings),
        mends=[_shown_mend(mend) for mend in read["mends"][:SHOWN_MENDS]],
        mend_count=len(read["mends"]),
        accepted=accepted,
        planned=made.planned[:SHOWN_ROWS],
        bad=made.bad,
        counts={kind: made.count(kind) for kind in KINDS},
        columns=COLUMNS,
        blocked=read["refused"] or "heading_missing" in codes,
        regions=regions(),
        shown_value=_shown_value,
        button=ButtonForm(),
    )


@blueprint.post("/c/<slug>/entries/import/<name>/columns")
@access("organiser")
def say_columns(slug: str, name: str) -> Any:
    """Read the file once more, each heading meaning what the organiser says."""
    read = what_was_read(name, NOT_READ, slug)
    if read is not None and ButtonForm().validate_on_submit():
        said = {
            heading["key"]: request.form.get(f"column-{at}", "")
            for at, heading in enumerate(read["headings"])
        }
        known = {key: column if column in COLUMNS else "" for key, column in said.items()}
        upload_path(name, slug).with_suffix(SAID).write_bytes(orjson.dumps(known))
        read_upload_by(name, _reading(slug, known), slug)
    return redirect(url_for("desk_import.show", slug=slug, name=name))


@blueprint.post("/c/<slug>/entries/import/<name>/mends")
@access("organiser")
def choose_mends(slug: str, name: str) -> Any:
    """Carry out the mends that are ticked, or all that leave nothing to choose; nothing is stored yet."""
    read = what_was_read(name, NOT_READ, slug)
    if read is not None and ButtonForm().validate_on_submit():
        chosen = {mend["id"]: request.form.get(f"mend-{mend['id']}", "") for mend in read["mends"]}
        accepted = {
            mend["id"]: chosen[mend["id"]]
            for mend in read["mends"]
            if chosen[mend["id"]] in (mend.get("choices") or [YES])
        }
        if "all" in request.form:
            accepted |= all_plain(read["mends"])
        upload_path(name, slug).with_suffix(MENDS).write_bytes(orjson.dumps(accepted))
    return redirect(url_for("desk_import.show", slug=slug, name=name))


@blueprint.post("/c/<slug>/entries/import/<name>")
@access("organiser")
def store(slug: str, name: str) -> Any:
    """Store all rows; or, when told to skip the bad ones, those without a problem."""
    read = what_was_read(name, NOT_READ, slug)
    if read is None or read["refused"] or not ButtonForm().validate_on_submit():
        abort(404)
    made = import_plan(pipeline(), slug, read, _accepted(slug, name))
    here = redirect(url_for("desk_import.show", slug=slug, name=name))
    if made.bad and "skip_bad" not in request.form:
        return here
    payload = made.payload()
    brings = bool(payload["rows"] or payload["changes"])
    if not brings or not submit_or_flash(
        "ImportEntries", f"c/{slug}", payload | {"headings": _to_remember(slug, name)}
    ):
        return here
    drop_upload(name, slug)
    if payload["rows"]:
        new = len(payload["rows"])
        flash(ngettext("%(num)s entry imported.", "%(num)s entries imported.", new), "success")
    if payload["changes"]:
        changed = len(payload["changes"])
        flash(ngettext("%(num)s entry changed.", "%(num)s entries changed.", changed), "success")
    return redirect(url_for("desk_import.entries", slug=slug))


def _reading(slug: str, said: dict[str, str] | None = None) -> Callable[[str], Any]:
    """How a file is to be read: with the spellings of divisions, and with headings as they were said to mean."""
    with pipeline().reading():
        divisions = state_of(slug)[Setup].divisions
        spellings = {
            code: [*division.name.values(), *dict(division.ruleset.label).values(), division.discipline]
            for code, division in divisions.items()
        }
        headings = _remembered(slug) | (said or {})
    return lambda path: read_upload(path, spellings, headings)


def _remembered(slug: str) -> dict[str, str]:
    """Headings that were given a meaning at an import: in this competition, else in another one the asker reaches."""
    actor: Actor = current_user.actor
    others = [state for state in pipeline().states() if actor.may_reach(state.chain)]
    own = state_of(slug)
    return {key: column for state in [*others, own] for key, column in state[Entries].headings.items()}


def _accepted(slug: str, name: str) -> dict[str, str]:
    """The mends of this upload that the organiser chose."""
    path = upload_path(name, slug).with_suffix(MENDS)
    accepted: dict[str, str] = orjson.loads(path.read_bytes()) if path.exists() else {}
    return accepted


def _shown_mend(mend: dict[str, Any]) -> dict[str, Any]:
    """A mend with the text in pieces, so that letters which look alike are seen."""
    meant = mend.get("now") or (letters_mended(mend["was"]) if mend["kind"] == "look_alike" else None)
    pieces = changed_letters(mend["was"], meant) if meant else []
    return mend | {"pieces": pieces, "shown_rows": mend["rows"][:SHOWN_ROWS_OF_MEND]}


def _shown_value(column: str, value: str) -> str:
    """A value in words: regions, kinds of organisations and sexes are stored by codes."""
    if column == "region":
        return in_language(regions().get(value))
    words = {"organisation_kind": dict(ORGANISATION_KINDS), "sex": dict(SEXES)}.get(column, {})
    return str(words.get(value, value))


def _to_remember(slug: str, name: str) -> dict[str, str]:
    """What the organiser said of the headings of this upload; columns without one are like no others."""
    path = upload_path(name, slug).with_suffix(SAID)
    said: dict[str, str] = orjson.loads(path.read_bytes()) if path.exists() else {}
    kept = {key: column for key, column in said.items() if not key.startswith("#") and len(key) <= 100}
    return dict(list(kept.items())[:MOST_HEADINGS])
