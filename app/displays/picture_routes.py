"""Serves the pictures that something shows: an emblem or a wall's card; no other, however long its file is kept."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, send_file

from ..accounts.access import public
from ..entries.state import Entries
from ..eventlog.fold import State
from ..pictures import picture_path
from ..pipeline import Pipeline
from ..settings import Settings
from .notices import Notices

blueprint = Blueprint("pictures", __name__)

KEPT_FOR_S = 3600
"""How long browsers may keep one: its digest names it, but a team that is taken down is to vanish."""


@blueprint.get("/pictures/<digest>.jpg")
@public
def picture(digest: str) -> Response:
    pipeline: Pipeline = current_app.extensions["pipeline"]
    settings: Settings = current_app.extensions["settings"]
    with pipeline.reading():
        is_shown = any(digest in pictures_of(state) for state in pipeline.states())
    path = picture_path(settings.pictures, digest)
    if not is_shown or not path.is_file():
        abort(404)
    return send_file(path, mimetype="image/jpeg", max_age=KEPT_FOR_S)


def pictures_of(state: State) -> set[str]:
    """The digests of all pictures a competition shows."""
    cards = {card["picture"] for card in state[Notices].cards if card.get("picture")}
    return cards | set(state[Entries].emblems.values())
