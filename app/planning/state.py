"""What is true of the plan of the day: what it has to keep to, and when inspections are; runs know their own starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on

SINCE_ADDED: dict[str, Any] = {
    "changeover_min": 0,
    "travel_min": 0,
    "places": [],
    "pairs": [],
    "one_judge": True,
    "namesakes": [],
}
SINCE_ADDED_TO_DIVISIONS: dict[str, Any] = {"jointly": False, "inspected": True}
"""What plans of older logs do not say."""


class Plans(Part):
    """``asked`` is the newest ``SetPlan``, empty before, set by the log entry ``version``.

    ``inspections`` are planned starts by entry; ``applied`` counts how often a plan was given to the runs.
    """

    def __init__(self) -> None:
        self.asked: dict[str, Any] = {}
        self.version = 0
        self.inspections: dict[str, str] = {}
        self.applied = 0

    @on("PlanSet")
    def _set(self, state: State, entry: Entry) -> None:
        self.asked = as_asked(entry.data)
        self.version = entry.seq
        state.remember(state.chain, entry)

    @on("PlanApplied")
    def _applied(self, state: State, entry: Entry) -> None:
        self.inspections = {one["entry"]: one["at_utc"] for one in entry.data["inspections"]}
        self.applied += 1
        for field in {*entry.data["queues"], *entry.data.get("match_queues", ())}:
            place = f"{state.chain}/field/{field}"
            state.touch(place, f"{place}/queue", f"{place}/judging")
        state.touch(f"{state.chain}/schedule")


def as_asked(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a ``PlanSet`` says, with the defaults of what older logs do not say."""
    divisions = [SINCE_ADDED_TO_DIVISIONS | one for one in data["divisions"]]
    return SINCE_ADDED | dict(data) | {"divisions": divisions}
