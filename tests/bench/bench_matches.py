"""Qualification matches three against three: how good lists are, and the CPU-seconds one takes once compiled."""

from __future__ import annotations

import time
from collections.abc import Iterator

from scoring.planning.annealing import anneal, compile_now
from scoring.planning.match_list import Asked, faults, measured
from tests.bench.figures import Figure, figure, is_asked_for

NAMES = ("schedule.matches",)
GOAL_CPU_S = 10.0
CASES = {"36x10": (Asked(36, 10, 3, 4), 93), "60x10": (Asked(60, 10, 3, 7), 23)}
"""What is asked, and the opponent repeats to stay within."""
COUNTED = {
    "partner_repeats": 0,
    "opponent_repeats": None,
    "either_repeats": None,
    "unbalanced_colours": 0,
    "station_spread": 1,
    "colour_station_spread": 1,
}


def figures(only: str) -> Iterator[Figure]:
    compile_now()
    for case, (asked, most_opponents) in CASES.items():
        name = f"schedule.matches_{case}"
        if not is_asked_for(only, name):
            continue
        started_s = time.process_time()
        found = anneal(asked)
        taken_s = time.process_time() - started_s
        assert not list(faults(asked, found))
        told = measured(asked, found)
        yield figure(f"{name}_cpu_s", taken_s, "s", "lower", GOAL_CPU_S)
        yield figure(f"{name}_min_gap", told["min_gap"], "matches", "higher", asked.min_gap)
        for counted, goal in COUNTED.items():
            most = most_opponents if counted == "opponent_repeats" else goal
            yield figure(f"{name}_{counted}", told[counted], "", "lower", most)
