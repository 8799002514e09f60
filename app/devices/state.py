"""What is true of field controllers' readings: how far each device's are stored, and which fitted no run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on

ReadingKey = tuple[str, int, int]
OTHER_EDGE = "other_edge"
"""Why a reading moved no run though nothing is wrong: only one edge of a channel counts."""


@dataclass(slots=True)
class Progress:
    """Which readings of one boot are stored: all up to ``through``, and some ``beyond`` a gap."""

    through: int
    beyond: set[int] = field(default_factory=set)

    def add(self, seq: int) -> None:
        self.beyond.add(seq)
        while self.through + 1 in self.beyond:
            self.through += 1
            self.beyond.discard(self.through)


class Controllers(Part):
    """Readings by (device, boot, seq). A reading that fits no run stays in ``unassigned`` for the referee."""

    def __init__(self) -> None:
        self.progress: dict[tuple[str, int], Progress] = {}
        self.unassigned: dict[ReadingKey, dict[str, Any]] = {}

    def stored_through(self, device: str, boot: int) -> int | None:
        """The highest sequence number up to which every reading since the first is stored; None before any is."""
        progress = self.progress.get((device, boot))
        return progress.through if progress else None

    @on("ReadingRecorded")
    def _recorded(self, state: State, entry: Entry) -> None:
        data = entry.data
        device, boot, seq = data["device"], data["boot"], data["seq"]
        self.progress.setdefault((device, boot), Progress(seq - 1)).add(seq)
        if data["run"] is None and data["reason"] != OTHER_EDGE:
            self.unassigned[device, boot, seq] = data
            state.touch(f"{state.chain}/devices")

    @on("ReadingAssigned")
    def _assigned(self, state: State, entry: Entry) -> None:
        data = entry.data
        self.unassigned.pop((data["device"], data["boot"], data["seq"]), None)
        state.touch(f"{state.chain}/devices")
