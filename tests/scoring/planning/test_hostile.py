"""Instances nobody in their senses would write: refused by name or solved soundly, and never a crash or a wait."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable
from typing import Any

import pytest

from scoring.planning.checking import check
from scoring.planning.instance import InstanceInvalid, read_instance
from scoring.planning.solving import solve

Json = dict[str, Any]
BASE: Json = {
    "version": 1,
    "slot_min": 5,
    "resources": [{"id": "r", "kind": "room", "open": [[0, 100]]}],
    "entries": [{"id": "e"}],
    "activities": [
        {"id": "a", "entries": ["e"], "kind": "visit", "duration_min": 10, "needs": [{"kind": "room"}]}
    ],
}


def base(**more: Any) -> Json:
    return copy.deepcopy(BASE) | more


def activity(**more: Any) -> Json:
    data = base()
    data["activities"][0] |= more
    return data


def resource(**more: Any) -> Json:
    data = base()
    data["resources"][0] |= more
    return data


def of(id_: str, kind: str = "visit") -> Json:
    visit: Json = BASE["activities"][0]
    return visit | {"id": id_, "kind": kind}


REFUSED: list[tuple[Json, str]] = [
    (resource(open=[[0, 10**30]]), "schema"),
    (activity(duration_min=10**30), "schema"),
    (base(gaps=[{"between": ["*", "*"], "min": 10**20}]), "schema"),
    (base(together=[["r", "r"]]), "schema"),
    (base(before=[{"first": "visit", "then": "visit"}]), "before_itself"),
    (base(fixed=[{"activity": "a", "start": 3}]), "fixed_off_grid"),
    (base(fixed=[{"activity": "a", "start": 5}, {"activity": "a", "start": 10}]), "fixed_twice"),
    (base(fixed=[{"activity": "a", "start": 5, "sides": [["nobody"]]}]), "sides_wrong"),
    (
        base(
            resources=[*BASE["resources"], {"id": "s", "kind": "hall", "open": [[0, 100]]}],
            fixed=[{"activity": "a", "start": 5, "resources": ["s"]}],
        ),
        "fixed_elsewhere",
    ),
    (activity(entries=["e", "e"]), "entry_repeated"),
    (activity(sides=3), "sides_uneven"),
    (activity(entries=[], sides=2), "sides_uneven"),
    (activity(needs=[{"kind": "room", "count": 10**9}]), "count_too_large"),
]
ENDS: dict[str, tuple[Json, str, int | None]] = {
    "nothing at all": (base(resources=[], entries=[], activities=[]), "optimal", 0),
    "needs nothing": (activity(needs=[]), "optimal", 10),
    "needs nothing and nobody": (activity(needs=[], entries=[]), "optimal", 10),
    "room for millions": (resource(capacity=10**9), "optimal", 10),
    "ten weeks": (resource(open=[[0, 100_000]]), "optimal", 10),
    "open twice at once": (resource(open=[[0, 60], [30, 90]]), "optimal", 10),
    "never open": (resource(open=[]), "infeasible", None),
    "one room for two needs": (activity(needs=[{"kind": "room"}, {"kind": "room"}]), "infeasible", None),
    "each before the other": (
        base(
            activities=[of("a", "p"), of("b", "q")],
            before=[{"first": "p", "then": "q"}, {"first": "q", "then": "p"}],
        ),
        "infeasible",
        None,
    ),
    "two fixed at once": (
        base(
            activities=[of("a"), of("b")],
            fixed=[{"activity": "a", "start": 5}, {"activity": "b", "start": 5}],
        ),
        "infeasible",
        None,
    ),
    "two that keep nobody busy": (
        base(resources=[BASE["resources"][0] | {"capacity": 2}], activities=[of(x) | {"entries": []} for x in "ab"]),
        "optimal",
        10,
    ),
    "a pair of which one serves nothing": (
        base(
            resources=[*BASE["resources"], {"id": "s", "kind": "hall", "open": [[0, 100]]}],
            together=[["r", "s"]],
        ),
        "infeasible",
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "code"), REFUSED, ids=range(len(REFUSED)))
def test_what_makes_no_sense_is_refused_by_name(data: Json, code: str) -> None:
    with pytest.raises(InstanceInvalid) as caught:
        read_instance(data)
    assert code in {one["code"] for one in caught.value.problems}


@pytest.mark.parametrize("name", ENDS)
def test_what_is_odd_but_sound_comes_out_right(name: str) -> None:
    data, status, last_end = ENDS[name]
    found = solve(read_instance(data), 5)
    assert found["status"] == status
    if last_end is not None:
        assert found["objective"]["last_end"] == last_end
        assert check(read_instance(data), found)["ok"]


def test_thousands_of_problems_are_not_all_told() -> None:
    data = base(entries=[{"id": "e"}] * 5_000)
    with pytest.raises(InstanceInvalid) as caught:
        read_instance(data)
    assert len(caught.value.problems) == 100


def one_person() -> Json:
    data = resource(open=[[0, 100_000]])
    return data | {"activities": [of(f"a{n}") for n in range(1_500)]}


def a_long_fair() -> Json:
    """Ten weeks, pairs of tables and a thousand visits: no model of it fits into memory."""
    rooms = [{"id": f"r{n}", "kind": "room", "open": [[0, 100_000]]} for n in range(4)]
    return base(
        slot_min=1,
        resources=rooms,
        entries=[{"id": f"e{n}"} for n in range(500)],
        activities=[of(f"a{n}") | {"entries": [f"e{n // 2}"]} for n in range(1_000)],
        together=[["r0", "r1"], ["r2", "r3"]],
    )


@pytest.mark.parametrize("make", [one_person, a_long_fair])
def test_the_time_limit_holds_for_what_is_far_too_large(make: Callable[[], Json]) -> None:
    instance = read_instance(make())
    started_s = time.monotonic()
    found = solve(instance, 4)
    assert time.monotonic() - started_s < 25
    if found["assignments"]:
        assert check(instance, found)["ok"]


def scrambled(dice: random.Random) -> Json:
    """Anything the schema lets through, without a thought for what it means."""
    kinds, ids = ["p", "q", "r"], [f"x{n}" for n in range(5)]

    def minutes(most: int) -> int:
        return dice.choice([0, 1, 5, 7, most])

    def some(of_: list[str], least: int = 0) -> list[str]:
        return dice.sample(of_, dice.randint(least, len(of_)))

    data = base(
        slot_min=dice.choice([1, 5, 7, 120]),
        resources=[
            {
                "id": id_,
                "kind": dice.choice(kinds),
                "capacity": dice.choice([1, 2, 10**6]),
                "changeover_min": minutes(100),
                "open": [[start, start + dice.randint(1, 90)] for start in some_starts(dice)],
            }
            for id_ in ids
        ],
        entries=[{"id": id_, "people": some([*ids, "coach"])} for id_ in ids],
        gaps=[{"between": [dice.choice([*kinds, "*"]) for _ in "ab"], "min": minutes(200)} for _ in range(2)],
        before=[
            {"first": one, "then": other, "min": minutes(60)}
            for one, other in [dice.sample(kinds, 2)]
            if dice.random() < 0.4
        ],
        together=[some(ids, 2)] if dice.random() < 0.3 else [],
    )
    by_kind = {kind: [one["id"] for one in data["resources"] if one["kind"] == kind] for kind in kinds}
    there = [kind for kind in kinds if by_kind[kind]]
    data["activities"] = [
        {
            "id": f"a{n}",
            "entries": dice.sample(ids, dice.choice([0, 1, 1, 2, 4])),
            "kind": dice.choice(kinds),
            "duration_min": dice.choice([1, 5, 10, 33]),
            "needs": [
                {"kind": kind, "count": dice.randint(1, len(by_kind[kind]))}
                for kind in (dice.choice(there) for _ in range(dice.choice([0, 1, 1, 2])))
            ],
        }
        for n in range(dice.randint(0, 7))
    ]
    if data["activities"] and dice.random() < 0.3:
        start = data["slot_min"] * dice.randint(0, 10)
        data["fixed"] = [{"activity": "a0", "start": start, "resources": some(ids)}]
    return data


def some_starts(dice: random.Random) -> list[int]:
    return [dice.randint(0, 300) for _ in range(dice.randint(0, 3))]


@pytest.mark.parametrize("batch", range(4))
def test_no_scrambled_instance_crashes_and_every_schedule_is_sound(batch: int) -> None:
    found, refused = set(), set()
    for seed in range(batch * 1_000, batch * 1_000 + 60):
        try:
            instance = read_instance(scrambled(random.Random(seed)))
        except InstanceInvalid as invalid:
            refused |= {one["code"] for one in invalid.problems}
            continue
        schedule = solve(instance, 3, seed)
        found.add(schedule["status"])
        if schedule["assignments"]:
            told = check(instance, schedule)
            assert told["ok"], (seed, told["violations"])
            assert told["metrics"]["last_end"] >= (schedule["bound"] or 0), seed
    assert {"optimal", "infeasible"} <= found
    assert refused == {"fixed_elsewhere"}
