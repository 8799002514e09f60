"""The public page of a division's matches: groups, bracket, and every match, readable before any script."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, render_template

from ..accounts.access import public
from ..competitions.state import Setup
from ..live.feed import Feed
from ..live.snapshots import Data
from ..pipeline import Pipeline

blueprint = Blueprint("matches", __name__)


@blueprint.get("/c/<slug>/division/<code>/matches")
@public
def matches(slug: str, code: str) -> str:
    """What the live topic tells everybody, so a frozen division stays as it was."""
    feed: Feed = current_app.extensions["feed"]
    pipeline: Pipeline = current_app.extensions["pipeline"]
    snapshot = feed.snapshot(f"c/{slug}/division/{code}/matches")
    if snapshot is None:
        abort(404)
    data: Data = snapshot["data"]
    chosen = feed.snapshot(f"c/{slug}/division/{code}/alliances")
    alliances: Data | None = chosen["data"] if chosen else None
    with pipeline.reading():
        state = pipeline.state(f"c/{slug}")
        assert state is not None
        return render_template(
            "matches.html", setup=state[Setup], slug=slug, code=code, data=data, alliances=alliances
        )
