"""The health of field controllers, as their last heartbeats told it; kept in memory, never logged."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from ..eventlog.chain import instant, utc_now
from ..eventlog.fold import State
from .schemas import Heartbeat
from .state import Controllers

SILENT_AFTER_S = 2.5
UNNAMED = "unknown"
"""What a bridge calls itself until its board has said its name."""


@dataclass(slots=True)
class Beat:
    """A controller's last heartbeat and when it came, by the server's steady clock."""

    slug: str
    field: str
    heartbeat: Heartbeat
    came_at_utc: str
    came_at_s: float


class Health:
    """Heartbeats by device. ``version`` grows with every change, over restarts too (it follows the wall clock)."""

    def __init__(self) -> None:
        self.version = time.time_ns() // 1_000_000
        self._beats: dict[tuple[str, str], Beat] = {}
        self._silent: set[tuple[str, str]] = set()

    def beat(self, slug: str, field: str, heartbeat: Heartbeat) -> None:
        """Take in a heartbeat of a controller of ``field``."""
        unnamed = self._beats.get((slug, UNNAMED))
        if unnamed is not None and unnamed.field == field:
            del self._beats[
                slug, UNNAMED
            ]  # a bridge that has met its board now; one that has not beats again
        key = (slug, heartbeat.device)
        self._beats[key] = Beat(slug, field, heartbeat, instant(utc_now()), time.monotonic())
        self._silent.discard(key)
        self.moved()

    def newly_silent(self) -> set[str]:
        """The competitions in which a controller fell silent since the last call."""
        now_s = time.monotonic()
        fallen = {
            key
            for key, beat in self._beats.items()
            if key not in self._silent and now_s - beat.came_at_s > SILENT_AFTER_S
        }
        self._silent |= fallen
        if fallen:
            self.moved()
        return {slug for slug, _device in fallen}

    def data(self, state: State) -> dict[str, Any]:
        """What the staff of a competition see: its controllers, and readings that fitted no run."""
        slug = state.chain.removeprefix("c/")
        return {
            "controllers": [self._shown(beat) for beat in self._beats.values() if beat.slug == slug],
            "unassigned": list(state[Controllers].unassigned.values()),
        }

    def beats(self, slug: str, field: str) -> list[tuple[Heartbeat, bool]]:
        """The last heartbeats of a field's controllers, and whether each is online."""
        now_s = time.monotonic()
        return [
            (beat.heartbeat, now_s - beat.came_at_s <= SILENT_AFTER_S)
            for beat in self._beats.values()
            if (beat.slug, beat.field) == (slug, field)
        ]

    def moved(self) -> None:
        """Say that what the staff see changed: a heartbeat, a silence, or a reading that fits no run."""
        self.version = max(self.version + 1, time.time_ns() // 1_000_000)

    def _shown(self, beat: Beat) -> dict[str, Any]:
        heartbeat = beat.heartbeat
        silent = time.monotonic() - beat.came_at_s > SILENT_AFTER_S
        return {
            "device": heartbeat.device,
            "field": beat.field,
            "state": "silent" if silent else "online",
            "last_seen_utc": beat.came_at_utc,
            "clock": heartbeat.clock,
            "faults": list(heartbeat.faults),
            "unsent": (heartbeat.spool or {}).get("unsent"),
            "simulated": heartbeat.origin != "board",
        }
