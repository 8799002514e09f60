"""The command that has a panel mark the projects that came in after it was drawn."""

from __future__ import annotations

from collections import Counter, defaultdict

from uuid_utils import uuid7

from scoring.panel_order import Marking, TooFewJudges, marking, visits

from ..competitions.state import Division
from ..entries.state import Entries
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Refusal, Target, command
from ..eventlog.fold import State
from ..runs.order_commands import late_entries
from ..runs.state import Runs
from .commands import judged_division
from .schemas import AddLateProjects
from .state import Panel, Panels


@command(AddLateProjects, on="division", roles=("organiser", "referee"))
def add_late_projects(state: State, target: Target, payload: AddLateProjects, context: Context) -> Decision:
    """Last on their judges' lists; those who have least to mark get them, and nobody else's sheets move."""
    division = judged_division(state, target)
    panel = state[Panels].by_division.get(division.code)
    if panel is None:
        raise Refusal("panel_not_drawn", division=division.code)
    late = late_entries(state, division.code)
    if not late:
        raise Refusal("no_late_entries", division=division.code)
    ties = [(one.judge, one.entry) for one in payload.ties if one.entry in late]
    marked_by = _marking(state, division, panel, late, ties)
    runs = [
        {
            "id": str(uuid7()),
            "entry": entry,
            "attempt": marked_by[entry].index(judge) + 1,
            "before": None,
            "judge": judge,
        }
        for judge, entry in visits(late, panel.judges, marked_by)
    ]
    position = max(run.position for run in state[Runs].of(division.code)) + 1
    data = {
        "division": division.code,
        "field": panel.field,
        "position": position,
        "runs": runs,
        "ties": [{"judge": judge, "entry": entry} for judge, entry in ties],
    }
    return Decision([Event("LateEntriesAdded", data)])


def _marking(
    state: State, division: Division, panel: Panel, late: list[str], ties: list[tuple[str, str]]
) -> Marking:
    """The judges of each late project, by what the panel has to mark already. Raises Refusal."""
    apart: dict[str, set[str]] = defaultdict(set)
    for judge, entry in (*panel.ties, *ties):
        apart[judge].add(entry)
    loads = Counter(run.judge or "" for run in state[Runs].of(division.code))
    count = division.ruleset.attempts.count
    try:
        return marking(late, panel.judges, count, apart, loads)
    except TooFewJudges as few:
        numbers = ", ".join(str(state[Entries].by_id[one].number) for one in few.projects)
        raise Refusal("projects_lack_judges", numbers=numbers, count=count) from None
