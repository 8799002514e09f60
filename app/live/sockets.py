"""The Socket.IO namespace /live: clients join topics, get snapshots, then every newer one."""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_login import current_user
from flask_socketio import Namespace, join_room, leave_room

from ..accounts.access import STAFF
from ..eventlog.clock import CLOCK
from ..extensions import socketio
from .feed import Feed, Snapshot
from .snapshots import STAFF_ONLY, Topic

NAMESPACE = "/live"
MOST_TOPICS = 50


class Live(Namespace):  # type: ignore[misc]
    """Read-only: commands never come in here."""

    def on_join(self, message: Any = None) -> dict[str, Any]:
        """``{"topics": [...]}`` → ``{"snapshots": {topic: snapshot}, "refused": {topic: code}}``."""
        feed: Feed = current_app.extensions["feed"]
        snapshots: dict[str, Snapshot] = {}
        refused: dict[str, str] = {}
        for topic in _topics(message):
            code = refusal(topic)
            snapshot = None if code else _join(feed, topic)
            if snapshot:
                snapshots[topic] = snapshot
            else:
                refused[topic] = code or "topic_unknown"
        return {"snapshots": snapshots, "refused": refused}

    def on_leave(self, message: Any = None) -> dict[str, Any]:
        for topic in _topics(message):
            leave_room(topic)
        return {}

    def on_time(self, message: Any = None) -> dict[str, Any]:
        """The server's clock in milliseconds, for clients to estimate their offset by; ``setting`` as in the clock."""
        sent_ms = message.get("sent_ms") if isinstance(message, dict) else None
        return {"sent_ms": sent_ms, "server_ms": CLOCK.now_ms(), "setting": CLOCK.setting}


def refusal(topic: str) -> str | None:
    """Why the asker may not see a topic; None where they may."""
    parsed = Topic.parse(topic)
    if parsed is None:
        return "topic_unknown"
    if parsed.kind not in STAFF_ONLY:
        return None
    if not current_user.is_authenticated:
        return "sign_in_needed"
    actor = current_user.actor
    allowed = actor.role in STAFF and actor.may_reach(f"c/{parsed.slug}")
    return None if allowed else "not_allowed"


def send(topic: str, snapshot: Snapshot) -> None:
    """Send a snapshot to everyone who joined its topic."""
    socketio.emit("update", snapshot, namespace=NAMESPACE, to=topic)


def has_listeners(topic: str) -> bool:
    rooms = socketio.server.manager.rooms.get(NAMESPACE, {})
    return bool(rooms.get(topic))


def _join(feed: Feed, topic: str) -> Snapshot | None:
    """Join first, read after: a change between the two is then sent, never missed."""
    join_room(topic)
    snapshot = feed.snapshot(topic)
    if snapshot is None:
        leave_room(topic)
    return snapshot


def _topics(message: Any) -> list[str]:
    topics = message.get("topics") if isinstance(message, dict) else None
    return [t for t in topics if isinstance(t, str)][:MOST_TOPICS] if isinstance(topics, list) else []
