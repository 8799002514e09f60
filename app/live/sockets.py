"""The Socket.IO namespace /live: clients join topics, get snapshots, then every newer one."""

from __future__ import annotations

from typing import Any, cast

from flask import current_app, request
from flask_login import current_user
from flask_socketio import Namespace, join_room, leave_room

from ..accounts.signing_in import SignIns
from ..eventlog.clock import CLOCK
from ..extensions import socketio
from .feed import Feed, Snapshot
from .permitted import refusal
from .snapshots import STAFF_ONLY, Topic

NAMESPACE = "/live"
MOST_TOPICS = 50


class Live(Namespace):  # type: ignore[misc]
    """Read-only: commands never come in here."""

    def __init__(self, namespace: str) -> None:
        super().__init__(namespace)
        self._staff: dict[str, str] = {}
        """Sockets that joined what only staff may see, each with the sign-in it came by."""

    def on_join(self, message: Any = None) -> dict[str, Any]:
        """``{"topics": [...]}`` → ``{"snapshots": {topic: snapshot}, "refused": {topic: code}}``."""
        feed: Feed = current_app.extensions["feed"]
        snapshots: dict[str, Snapshot] = {}
        refused: dict[str, str] = {}
        for topic in _topics(message):
            code = refusal(topic)
            if code is None and _is_for_staff(topic):
                self._staff[_sid()] = current_user.id
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

    def on_disconnect(self, *_reason: Any) -> None:
        self._staff.pop(_sid(), None)

    def drop_signed_out(self, sign_ins: SignIns) -> None:
        """End the sockets whose sign-in was revoked since they joined; they come back as who they are now."""
        standing = sign_ins.standing(set(self._staff.values()))
        for sid in [sid for sid, sign_in in self._staff.items() if sign_in not in standing]:
            self._staff.pop(sid, None)
            socketio.server.disconnect(sid, namespace=NAMESPACE)

    def on_time(self, message: Any = None) -> dict[str, Any]:
        """The server's clock in milliseconds, for clients to estimate their offset by; ``setting`` as in the clock."""
        sent_ms = message.get("sent_ms") if isinstance(message, dict) else None
        return {"sent_ms": sent_ms, "server_ms": CLOCK.now_ms(), "setting": CLOCK.setting}


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


def _is_for_staff(topic: str) -> bool:
    parsed = Topic.parse(topic)
    return parsed is not None and parsed.kind in STAFF_ONLY


def _sid() -> str:
    """The id of the socket that speaks; Flask-SocketIO puts it on the request."""
    return cast(Any, request).sid  # type: ignore[no-any-return]


def _topics(message: Any) -> list[str]:
    topics = message.get("topics") if isinstance(message, dict) else None
    return [t for t in topics if isinstance(t, str)][:MOST_TOPICS] if isinstance(topics, list) else []
