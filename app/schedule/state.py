"""What is true of start lists: in which order the runs of a field are held."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on


@dataclass(frozen=True, slots=True)
class StartList:
    """A division's drawn order on a field, with the seed that made it; entries that came late stand at its end."""

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

    @on("PanelDrawn")
    def _panel_drawn(self, state: State, entry: Entry) -> None:
        """Its sheets are on the judges' list as runs are."""
        self._drawn(state, entry)

    @on("LateEntriesAdded")
    def _late_entries_added(self, state: State, entry: Entry) -> None:
        data = entry.data
        drawn = self.start_lists[data["division"]]
        late = tuple(dict.fromkeys(run["entry"] for run in data["runs"]))
        runs = tuple(run["id"] for run in data["runs"])
        self.start_lists[drawn.division] = replace(
            drawn, entries=drawn.entries + late, runs=drawn.runs + runs
        )
        for run in data["runs"]:
            self._insert(data["field"], run["id"], run["before"])

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

    @on("PlanApplied")
    def _planned(self, state: State, entry: Entry) -> None:
        self.queues.update({field: list(runs) for field, runs in entry.data["queues"].items()})

    def _insert(self, field: str, run: str, before: str | None) -> None:
        """Put a run before another one of its field's queue, or at its end."""
        queue = self.queues.setdefault(field, [])
        queue.insert(queue.index(before) if before in queue else len(queue), run)
