"""Days to schedule: one of an FLL-like kind for any number of teams, and a republican one of two days, seeded."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

KINDS = ("project", "design", "values")
LUNCH = (180, 225)
CLOSES = 480


def day(teams: int) -> dict[str, Any]:
    """For each 24 teams 2 rooms a kind and 2 table pairs; everyone is judged thrice and runs four times."""
    groups = -(-teams // 24)
    open_ = [[0, LUNCH[0]], [LUNCH[1], CLOSES]]
    rooms = [
        {"id": f"{kind}-{n}", "kind": kind, "open": open_, "changeover_min": 5}
        for kind in KINDS
        for n in range(2 * groups)
    ]
    pairs = [[f"table-{n}{side}" for side in "ab"] for n in range(2 * groups)]
    tables = [
        {"id": table, "kind": "table", "open": open_, "changeover_min": 5} for pair in pairs for table in pair
    ]
    activities = []
    for team in range(teams):
        for kind in KINDS:
            activities.append(
                {
                    "id": f"t{team}-{kind}",
                    "entries": [f"t{team}"],
                    "kind": kind,
                    "duration_min": 20,
                    "needs": [{"kind": kind}],
                }
            )
        for run in range(4):
            activities.append(
                {
                    "id": f"t{team}-run{run}",
                    "entries": [f"t{team}"],
                    "kind": "run",
                    "duration_min": 5,
                    "needs": [{"kind": "table"}],
                }
            )
    return {
        "version": 1,
        "slot_min": 5,
        "resources": rooms + tables,
        "entries": [{"id": f"t{team}"} for team in range(teams)],
        "activities": activities,
        "gaps": [{"between": ["*", "*"], "min": 15}, {"between": ["run", "run"], "min": 30}],
        "together": pairs,
    }


def republic(seed: int = 1, teams: int = 400, disciplines: int = 12) -> dict[str, Any]:
    """400 teams of 12 disciplines on 10 fields and before 15 panels, in two days; coaches have several teams."""
    dice = random.Random(seed)
    days = [[0, 240], [300, 600], [1440, 1680], [1740, 2040]]
    fields = [{"id": f"field-{n}", "kind": "field", "open": days, "changeover_min": 2} for n in range(10)]
    panels = [{"id": f"panel-{n}", "kind": "panel", "open": days, "changeover_min": 5} for n in range(15)]
    desks = [{"id": "inspection", "kind": "inspection", "capacity": 4, "open": days}]
    entries, activities = [], []
    for team in range(teams):
        discipline = dice.randrange(disciplines)
        coach = f"coach-{dice.randrange(teams // 2)}"
        entries.append({"id": f"e{team}", "people": [coach]})
        is_judged = discipline >= 9
        if is_judged:
            among = [f"panel-{n}" for n in range(15) if n % 3 == discipline - 9]
            kinds = [("defence", 15, {"kind": "panel", "among": among}, 1)]
        else:
            among = [f"field-{n}" for n in range(10) if n % 9 == discipline or n == 9]
            kinds = [
                ("inspection", 5, {"kind": "inspection"}, 1),
                ("run", 5, {"kind": "field", "among": among}, 3),
            ]
        for kind, minutes, need, count in kinds:
            for n in range(count):
                activities.append(
                    {
                        "id": f"e{team}-{kind}{n}",
                        "entries": [f"e{team}"],
                        "kind": kind,
                        "duration_min": minutes,
                        "needs": [need],
                    }
                )
    return {
        "version": 1,
        "slot_min": 1,
        "resources": fields + panels + desks,
        "entries": entries,
        "activities": activities,
        "gaps": [{"between": ["*", "*"], "min": 5}, {"between": ["run", "run"], "min": 10}],
        "before": [{"first": "inspection", "then": "run", "min": 10}],
    }


def crowded(teams: int, gap: int, shared: Iterable[str]) -> dict[str, Any]:
    """A day with one gap between all things, the design before the first run, and a person in several teams."""
    data = day(teams) | {"gaps": [{"between": ["*", "*"], "min": gap}], "together": []}
    for entry, person in zip(data["entries"], shared, strict=False):
        entry["people"] = [person]
    data["before"] = [{"first": "design", "then": "run", "min": 5}]
    return data
