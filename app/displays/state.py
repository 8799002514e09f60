"""What is true of screens: which there are, and what each shows."""

from __future__ import annotations

from typing import Any

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on


class Screens(Part):
    """Screens by id, each as its live topic shows it."""

    def __init__(self) -> None:
        self.by_id: dict[str, dict[str, Any]] = {}

    @on("ScreenAdded")
    def _added(self, state: State, entry: Entry) -> None:
        screen = entry.data | {"view": "auto", "field": None, "division": None, "locale": "rotate"}
        self.by_id[screen["id"]] = screen
        state.touch(f"screen/{screen['id']}")

    @on("ScreenSet")
    def _set(self, state: State, entry: Entry) -> None:
        # A new object: the old one may be part of a snapshot that people still see.
        self.by_id[entry.data["id"]] = self.by_id[entry.data["id"]] | entry.data
        state.touch(f"screen/{entry.data['id']}")
