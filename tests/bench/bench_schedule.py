"""CPU-seconds to solve days of judging and runs, and a republican contest of two days; all threads counted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from scoring.planning.checking import check
from scoring.planning.instance import read_instance
from scoring.planning.solving import solve
from tests.bench.figures import Figure, figure, is_asked_for
from tests.scoring.planning.days import day, republic

NAMES = ("schedule.",)
GOALS_CPU_S = {24: 2.0, 48: 3.0, 96: 15.0, 200: 60.0}
REPUBLIC_GOAL_CPU_S = 60.0
LAST_END = 345


def figures(only: str) -> Iterator[Figure]:
    solved_cpu_s(day(2))  # loads the solver's libraries
    for teams, goal_cpu_s in GOALS_CPU_S.items():
        name = f"schedule.day_{teams}_cpu_s"
        if is_asked_for(only, name):
            yield figure(name, solved_cpu_s(day(teams), "optimal", LAST_END), "s", "lower", goal_cpu_s)
    if is_asked_for(only, "schedule.republic_cpu_s"):
        value = solved_cpu_s(republic(), "feasible", None)
        yield figure("schedule.republic_cpu_s", value, "s", "lower", REPUBLIC_GOAL_CPU_S)


def solved_cpu_s(data: dict[str, Any], status: str | None = None, last_end: int | None = None) -> float:
    """Raises AssertionError where the schedule is not what it has to be: a figure for it would mean nothing."""
    started_s = time.process_time()
    instance = read_instance(data)
    schedule = solve(instance)
    taken_s = time.process_time() - started_s
    assert check(instance, schedule)["ok"]
    assert status is None or schedule["status"] in (status, "optimal")
    assert last_end is None or schedule["objective"]["last_end"] == last_end
    return taken_s
