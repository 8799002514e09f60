"""What is wrong at the moment, by code, with the facts of each; heartbeats carry it to where a referee looks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import structlog

log = structlog.get_logger()

SHOWN_FOR_S = 300.0
"""How long after it last happened something is shown that no later moment can tell to be over."""


class Faults:
    """Raised and cleared from any thread; ``changed`` is called when a code comes or goes, not when facts do."""

    def __init__(self, changed: Callable[[], None], now_s: Callable[[], float] = time.monotonic) -> None:
        self._changed = changed
        self._now_s = now_s
        self._standing: dict[str, dict[str, Any]] = {}
        self._until_s: dict[str, float] = {}
        self._lock = threading.Lock()

    def note(self, code: str, **facts: Any) -> None:
        """A fault stands, with these facts, until it is cleared."""
        with self._lock:
            is_new = code not in self._standing
            self._standing[code] = {"code": code, **facts}
        if is_new:
            log.warning(code, **facts)
            self._changed()

    def happened(self, code: str, **facts: Any) -> None:
        """Something happened, and is over: it is shown for a while, with how often it did as a fact of its own."""
        with self._lock:
            before = self._standing.get(code, {}).get("count", 0)
            self._until_s[code] = self._now_s() + SHOWN_FOR_S
        self.note(code, count=before + 1, **facts)

    def clear(self, code: str) -> None:
        with self._lock:
            stood = self._standing.pop(code, None)
        if stood:
            log.info("cleared", fault=code)
            self._changed()

    def standing(self) -> list[dict[str, Any]]:
        with self._lock:
            now_s = self._now_s()
            for code in [code for code, until_s in self._until_s.items() if until_s < now_s]:
                del self._until_s[code]
                self._standing.pop(code, None)
            return list(self._standing.values())
