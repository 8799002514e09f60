"""What is true of start lists: in which order the runs of a field are held."""

from __future__ import annotations

from dataclasses import dataclass

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on


@dataclass(frozen=True, slots=True)
class StartList:
    """A division's drawn order on a field, with the seed that made it."""

    division: str
    field: str
    seed: int
    entries: tuple[str, ...]
    runs: tuple[str, ...]


class Schedule(Part):
    """Start lists by division, and each field's runs in order."""

    def __init__(self) -> None:
        self.start_lists: dict[str, StartList] = {}
        self.queues: dict[str, list[str]] = {}

    @on("StartListDrawn")
    def _drawn(self, state: State, entry: Entry) -> None:
        data = entry.data
        runs = tuple(run["id"] for run in data["runs"])
        start_list = StartList(data["division"], data["field"], data["seed"], tuple(data["entries"]), runs)
        self.start_lists[start_list.division] = start_list
        self.queues.setdefault(start_list.field, []).extend(runs)
        state.touch(
            f"{state.chain}/schedule",
            f"{state.chain}/field/{start_list.field}",
            f"{state.chain}/field/{start_list.field}/queue",
            f"{state.chain}/field/{start_list.field}/judging",
        )

    @on("ReplayOrdered")
    def _held_again(self, state: State, entry: Entry) -> None:
        self._insert(entry.data["field"], entry.data["replay"], entry.data["before"])

    @on("PracticeRunAdded")
    def _practised(self, state: State, entry: Entry) -> None:
        self._insert(entry.data["field"], entry.data["run"], entry.data["before"])

    @on("RunsSwapped")
    def _swapped(self, state: State, entry: Entry) -> None:
        data = entry.data
        queue = self.queues[data["field"]]
        first, second = queue.index(data["run"]), queue.index(data["other"])
        queue[first], queue[second] = queue[second], queue[first]
        place = f"{state.chain}/field/{data['field']}"
        state.touch(f"{state.chain}/schedule", place, f"{place}/queue", f"{place}/judging")

    def _insert(self, field: str, run: str, before: str | None) -> None:
        """Put a run before another one of its field's queue, or at its end."""
        queue = self.queues.setdefault(field, [])
        queue.insert(queue.index(before) if before in queue else len(queue), run)
