"""The desk page of one entry's appearance: its emblem on screens, and what the announcer should know of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Length

from ...accounts.access import access
from ...competitions.state import Setup
from ...database import reader
from ...entries.queries import spoken_words
from ...entries.state import Entries, public_entry
from ...messages import sentence
from ...pictures import PictureRefused, keep_picture
from ..submitting import pipeline, state_of, submit_form
from ..teams.late_words import late

blueprint = Blueprint("desk_showing", __name__, url_prefix="/desk")

EMBLEM_PX = (800, 800)


class ShowingForm(FlaskForm):  # type: ignore[misc]
    """An emblem to upload or take off, and words for the announcer."""

    emblem = FileField(_l("Emblem, or a picture of the robot without people"))
    without = BooleanField(_l("Take the emblem off"))
    pronunciation = StringField(_l("How the name is said"), validators=[Length(max=200)])
    note = TextAreaField(_l("What the announcer should know"), validators=[Length(max=1000)])


@blueprint.get("/c/<slug>/entries/<entry_id>")
@access("organiser")
def showing(slug: str, entry_id: str) -> Any:
    return _page(slug, entry_id)


@blueprint.post("/c/<slug>/entries/<entry_id>")
@access("organiser")
def show(slug: str, entry_id: str) -> Any:
    """Store the words and, where one was chosen, the emblem."""
    form = ShowingForm()
    if not form.validate_on_submit():
        return _page(slug, entry_id, form), 400
    target = f"c/{slug}"
    words = {"pronunciation": form.pronunciation.data or "", "note": form.note.data or ""}
    try:
        pictured = _pictured(form)
    except PictureRefused as refused:
        form.emblem.errors = [sentence(refused.code, {})]
        return _page(slug, entry_id, form), 400
    is_stored = submit_form(form, "SetSpokenWords", target, {"entry": entry_id, **words})
    if is_stored and pictured is not None:
        is_stored = submit_form(form, "SetEmblem", target, {"entry": entry_id, **pictured})
    return (
        redirect(url_for("desk_import.entries", slug=slug))
        if is_stored
        else (_page(slug, entry_id, form), 400)
    )


def _pictured(form: ShowingForm) -> dict[str, str | None] | None:
    """The emblem to set, {"picture": None} to take it off, None to leave it. Raises PictureRefused."""
    if form.without.data:
        return {"picture": None}
    content = form.emblem.data.read() if form.emblem.data else b""
    if not content:
        return None
    return {"picture": keep_picture(content, current_app.extensions["settings"].pictures, EMBLEM_PX)}


def _page(slug: str, entry_id: str, form: ShowingForm | None = None) -> str:
    with pipeline().reading():
        state = state_of(slug)
        if entry_id not in state[Entries].by_id or entry_id in state[Entries].taken_down:
            abort(404)
        with reader() as connection:
            words = spoken_words(connection, state, entry_id)
        return render_template(
            "desk/showing.html",
            setup=state[Setup],
            slug=slug,
            entry=public_entry(state, entry_id),
            division=state[Entries].by_id[entry_id].division,
            late=late(state, state[Entries].by_id[entry_id]),
            form=form or ShowingForm(data=words),
        )
