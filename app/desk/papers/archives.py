"""Desk pages of archives: a competition taken away as one file, and one from elsewhere looked at, then taken over."""

from __future__ import annotations

import tempfile
from datetime import datetime
from typing import IO, Any, cast

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.access import access
from ...archives.contents import MOST_ARCHIVE_BYTES, ArchiveRefused
from ...archives.jobs import NOT_READ, read_archive
from ...archives.packing import pack, people_in
from ...archives.taking_over import take_over
from ...competitions.state import Setup
from ...database import reader
from ...eventlog.chain import instant, utc_now
from ...extensions import csrf
from ...messages import sentence
from ...registry.queries import look
from ...threads import in_thread
from ..forms import ArchiveForm, ButtonForm
from ..submitting import pipeline, state_of
from ..uploads import drop_upload, keep_upload, upload_path, what_was_read

blueprint = Blueprint("desk_archives", __name__, url_prefix="/desk")


@blueprint.get("/c/<slug>/archive")
@access("organiser")
def archive(slug: str) -> str:
    with pipeline().reading():
        setup = state_of(slug)[Setup]
    with reader() as connection:
        people = people_in(connection, f"c/{slug}")
    return render_template("desk/archive.html", setup=setup, slug=slug, people=people)


@blueprint.get("/c/<slug>/archive.zip")
@access("organiser")
def download(slug: str) -> Response:
    """The archive as the log stands now. Names leave the server with it, so the look at them is recorded."""
    with pipeline().reading():
        state_of(slug)
    with reader() as connection:
        people = people_in(connection, f"c/{slug}")
    pipeline().write(look(f"c/{slug}", current_user.actor.account, "archive", people))
    made: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    engine, settings = current_app.extensions["engine"], current_app.extensions["settings"]
    in_thread(lambda: pack(engine, f"c/{slug}", settings, instant(utc_now()), made))
    made.seek(0)
    name = f"{slug}-{utc_now():%Y-%m-%d}.zip"
    response = send_file(made, "application/zip", as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/import")
@access("organiser")
def choose() -> str:
    _check_reach()
    return render_template("desk/archive_import.html", form=ArchiveForm(), most=MOST_ARCHIVE_BYTES // 2**20)


@blueprint.post("/import")
@access("organiser")
def upload() -> Any:
    """Keep the file for the worker to read. It may be larger than other requests are."""
    _check_reach()
    request.max_content_length = MOST_ARCHIVE_BYTES
    csrf.protect()
    form = ArchiveForm()
    if not form.validate_on_submit():
        page = render_template("desk/archive_import.html", form=form, most=MOST_ARCHIVE_BYTES // 2**20)
        return page, 400
    return redirect(url_for("desk_archives.show", name=keep_upload(form.file.data, read_archive)))


@blueprint.get("/import/<name>")
@access("organiser")
def show(name: str) -> str:
    """What the archive would bring, or word that it is being read; the page asks again by itself."""
    _check_reach()
    read = what_was_read(name, NOT_READ)
    made_at = datetime.fromisoformat(read["made_at_utc"]) if read and not read["refused"] else None
    with pipeline().reading():
        state = pipeline().state(f"c/{read['competition']['slug']}") if made_at and read else None
        known = state is not None and state[Setup].exists
    page = "desk/archive_preview.html" if read else "desk/archive_waiting.html"
    return render_template(
        page, name=name, read=read, made_at=made_at, known=known, button=ButtonForm(), sentence=sentence
    )


@blueprint.post("/import/<name>")
@access("organiser")
def store(name: str) -> Any:
    """Take the competition over. It is checked once more, for what the worker read was only looked at."""
    _check_reach()
    read = what_was_read(name, NOT_READ)
    if read is None or read["refused"] or not ButtonForm().validate_on_submit():
        abort(404)
    engine, settings = current_app.extensions["engine"], current_app.extensions["settings"]
    try:
        receipt = take_over(pipeline(), engine, settings, upload_path(name), current_user.actor)
    except ArchiveRefused as refusal:
        receipt = {"status": "refused", "code": refusal.code, "facts": refusal.facts}
    if receipt["status"] != "accepted":
        flash(sentence(receipt["code"], receipt["facts"]), "danger")
        return redirect(url_for("desk_archives.show", name=name))
    drop_upload(name)
    flash(_("The competition was imported. Open its accounts anew: those of the other server stayed there."))
    slug = cast(str, read["competition"]["slug"])
    return redirect(url_for("desk.competition", slug=slug))


def _check_reach() -> None:
    """Only who reaches the whole installation may bring a competition into it."""
    if current_user.actor.competition is not None:
        abort(403)
