"""Tiny instances of every shape against all schedules there are: what is called optimal is, and so is impossible."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest

from scoring.planning.checking import broken_rules
from scoring.planning.instance import Instance, InstanceInvalid, Placed, read_instance
from scoring.planning.solving import solve

MOST_WAYS = 9_000
CLOSES = 40
BATCHES, IN_A_BATCH = 4, 60


def tiny(dice: random.Random) -> dict[str, Any]:
    """Up to three rooms, three entries and four visits, with hours, pauses and rules of every kind."""
    rooms = dice.randint(1, 3)
    hours = [[[0, CLOSES]], [[0, 20], [25, CLOSES]], [[5, 15], [20, CLOSES]]]
    shared = dice.choice(hours) if dice.random() < 0.6 else None
    resources = [
        {
            "id": f"r{n}",
            "kind": "room",
            "open": shared or dice.choice(hours),
            "changeover_min": dice.choice([0, 5]),
            "capacity": dice.choice([1, 1, 2]),
        }
        for n in range(rooms)
    ]
    entries = dice.randint(1, 3)
    activities = [_visit(dice, n, entries, rooms) for n in range(dice.randint(1, 4))]
    data: dict[str, Any] = {
        "version": 1,
        "slot_min": 5,
        "resources": resources,
        "entries": [
            {"id": f"e{n}", "people": ["coach"] if dice.random() < 0.25 else []} for n in range(entries)
        ],
        "activities": activities,
    }
    if dice.random() < 0.5:
        data["gaps"] = [
            {"between": dice.choice([["*", "*"], ["p", "q"], ["p", "p"]]), "min": dice.choice([5, 10])}
        ]
    if dice.random() < 0.3:
        data["before"] = [{"first": "p", "then": "q", "min": dice.choice([0, 5])}]
    if dice.random() < 0.3:
        data["fixed"] = [{"activity": "a0", "start": dice.choice([0, 5, 10, 20])}]
        if dice.random() < 0.5:
            data["fixed"][0]["resources"] = [f"r{dice.randrange(rooms)}"]
    if rooms > 1 and dice.random() < 0.3:
        data["together"] = [["r0", "r1"]]
    return data


def _visit(dice: random.Random, n: int, entries: int, rooms: int) -> dict[str, Any]:
    need: dict[str, Any] = {"kind": "room"}
    if dice.random() < 0.2:
        need["among"] = [f"r{at}" for at in sorted(dice.sample(range(rooms), dice.randint(1, rooms)))]
    elif rooms > 1 and dice.random() < 0.15:
        need["count"] = 2
    theirs = sorted(dice.sample(range(entries), dice.choice([0, 1, 1, 1, min(2, entries)])))
    return {
        "id": f"a{n}",
        "entries": [f"e{at}" for at in theirs],
        "kind": dice.choice("pq"),
        "duration_min": dice.choice([5, 10, 10, 7]),
        "needs": [need],
    }


def earliest_end(instance: Instance) -> int | None:
    """By trying every way there is; None where none keeps the rules. Raises OverflowError where they are too many."""
    ways = [
        [
            Placed(activity, start, used)
            for start in range(0, CLOSES - activity.duration_min + 1, instance.slot_min)
            for need in activity.needs
            for used in itertools.combinations(need.among, need.count)
        ]
        for activity in instance.activities.values()
    ]
    count = 1
    for one in ways:
        count *= len(one)
    if count > MOST_WAYS:
        raise OverflowError
    ends = [
        max(one.end for one in placed)
        for placed in itertools.product(*ways)
        if not broken_rules(instance, placed)
    ]
    return min(ends, default=None)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_nothing_ends_earlier_than_the_optimum_and_nothing_possible_is_called_impossible(batch: int) -> None:
    tried, refused = 0, set()
    for seed in itertools.count(batch * 1_000_000):
        if tried == IN_A_BATCH:
            break
        try:
            instance = read_instance(tiny(random.Random(seed)))
        except InstanceInvalid as invalid:
            refused |= {one["code"] for one in invalid.problems}
            continue
        try:
            least = earliest_end(instance)
        except OverflowError:
            continue
        tried += 1
        found = solve(instance, 20)
        if least is None:
            assert found["status"] == "infeasible", seed
        else:
            assert (found["status"], found["objective"]["last_end"]) == ("optimal", least), seed
    assert refused <= {"fixed_elsewhere"}
