"""Live snapshots over HTTP: the same objects the socket sends, with an ETag."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request

from ..accounts.access import public
from ..eventlog.clock import CLOCK
from ..problems import json_response, problem
from .feed import Feed
from .permitted import refusal
from .snapshots import STAFF_ONLY, Topic

blueprint = Blueprint("live", __name__, url_prefix="/api/v1")

PUBLIC = "public, max-age=0, s-maxage=1"
"""A browser asks each time; nginx in front may answer a hall of phones with one snapshot for a second."""
STATUS = {"topic_unknown": 404, "sign_in_needed": 401, "not_allowed": 403}


@blueprint.get("/live/<path:topic>")
@public
def get_snapshot(topic: str) -> Response:
    """The newest snapshot of a topic; staff topics check who asks."""
    code = refusal(topic)
    feed: Feed = current_app.extensions["feed"]
    snapshot = None if code else feed.snapshot(topic)
    if snapshot is None:
        code = code or "topic_unknown"
        return problem(STATUS[code], code)
    response = json_response(snapshot)
    response.set_etag(f"{snapshot['epoch']}-{snapshot['version']}")
    parsed = Topic.parse(topic)
    is_public = parsed is not None and parsed.kind not in STAFF_ONLY
    response.headers["Cache-Control"] = PUBLIC if is_public else "private, no-cache"
    response.make_conditional(request)
    return response


@blueprint.get("/time")
@public
def get_time() -> Response:
    """The server's clock in milliseconds since 1970."""
    response = json_response({"server_ms": CLOCK.now_ms(), "setting": CLOCK.setting})
    response.headers["Cache-Control"] = "no-store"
    return response
