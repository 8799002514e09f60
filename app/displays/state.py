"""What is true of screens: which there are, what each shows, and which browser each was given to."""

from __future__ import annotations

from typing import Any

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on

AT_FIRST = {"place": "", "group": "", "view": "auto", "field": None, "division": None, "region": None}


class Screens(Part):
    """Screens by id, each as its live topic shows it; the screen of each browser that was claimed."""

    def __init__(self) -> None:
        self.by_id: dict[str, dict[str, Any]] = {}
        self.of_device: dict[str, str] = {}

    def free_code(self) -> str:
        """A code for the next screen that no screen had yet."""
        taken = {screen_id.rsplit("-", 1)[-1] for screen_id in self.by_id}
        return next(code for n in range(1, len(taken) + 2) if (code := f"s{n}") not in taken)

    @on("ScreenAdded")
    def _added(self, state: State, entry: Entry) -> None:
        self._put(state, AT_FIRST | {"steps": [], "locale": "rotate", "volume_percent": 0} | entry.data)

    @on("ScreenDescribed")
    def _described(self, state: State, entry: Entry) -> None:
        self._put(state, self.by_id[entry.data["id"]] | entry.data)

    @on("ScreenSet")
    def _set(self, state: State, entry: Entry) -> None:
        self._put(
            state,
            self.by_id[entry.data["id"]] | {"region": None, "steps": [], "volume_percent": 0} | entry.data,
        )

    @on("ScreenClaimed")
    def _claimed(self, state: State, entry: Entry) -> None:
        self.of_device[entry.data["device"]] = entry.data["id"]

    @on("ScreenRemoved")
    def _removed(self, state: State, entry: Entry) -> None:
        screen_id = entry.data["id"]
        self.by_id.pop(screen_id)
        self.of_device = {device: of for device, of in self.of_device.items() if of != screen_id}
        state.touch(f"screen/{screen_id}")

    def _put(self, state: State, screen: dict[str, Any]) -> None:
        """Each change makes a new object: the old one may be part of a snapshot that people still see."""
        self.by_id[screen["id"]] = screen
        state.touch(f"screen/{screen['id']}")
