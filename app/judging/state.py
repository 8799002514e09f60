"""What is true of panels: where judges come from, who marks a division, and who is tied to which project."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on
from ..runs.state import Run, Runs


@dataclass(frozen=True, slots=True)
class Affiliation:
    """The organisation and the district a judge comes from; each perhaps empty."""

    organisation: str = ""
    district: str = ""


@dataclass(slots=True)
class Panel:
    """The judges of a division's projects, in a room; ``projects`` are entries in the drawn order.

    ``ties`` are ``(judge, entry)``. ``blind`` panels are not told whose projects they mark.
    """

    field: str
    judges: tuple[str, ...]
    projects: tuple[str, ...]
    blind: bool = False
    ties: set[tuple[str, str]] = attribute(default_factory=set)

    def number(self, entry: str) -> int:
        """A project's number in the drawn order, by which a blind panel knows it."""
        return self.projects.index(entry) + 1


class Panels(Part):
    """Panels by division, and affiliations by account. What a judge has to mark is told by the runs themselves."""

    def __init__(self) -> None:
        self.by_division: dict[str, Panel] = {}
        self.affiliations: dict[str, Affiliation] = {}

    def is_blind(self, division: str) -> bool:
        panel = self.by_division.get(division)
        return panel is not None and panel.blind

    def rooms_of(self, account: str) -> list[str]:
        """The fields on which a judge sits in a panel."""
        return sorted({panel.field for panel in self.by_division.values() if account in panel.judges})

    @on("AffiliationsStated")
    def _stated(self, state: State, entry: Entry) -> None:
        for one in entry.data["judges"]:
            self.affiliations[one["judge"]] = Affiliation(one["organisation"], one["district"])

    @on("PanelDrawn")
    def _drawn(self, state: State, entry: Entry) -> None:
        data = entry.data
        ties = {(tie["judge"], tie["entry"]) for tie in data["ties"]}
        self.by_division[data["division"]] = Panel(
            data["field"], tuple(data["judges"]), tuple(data["entries"]), data["blind"], ties
        )

    @on("LateEntriesAdded")
    def _late_entries_added(self, state: State, entry: Entry) -> None:
        panel = self.by_division.get(entry.data["division"])
        if panel is not None:
            late = dict.fromkeys(run["entry"] for run in entry.data["runs"])
            panel.projects = (*panel.projects, *late)
            panel.ties |= {(tie["judge"], tie["entry"]) for tie in entry.data["ties"]}

    @on("JudgeSteppedAside")
    def _stepped_aside(self, state: State, entry: Entry) -> None:
        run = state[Runs].by_id[entry.data["run"]]
        self.by_division[run.division].ties.add((entry.data["judge"], run.entry))

    @on("SheetsGiven")
    def _given(self, state: State, entry: Entry) -> None:
        panel = self.by_division[entry.data["division"]]
        if entry.data["to"] not in panel.judges:
            panel.judges = (*panel.judges, entry.data["to"])


def marks_already(state: State, run: Run, judge: str) -> bool:
    """Whether a judge has another sheet of a run's project."""
    return any(one.judge == judge for one in state[Runs].attempts_of(run.entry) if one is not run)


def open_sheets(state: State, division: str, judge: str) -> list[Run]:
    """The sheets a judge has not confirmed yet; those that nobody has for an empty ``judge``."""
    return [run for run in state[Runs].of(division) if run.judge == judge and not run.is_confirmed]
