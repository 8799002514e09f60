"""How often a topic is sent: at once, then at most so often a second, and the newest last."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

EVERY_S = 0.05
"""Twenty times a second: faster than anyone reads, slow enough for a hall of telephones."""

Later = Callable[[float, Callable[[str], None], str], Any]
"""Calls a function with a topic after some seconds, in the event loop."""


class Pace:
    """Says whether a changed topic may be sent now; one that may not is passed to ``send`` as soon as it may."""

    def __init__(self, send: Callable[[str], None], later: Later, every_s: float = EVERY_S) -> None:
        self._send = send
        self._later = later
        self._every_s = every_s
        self._sent_at_s: dict[str, float] = {}
        self._due: set[str] = set()

    def may_send(self, topic: str) -> bool:
        """True where the caller is to send the topic now; otherwise it goes out later, once, as it then is."""
        if topic in self._due:
            return False
        now_s = time.monotonic()
        wait_s = self._sent_at_s.get(topic, float("-inf")) + self._every_s - now_s
        if wait_s <= 0:
            self._sent_at_s[topic] = now_s
            return True
        self._due.add(topic)
        self._later(wait_s, self._overdue, topic)
        return False

    def _overdue(self, topic: str) -> None:
        self._due.discard(topic)
        self._sent_at_s[topic] = time.monotonic()
        self._send(topic)
