"""Repairs keep the rules, leave alone what must not move, change nothing without need, and move as little as can be."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.planning.checking import broken_rules, read_placed
from scoring.planning.day import Now, closed
from scoring.planning.instance import Instance, Placed, read_instance
from scoring.planning.repairing import Repair, fewest_moves, moves, push, swapped
from scoring.planning.solving import solve
from tests.scoring.planning.days import day

Planned = tuple[Instance, list[Placed]]
NOW = Now(120)


@pytest.fixture(scope="module")
def planned() -> Planned:
    instance = read_instance(day(24))
    return instance, read_placed(instance, solve(instance))


def is_sound(instance: Instance, placed: list[Placed], now: Now) -> bool:
    """Whether nothing that could be moved breaks a rule: what is over or under way may stand in closed hours."""
    settled = {one.activity.id for one in placed if now.is_settled(one)}
    return all(set(one["activities"]) <= settled for one in broken_rules(instance, placed))


def settled_stay(before: list[Placed], repair: Repair, now: Now) -> bool:
    return not any(now.is_settled(move.before) for move in moves(before, repair.placed))


def test_nothing_moves_where_nothing_is_wrong(planned: Planned) -> None:
    instance, placed = planned
    assert moves(placed, push(instance, placed, NOW).placed) == []
    mended = fewest_moves(instance, placed, NOW)
    assert mended is not None
    assert moves(placed, mended.placed) == []


def test_a_late_pair_of_tables_is_pushed_in_its_order(planned: Planned) -> None:
    instance, placed = planned
    late = closed(instance, {"table-0a": (120, 150), "table-0b": (120, 150)})
    repair = push(late, placed, NOW)
    assert repair.left_out == []
    assert is_sound(late, repair.placed, NOW)
    assert settled_stay(placed, repair, NOW)
    changed = moves(placed, repair.placed)
    assert changed
    assert all(move.after.start > move.before.start for move in changed)
    assert all(move.after.resources == move.before.resources for move in changed)
    was = {one.activity.id: one.start for one in placed}
    here = sorted((one for one in repair.placed if "table-0a" in one.resources), key=lambda one: one.start)
    assert [one.activity.id for one in here] == [
        one.activity.id for one in sorted(here, key=lambda one: was[one.activity.id])
    ]


def test_what_no_longer_fits_is_named(planned: Planned) -> None:
    instance, placed = planned
    shut = closed(instance, {"design-0": (120, 10_000)})
    repair = push(shut, placed, NOW)
    gone = {one.activity.id for one in repair.left_out}
    assert gone == {
        one.activity.id for one in placed if "design-0" in one.resources and not NOW.is_settled(one)
    }
    assert is_sound(shut, repair.placed, NOW)


def test_a_broken_room_moves_those_who_were_to_be_there_and_hardly_anybody_else(planned: Planned) -> None:
    instance, placed = planned
    shut = closed(instance, {"values-1": (120, 150)})
    hit = [
        one
        for one in placed
        if "values-1" in one.resources and not NOW.is_settled(one) and one.start < 150 and one.end > 120
    ]
    assert hit
    mended = fewest_moves(shut, placed, NOW)
    assert mended is not None
    assert is_sound(shut, mended.placed, NOW)
    assert settled_stay(placed, mended, NOW)
    changed = {move.before.activity.id for move in moves(placed, mended.placed)}
    assert {one.activity.id for one in hit} <= changed
    assert len(changed) <= 2 * len(hit)


def test_the_called_stay_where_they_are(planned: Planned) -> None:
    instance, placed = planned
    coming = min((one for one in placed if one.start >= 120), key=lambda one: one.start)
    now = Now(120, frozenset({coming.activity.id}))
    late = closed(instance, dict.fromkeys(coming.resources, (120, 200)))
    assert settled_stay(placed, push(late, placed, now), now)
    with pytest.raises(ValueError, match="settled"):
        swapped(instance, placed, now, coming.activity.id, placed[-1].activity.id)


def test_a_swap_is_a_swap(planned: Planned) -> None:
    instance, placed = planned
    one, other = [one for one in placed if one.activity.kind == "design" and one.start >= 120][:2]
    repair = swapped(instance, placed, NOW, one.activity.id, other.activity.id)
    by_id = {two.activity.id: two for two in repair.placed}
    assert (by_id[one.activity.id].start, by_id[one.activity.id].resources) == (other.start, other.resources)
    assert (by_id[other.activity.id].start, by_id[other.activity.id].resources) == (one.start, one.resources)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), minute=st.integers(0, 300), for_min=st.integers(5, 60))
def test_whatever_is_late_the_push_keeps_the_rules(
    planned: Planned, seed: int, minute: int, for_min: int
) -> None:
    instance, placed = planned
    dice = random.Random(seed)
    some = dice.sample(sorted(instance.resources), 3)
    late = closed(instance, dict.fromkeys(some, (minute, minute + for_min)))
    # A group of tables that is closed in part is closed.
    for group in instance.together:
        if set(group) & set(some):
            late = closed(late, dict.fromkeys(group, (minute, minute + for_min)))
    now = Now(minute)
    repair = push(late, placed, now)
    assert settled_stay(placed, repair, now)
    assert is_sound(late, repair.placed, now)
    assert len(repair.placed) + len(repair.left_out) == len(placed)


def test_the_fewest_moves_of_a_small_day_are_the_fewest_there_are() -> None:
    """Two rooms; one closes when both are full for the next hour: one visit fits at the end, so one moves."""
    data: dict[str, Any] = {
        "version": 1,
        "slot_min": 10,
        "resources": [{"id": id_, "kind": "room", "open": [[0, 70]]} for id_ in ("r1", "r2")],
        "entries": [{"id": f"e{n}"} for n in range(12)],
        "activities": [
            {
                "id": f"a{n}",
                "entries": [f"e{n}"],
                "kind": "visit",
                "duration_min": 10,
                "needs": [{"kind": "room"}],
            }
            for n in range(12)
        ],
    }
    instance = read_instance(data)
    activities = list(instance.activities.values())
    placed = [Placed(one, n // 2 * 10, (f"r{n % 2 + 1}",)) for n, one in enumerate(activities)]
    shut = closed(instance, {"r1": (20, 30)})
    mended = fewest_moves(shut, placed, Now(0))
    assert mended is not None
    [move] = moves(placed, mended.placed)
    assert (move.before.activity.id, move.after.start) == ("a4", 60)
    assert is_sound(shut, mended.placed, Now(0))


def test_what_cannot_be_mended_is_said(planned: Planned) -> None:
    instance, placed = planned
    shut = closed(instance, dict.fromkeys(("design-0", "design-1"), (120, 10000)))
    assert fewest_moves(shut, placed, NOW, within_s=6) is None


@pytest.mark.parametrize("rung", ["push", "fewest_moves"])
def test_what_should_have_begun_goes_on_from_now(planned: Planned, rung: str) -> None:
    """A match that nobody started is held later; what truly was before stays, and so does its neighbour's pair."""
    instance, placed = planned
    first = min(
        (one for one in placed if one.activity.kind == "run"), key=lambda one: (one.start, one.activity.id)
    )
    pair = {id_ for group in instance.together if first.resources[0] in group for id_ in group}
    late = [one for one in placed if one.start == first.start and set(one.resources) <= pair]
    now = Now(60, late=frozenset(one.activity.id for one in late))
    repair = push(instance, placed, now) if rung == "push" else fewest_moves(instance, placed, now)
    assert repair is not None
    assert repair.left_out == []
    assert is_sound(instance, repair.placed, now)
    after = {one.activity.id: one for one in repair.placed}
    assert all(after[one.activity.id].start >= 60 for one in late)
    assert settled_stay(placed, repair, now)
