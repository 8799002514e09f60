"""CPU-seconds to solve and to mend days of judging and runs, and a republican contest of two; all threads counted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from scoring.planning.checking import check, metrics, read_placed
from scoring.planning.day import Now, closed
from scoring.planning.greedy import greedy
from scoring.planning.instance import read_instance
from scoring.planning.repairing import Repair, fewest_moves, push, swapped
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
    if is_asked_for(only, "schedule.republic_idle_min"):
        yield waiting("schedule.republic_idle_min")
    yield from repairs(only)


def waiting(name: str) -> Figure:
    """Minutes that entries wait on two republican days, against the schedule that the search for less begins with."""
    instance = read_instance(republic())
    placed = greedy(instance, 0)
    assert placed is not None
    before = metrics(instance, placed)["idle"]
    return figure(name, solve(instance)["objective"]["idle"], "min", "lower", None, before)


def repairs(only: str) -> Iterator[Figure]:
    """Each rung of the ladder, with two pairs of tables away for an hour on the day of 200 teams."""
    names = [f"schedule.repair_{rung}_cpu_s" for rung in ("push", "fewest_moves", "swap")]
    if not any(is_asked_for(only, name) for name in names):
        return
    known, now = read_instance(day(200)), Now(100)
    placed = read_placed(known, solve(known))
    away = ("table-0a", "table-0b", "table-3a", "table-3b")
    instance = closed(known, dict.fromkeys(away, (100, 160)))
    first, second = [one.activity.id for one in placed if one.activity.kind == "design" and one.start >= 100][
        :2
    ]
    rungs: tuple[Callable[[], Repair | None], ...] = (
        lambda: push(instance, placed, now),
        lambda: fewest_moves(instance, placed, now),
        lambda: swapped(known, placed, now, first, second),
    )
    for name, rung in zip(names, rungs, strict=True):
        started_s = time.process_time()
        repair = rung()
        taken_s = time.process_time() - started_s
        assert repair is not None
        assert not repair.left_out
        yield figure(name, taken_s, "s", "lower", None)


def solved_cpu_s(data: dict[str, Any], status: str | None = None, last_end: int | None = None) -> float:
    """Raises AssertionError where the schedule is not what it has to be: a figure for it would mean nothing."""
    started_s = time.process_time()
    instance = read_instance(data)
    schedule = solve(instance)
    taken_s = time.process_time() - started_s
    told = check(instance, schedule)
    assert told["ok"]
    assert last_end is None or told["metrics"]["side_spread"] + told["metrics"]["opponent_repeats"] == 0
    assert status is None or schedule["status"] in (status, "optimal")
    assert last_end is None or schedule["objective"]["last_end"] == last_end
    return taken_s
