"""Schedules that are found keep every rule, by the independent checker; bounds are what can be counted by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.planning.checking import check
from scoring.planning.instance import InstanceInvalid, read_instance
from scoring.planning.solving import solve
from tests.scoring.planning.days import day, republic


def solved(data: dict[str, Any], within_s: float = 600) -> dict[str, Any]:
    instance = read_instance(data)
    schedule = solve(instance, within_s)
    if schedule["assignments"]:
        assert check(instance, schedule)["violations"] == []
    return schedule


@pytest.mark.parametrize("teams", [24, 48, 72])
def test_a_day_of_judging_and_runs_ends_when_the_rooms_can_be_through(teams: int) -> None:
    schedule = solved(day(teams))
    assert schedule["status"] == "optimal"
    assert (schedule["objective"]["last_end"], schedule["bound"]) == (345, 345)


def test_a_day_with_slack_is_found_though_it_is_not_proven_in_time() -> None:
    schedule = solved(day(12), within_s=8)
    assert schedule["status"] in ("optimal", "feasible")
    assert schedule["bound"] <= schedule["objective"]["last_end"] <= 345


def test_a_republican_contest_of_two_days_is_placed() -> None:
    schedule = solved(republic(), within_s=30)
    assert schedule["status"] in ("optimal", "feasible")
    assert len(schedule["assignments"]) == len(republic()["activities"])


def test_what_is_short_is_named_with_how_much() -> None:
    data = day(24)
    for resource in data["resources"]:
        if resource["kind"] == "design":
            resource["open"] = [[0, 100]]
    schedule = solved(data)
    assert schedule["status"] == "infeasible"
    assert schedule["short"] == [
        {"kind": "design", "resources": ["design-0", "design-1"], "asked": 24, "fits": 8}
    ]


def test_what_is_short_is_named_where_resources_fit_some_and_not_others() -> None:
    """Ten visits must be content with room a, which takes eight; others may have either room."""
    rooms = [{"id": id_, "kind": "room", "open": [[0, 80]]} for id_ in "ab"]
    picky = [visit(f"p{n}") | {"needs": [{"kind": "room", "among": ["a"]}]} for n in range(10)]
    schedule = solved(small(rooms, [*picky, visit("x")]))
    assert schedule["status"] == "infeasible"
    assert schedule["short"] == [{"kind": "room", "resources": ["a"], "asked": 10, "fits": 8}]
    enough = solved(small(rooms, [*picky[:8], visit("x")]))
    assert (enough["status"], enough["bound"]) == ("optimal", 80)


def room(minutes: int, **more: Any) -> dict[str, Any]:
    return {"id": "r", "kind": "room", "open": [[0, minutes]], **more}


def visit(entry: str, kind: str = "visit", minutes: int = 10) -> dict[str, Any]:
    return {
        "id": f"{entry}-{kind}", "entries": [entry], "kind": kind, "duration_min": minutes, "needs": [{"kind": "room"}],
    }  # fmt: skip


def small(resources: list[dict[str, Any]], activities: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    entries = sorted({entry for one in activities for entry in one["entries"]})
    return {
        "version": 1,
        "slot_min": 5,
        "resources": resources,
        "entries": [{"id": entry} for entry in entries],
        "activities": activities,
        **more,
    }


def test_two_that_share_a_coach_are_never_at_once() -> None:
    data = small([room(100, capacity=2)], [visit("a"), visit("b")])
    assert solved(data)["objective"]["last_end"] == 10
    data["entries"] = [{"id": "a", "people": ["coach"]}, {"id": "b", "people": ["coach"]}]
    assert solved(data)["objective"]["last_end"] == 20


def test_what_comes_before_is_before_with_its_pause() -> None:
    rooms = [room(100), {"id": "desk", "kind": "desk", "open": [[20, 100]]}]
    inspection = visit("a", "inspection") | {"needs": [{"kind": "desk"}]}
    data = small(
        rooms, [visit("a"), inspection], before=[{"first": "inspection", "then": "visit", "min": 10}]
    )
    assert solved(data)["objective"]["last_end"] == 50


def test_inspection_before_the_first_run_goes_with_pairs_of_tables() -> None:
    data = day(24)
    data["resources"].append(
        {"id": "desk", "kind": "inspection", "capacity": 4, "open": [[0, 180], [225, 480]]}
    )
    data["activities"] += [
        visit(f"t{team}", "inspection", 5) | {"needs": [{"kind": "inspection"}]} for team in range(24)
    ]
    data["before"] = [{"first": "inspection", "then": "run", "min": 10}]
    schedule = solved(data)
    assert (schedule["status"], schedule["objective"]["last_end"]) == ("optimal", 345)


def test_what_no_arrangement_can_mend_is_named() -> None:
    too_long = small([room(100)], [visit("a", minutes=110)])
    assert solved(too_long)["short"][0] == {"kind": "room", "activity": "a-visit", "asked": 110, "fits": 100}
    busy = small([room(40, capacity=9)], [visit("a", str(n)) for n in range(5)])
    assert solved(busy)["short"] == [{"kind": "person", "person": "a", "asked": 50, "fits": 40}]
    closed = small([room(40)], [visit("a")], fixed=[{"activity": "a-visit", "start": 35}])
    assert (solved(closed)["status"], solved(closed)["short"]) == ("infeasible", [])


def test_what_is_fixed_stays() -> None:
    data = small([room(100)], [visit(one) for one in "abc"], fixed=[{"activity": "b-visit", "start": 15}])
    starts = {one["activity"]: one["start"] for one in solved(data)["assignments"]}
    assert starts["b-visit"] == 15


@settings(max_examples=60, deadline=None)
@given(
    entries=st.integers(1, 6),
    rooms=st.integers(1, 3),
    minutes=st.sampled_from([5, 10, 15, 20]),
    changeover=st.sampled_from([0, 5, 10]),
    gap=st.sampled_from([0, 5, 20]),
    rounds=st.integers(1, 3),
    people=st.lists(st.sampled_from("xyz"), max_size=6),
)
def test_whatever_is_found_keeps_the_rules_and_ends_no_earlier_than_the_bound(
    entries: int, rooms: int, minutes: int, changeover: int, gap: int, rounds: int, people: list[str]
) -> None:
    resources = [
        {"id": f"r{n}", "kind": "room", "open": [[0, 60], [90, 400]], "changeover_min": changeover}
        for n in range(rooms)
    ]
    activities = [
        visit(f"e{entry}", minutes=minutes) | {"id": f"e{entry}-{turn}"}
        for entry in range(entries)
        for turn in range(rounds)
    ]
    data = small(resources, activities, gaps=[{"between": ["*", "*"], "min": gap}])
    for entry, person in zip(data["entries"], people, strict=False):
        entry["people"] = [person]
    schedule = solved(data, within_s=5)
    if schedule["assignments"]:
        assert schedule["bound"] is None or schedule["objective"]["last_end"] >= schedule["bound"]


def test_every_problem_of_a_file_is_named_with_its_place() -> None:
    data = small([room(100)], [visit("a"), visit("a")], fixed=[{"activity": "nobody", "start": 0}])
    with pytest.raises(InstanceInvalid) as caught:
        read_instance(data)
    assert [(one["code"], one["field"]) for one in caught.value.problems] == [
        ("id_repeated", "activities/1/id"),
        ("id_unknown", "fixed/0/activity"),
    ]
    wanted = [{"kind": "moon"}, {"kind": "room", "count": 2}]
    data = small([room(100) | {"open": [[100, 0]]}], [visit("a") | {"needs": wanted}])
    with pytest.raises(InstanceInvalid) as caught:
        read_instance(data)
    assert [(one["code"], one["field"]) for one in caught.value.problems] == [
        ("hours_reversed", "resources/0/open/0"),
        ("kind_unknown", "activities/0/needs/0/kind"),
        ("count_too_large", "activities/0/needs/1/count"),
    ]
    with pytest.raises(InstanceInvalid) as caught:
        read_instance({"version": 2})
    assert len(caught.value.problems) > 3
