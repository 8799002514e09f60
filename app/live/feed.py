"""The live feed: keeps each topic's newest snapshot and sends it to whoever joined the topic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..devices.health import Health
from ..eventlog.chain import instant, utc_now
from ..eventlog.fold import State
from ..pipeline import Pipeline
from .pace import Later, Pace
from .snapshots import SHEETS, Data, Topic, data_of

Snapshot = dict[str, Any]
Send = Callable[[str, Snapshot], None]


class Feed:
    """Snapshots by topic, each with the version at which the topic last changed.

    Sent at the commit when someone listens, at most so often a second; otherwise made when first asked for.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        health: Health,
        send: Send,
        has_listeners: Callable[[str], bool],
        later: Later,
    ) -> None:
        self._pipeline = pipeline
        self._health = health
        self._send = send
        self._has_listeners = has_listeners
        self._newest: dict[str, Snapshot] = {}
        self._sheets: dict[str, set[str]] = {}
        self._pace = Pace(self._send_newest, later)

    def publish(self, state: State, changed: frozenset[str]) -> None:
        """Send what changed in a commit; called by the pipeline once the commit is on the disk."""
        for topic in (*changed, *self._sheets_with(changed)):
            before = self._newest.pop(topic, None)
            parsed = Topic.parse(topic)
            if parsed is None:
                continue
            if parsed.kind == "devices":
                self._health.moved()
            if self._has_listeners(topic) and self._pace.may_send(topic):
                made = self._make(state, parsed)
                if parsed.kind != SHEETS or not _is_same(before, made):
                    self._send_made(topic, made)

    def _sheets_with(self, changed: frozenset[str]) -> list[str]:
        """The sheets somebody asked for on fields whose judging changed; most often they are as they were."""
        return [sheets for topic in changed for sheets in self._sheets.get(topic, ())]

    def publish_health(self, slug: str) -> None:
        """Send the controllers' health of a competition; it is no fact of the log, so it has its own versions."""
        topic = f"c/{slug}/devices"
        if self._has_listeners(topic) and self._pace.may_send(topic):
            self._send_newest(topic)

    def _send_newest(self, topic: str) -> None:
        self._send_made(topic, self.snapshot(topic))

    def _send_made(self, topic: str, snapshot: Snapshot | None) -> None:
        if snapshot:
            self._send(topic, snapshot)

    def snapshot(self, topic: str) -> Snapshot | None:
        """The newest committed snapshot of a topic, or None where there is no such topic."""
        parsed = Topic.parse(topic)
        if parsed is None:
            return None
        if topic in self._newest:
            return self._newest[topic]
        with self._pipeline.reading():
            state = self._state_of(parsed)
            return self._make(state, parsed) if state else None

    def _make(self, state: State, topic: Topic) -> Snapshot | None:
        if topic.kind == "devices":
            return self._envelope(topic.name, self._health.version, self._health.data(state))
        data = data_of(state, topic)
        if data is None:
            return None
        if topic.kind == SHEETS:
            self._sheets.setdefault(topic.changes_with, set()).add(topic.name)
        snapshot = self._envelope(topic.name, state.topics.get(topic.changes_with, state.seq), data)
        self._newest[topic.name] = snapshot
        return snapshot

    def _envelope(self, topic: str, version: int, data: Data) -> Snapshot:
        return {
            "topic": topic,
            "epoch": self._pipeline.epoch,
            "version": version,
            "at_utc": instant(utc_now()),
            "data": data,
        }

    def _state_of(self, topic: Topic) -> State | None:
        if topic.slug is not None:
            return self._pipeline.state(f"c/{topic.slug}")
        return next((s for s in self._pipeline.states() if topic.name in s.topics), None)


def _is_same(before: Snapshot | None, made: Snapshot | None) -> bool:
    return before is not None and made is not None and before["data"] == made["data"]
