"""Entries wait less, nothing ends later, and every rule is kept as it was."""

from __future__ import annotations

import time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.planning.checking import broken_rules, metrics
from scoring.planning.greedy import greedy
from scoring.planning.instance import Instance, Placed, read_instance
from scoring.planning.waiting import with_less_waiting
from tests.scoring.planning.days import crowded, day, republic

LONG_S = 600.0


def settled(instance: Instance, placed: list[Placed], seed: int = 0) -> list[Placed]:
    return with_less_waiting(instance, placed, seed, time.monotonic() + LONG_S)


def two_rooms(entries: int, **more: Any) -> dict[str, Any]:
    """Everybody goes once to each of two rooms."""
    return {
        "version": 1,
        "slot_min": 5,
        "resources": [{"id": id_, "kind": id_, "open": [[0, 400]]} for id_ in ("a", "b")],
        "entries": [{"id": f"e{n}"} for n in range(entries)],
        "activities": [
            {"id": f"e{n}-{kind}", "entries": [f"e{n}"], "kind": kind, "duration_min": 10, "needs": [{"kind": kind}]}
            for n in range(entries)
            for kind in ("a", "b")
        ],
        **more,
    }  # fmt: skip


def placed_at(instance: Instance, starts: dict[str, int]) -> list[Placed]:
    return [Placed(instance.activities[id_], start, (id_[-1],)) for id_, start in starts.items()]


def test_two_who_wait_for_nothing_change_places() -> None:
    instance = read_instance(two_rooms(2))
    placed = placed_at(instance, {"e0-a": 0, "e1-a": 10, "e1-b": 60, "e0-b": 70})
    after = settled(instance, placed)
    assert metrics(instance, after)["idle"] == 0
    assert metrics(instance, after)["last_end"] <= 80


def test_the_pause_between_is_kept() -> None:
    instance = read_instance(two_rooms(1, gaps=[{"between": ["*", "*"], "min": 15}]))
    after = settled(instance, placed_at(instance, {"e0-a": 0, "e0-b": 200}))
    assert metrics(instance, after)["idle"] == 15


def test_what_is_fixed_and_what_comes_before_stay_so() -> None:
    data = two_rooms(1, fixed=[{"activity": "e0-b", "start": 200}], before=[{"first": "a", "then": "b"}])
    instance = read_instance(data)
    after = {
        one.activity.id: one.start for one in settled(instance, placed_at(instance, {"e0-a": 0, "e0-b": 200}))
    }
    assert after == {"e0-b": 200, "e0-a": 190}


def test_a_seed_gives_one_schedule() -> None:
    instance = read_instance(day(8) | {"together": []})
    placed = greedy(instance, 0)
    assert placed is not None
    assert settled(instance, placed, 3) == settled(instance, placed, 3)


def test_no_time_leaves_the_schedule_as_it_is() -> None:
    instance = read_instance(two_rooms(1))
    placed = placed_at(instance, {"e0-a": 0, "e0-b": 200})
    assert with_less_waiting(instance, placed, 0, time.monotonic() - 1) == placed


def test_a_republican_contest_waits_less() -> None:
    instance = read_instance(republic(teams=60))
    placed = greedy(instance, 0)
    assert placed is not None
    after = settled(instance, placed)
    assert broken_rules(instance, after) == []
    assert metrics(instance, after)["idle"] < 0.95 * metrics(instance, placed)["idle"]


@settings(max_examples=40, deadline=None)
@given(
    teams=st.integers(2, 9),
    gap=st.sampled_from([0, 5, 20]),
    shared=st.lists(st.sampled_from("xyz"), max_size=9),
    seed=st.integers(0, 9),
)
def test_whatever_changes_keeps_the_rules(teams: int, gap: int, shared: list[str], seed: int) -> None:
    data = crowded(teams, gap, shared)
    instance = read_instance(data)
    placed = greedy(instance, seed)
    if placed is None:
        return
    before, after = metrics(instance, placed), settled(instance, placed, seed)
    assert broken_rules(instance, after) == []
    assert sorted(one.activity.id for one in after) == sorted(one.activity.id for one in placed)
    assert metrics(instance, after)["last_end"] <= before["last_end"]
    assert metrics(instance, after)["idle"] <= before["idle"]
