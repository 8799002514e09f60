"""Sides of matches: told truly, checked, and spread evenly with no start earlier or later in the whole."""

from __future__ import annotations

import copy
import time
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.planning.balancing import balanced
from scoring.planning.checking import broken_rules, check, metrics
from scoring.planning.greedy import greedy
from scoring.planning.instance import InstanceInvalid, read_instance
from scoring.planning.side_checking import fairness
from scoring.planning.sides import dealt
from scoring.planning.solving import solve
from tests.scoring.planning.days import crowded, day

LONG_S = 600.0


def contest(entries: int, matches: list[list[int]], **need: Any) -> dict[str, Any]:
    """Matches drawn beforehand: who meets is settled, on which side and table is not."""
    tables = [{"id": f"m{n}{side}", "kind": "mat", "open": [[0, 600]]} for n in range(2) for side in "ab"]
    return {
        "version": 1,
        "slot_min": 5,
        "resources": tables,
        "entries": [{"id": f"e{n}"} for n in range(entries)],
        "activities": [
            {
                "id": f"a{at}",
                "entries": [f"e{n}" for n in who],
                "kind": "match",
                "duration_min": 5,
                "needs": [{"kind": "mat", "count": 2, "among": ["m0a", "m0b"]} | need],
            }
            for at, who in enumerate(matches)
        ],
    }


@pytest.fixture(scope="module")
def good() -> dict[str, Any]:
    return solve(read_instance(day(24)))


@pytest.mark.parametrize("teams", [24, 48])
def test_a_full_day_repeats_no_meeting_and_is_spread_over_tables_and_sides(teams: int) -> None:
    schedule = solve(read_instance(day(teams)))
    told = check(read_instance(day(teams)), schedule)
    assert told["ok"]
    assert told["metrics"]["opponent_repeats"] == 0
    assert told["metrics"]["table_spread"] <= 1
    assert told["metrics"]["side_spread"] == 0
    on_side: Counter[tuple[str, int]] = Counter()
    for one in schedule["assignments"]:
        if "run" in one["activity"]:
            assert [one["activity"].split("-")[0]] in one["sides"]
            on_side[one["activity"].split("-")[0], one["sides"].index([one["activity"].split("-")[0]])] += 1
    assert set(on_side.values()) == {2}


def test_the_two_of_a_pair_of_tables_tell_the_same_match(good: dict[str, Any]) -> None:
    matches: dict[tuple[int, str], list[Any]] = {}
    for one in good["assignments"]:
        for table in one["resources"]:
            if table.startswith("table"):
                matches.setdefault((one["start"], table[:-1]), []).append(one)
    for two in matches.values():
        assert len(two) == 2
        assert two[0]["sides"] == two[1]["sides"]
        by_table = {one["resources"][0][-1]: one["activity"].split("-")[0] for one in two}
        assert two[0]["sides"] == [[by_table["a"]], [by_table["b"]]]


def test_sides_that_are_not_true_are_seen(good: dict[str, Any]) -> None:
    instance = read_instance(day(24))
    spoilt = copy.deepcopy(good)
    told = next(one for one in spoilt["assignments"] if "sides" in one)
    told["sides"] = told["sides"][::-1]
    assert check(instance, spoilt)["violations"] == [
        {"code": "sides_wrong", "activities": [told["activity"]]}
    ]
    for one in spoilt["assignments"]:
        one.pop("sides", None)
    assert check(instance, spoilt)["ok"]


@pytest.mark.parametrize(
    ("sides", "is_right"),
    [
        ([["e0"], ["e1"]], True),
        ([["e1"], ["e0"]], True),
        ([["e0", "e1"]], False),
        ([["e0"], ["e0"]], False),
        ([["e0"], ["e1"], []], False),
        ([["e0"], ["e2"]], False),
    ],
)
def test_a_match_by_itself_has_each_entry_on_one_side(sides: list[list[str]], is_right: bool) -> None:
    instance = read_instance(contest(3, [[0, 1]]))
    placed = {"activity": "a0", "start": 0, "resources": ["m0a", "m0b"], "sides": sides}
    told = check(instance, {"status": "feasible", "assignments": [placed]})
    assert told["ok"] == is_right


def test_what_is_spread_is_counted() -> None:
    """e0 is always at the first table and meets e1 twice; the others once each."""
    instance = read_instance(contest(3, [[0, 1], [0, 1], [0, 2]]))
    assignments = [
        {
            "activity": f"a{at}",
            "start": 10 * at,
            "resources": ["m0a", "m0b"],
            "sides": [["e0"], [f"e{other}"]],
        }
        for at, other in enumerate((1, 1, 2))
    ]
    told = check(instance, {"status": "feasible", "assignments": assignments})["metrics"]
    assert (told["table_spread"], told["side_spread"]) == (3, 3)
    assert (told["opponent_repeats"], told["partner_repeats"]) == (1, 0)


def test_drawn_matches_change_sides_and_tables() -> None:
    """Everybody meets everybody twice: three times on each side can be had by all six."""
    pairs = [[a, b] for a in range(4) for b in range(a + 1, 4)] * 2
    schedule = solve(read_instance(contest(4, pairs)))
    told = check(read_instance(contest(4, pairs)), schedule)
    assert told["ok"]
    assert (told["metrics"]["side_spread"], told["metrics"]["table_spread"]) == (0, 0)
    assert told["metrics"]["opponent_repeats"] == 6


def test_partners_are_chosen_where_a_match_has_two_sides_of_two() -> None:
    """Three matches of the same four: each of the three ways to pair them once, so that no partners repeat."""
    data = contest(4, [[0, 1, 2, 3]] * 3, count=1)
    for one in data["activities"]:
        one["sides"] = 2
    schedule = solve(read_instance(data))
    assert {len(side) for one in schedule["assignments"] for side in one["sides"]} == {2}
    assert check(read_instance(data), schedule)["metrics"]["partner_repeats"] == 0


def test_fixed_sides_stay_and_a_change_of_them_is_seen() -> None:
    fixed = {"activity": "a0", "start": 0, "resources": ["m0a", "m0b"], "sides": [["e1"], ["e0"]]}
    data = contest(2, [[0, 1]] * 4) | {"fixed": [fixed]}
    schedule = solve(read_instance(data))
    first = next(one for one in schedule["assignments"] if one["activity"] == "a0")
    assert first["sides"] == [["e1"], ["e0"]]
    first["sides"] = [["e0"], ["e1"]]
    assert [one["code"] for one in check(read_instance(data), schedule)["violations"]] == ["moved"]


def test_sides_that_do_not_come_out_even_are_refused() -> None:
    data = contest(3, [[0, 1, 2]], count=1)
    data["activities"][0]["sides"] = 2
    with pytest.raises(InstanceInvalid) as caught:
        read_instance(data)
    assert [(one["code"], one["field"]) for one in caught.value.problems] == [
        ("sides_uneven", "activities/0/sides")
    ]


def test_a_seed_gives_one_schedule(good: dict[str, Any]) -> None:
    assert solve(read_instance(day(24)))["assignments"] == good["assignments"]


@settings(max_examples=40, deadline=None)
@given(
    teams=st.integers(2, 9),
    gap=st.sampled_from([0, 5, 20]),
    shared=st.lists(st.sampled_from("xyz"), max_size=9),
    seed=st.integers(0, 9),
)
def test_whatever_changes_places_keeps_the_rules(teams: int, gap: int, shared: list[str], seed: int) -> None:
    data = crowded(teams, gap, shared)
    data["activities"] += [
        {
            "id": f"m{at}", "entries": [f"t{at}", f"t{at + 1}"], "kind": "duel", "duration_min": 10,
            "needs": [{"kind": "table", "count": 2, "among": ["table-0a", "table-0b", "table-1a"]}],
        }
        for at in range(teams - 1)
    ]  # fmt: skip
    instance = read_instance(data)
    placed = greedy(instance, seed)
    if placed is None:
        return
    before, after = dealt(instance, placed), balanced(instance, placed, seed, time.monotonic() + LONG_S)
    assert broken_rules(instance, after) == []
    assert sorted(one.activity.id for one in after) == sorted(one.activity.id for one in placed)
    assert sorted(one.start for one in after) == sorted(one.start for one in before)
    assert metrics(instance, after)["idle"] <= metrics(instance, before)["idle"]
    assert fairness(instance, after)["side_spread"] <= max(1, fairness(instance, before)["side_spread"])
