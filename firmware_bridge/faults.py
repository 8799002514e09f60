"""What is wrong at the moment, by code, with the facts of each; heartbeats carry it to where a referee looks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import structlog

log = structlog.get_logger()


class Faults:
    """Raised and cleared from any thread; ``changed`` is called when a code comes or goes, not when facts do."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._standing: dict[str, dict[str, Any]] = {}
        self._lock = threading.Lock()

    def note(self, code: str, **facts: Any) -> None:
        """A fault stands, with these facts, until it is cleared."""
        with self._lock:
            is_new = code not in self._standing
            self._standing[code] = {"code": code, **facts}
        if is_new:
            log.warning(code, **facts)
            self._changed()

    def count(self, code: str, **facts: Any) -> None:
        """The same, with how often it was noted as a fact of its own."""
        before = self._standing.get(code, {}).get("count", 0)
        self.note(code, count=before + 1, **facts)

    def clear(self, code: str) -> None:
        with self._lock:
            stood = self._standing.pop(code, None)
        if stood:
            log.info("cleared", fault=code)
            self._changed()

    def standing(self) -> list[dict[str, Any]]:
        with self._lock:
            return list(self._standing.values())
