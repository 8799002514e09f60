"""The checker sees every way in which a good schedule can be spoilt."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from scoring.planning.checking import check
from scoring.planning.instance import InstanceInvalid, read_instance
from scoring.planning.solving import solve
from tests.scoring.planning.days import day

Schedule = dict[str, Any]


@pytest.fixture(scope="module")
def good() -> Schedule:
    found: Schedule = solve(read_instance(day(24)))
    assert found["status"] == "optimal"
    return found


def of(schedule: Schedule, activity: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in schedule["assignments"] if one["activity"] == activity)
    return found


def codes(data: dict[str, Any], schedule: Schedule) -> set[str]:
    return {one["code"] for one in check(read_instance(data), schedule)["violations"]}


def test_a_good_one_is_good_and_measured(good: Schedule) -> None:
    told = check(read_instance(day(24)), good)
    assert told["ok"]
    assert told["metrics"]["activities"] == 168
    assert told["metrics"]["last_end"] == good["objective"]["last_end"]


def leave_out(schedule: Schedule) -> None:
    schedule["assignments"].pop()


def name_twice(schedule: Schedule) -> None:
    schedule["assignments"].append(schedule["assignments"][0])


def invent(schedule: Schedule) -> None:
    schedule["assignments"][0]["resources"] = ["nowhere"]


def shift_by_a_minute(schedule: Schedule) -> None:
    of(schedule, "t0-design")["start"] += 1


def take_another_kind(schedule: Schedule) -> None:
    of(schedule, "t0-design")["resources"] = ["table-0a"]


def take_two(schedule: Schedule) -> None:
    of(schedule, "t0-design")["resources"] = ["design-0", "design-1"]


def come_at_lunch(schedule: Schedule) -> None:
    of(schedule, "t0-design")["start"] = 175


def crowd_a_room(schedule: Schedule) -> None:
    one, other = of(schedule, "t0-design"), of(schedule, "t1-design")
    other["start"], other["resources"] = one["start"], one["resources"]


def be_in_two_places(schedule: Schedule) -> None:
    of(schedule, "t0-values")["start"] = of(schedule, "t0-design")["start"]


def play_alone(schedule: Schedule) -> None:
    of(schedule, "t0-run0")["start"] += 5


SPOILT: list[tuple[Callable[[Schedule], None], str]] = [
    (leave_out, "missing"),
    (name_twice, "twice"),
    (invent, "unknown"),
    (shift_by_a_minute, "off_grid"),
    (take_another_kind, "needs_unmet"),
    (take_two, "needs_unmet"),
    (come_at_lunch, "closed"),
    (crowd_a_room, "overfull"),
    (be_in_two_places, "too_close"),
    (play_alone, "not_together"),
]


@pytest.mark.parametrize(("spoil", "code"), SPOILT, ids=[spoil.__name__ for spoil, _ in SPOILT])
def test_each_way_to_spoil_it_is_seen(good: Schedule, spoil: Callable[[Schedule], None], code: str) -> None:
    spoilt = copy.deepcopy(good)
    spoil(spoilt)
    assert code in codes(day(24), spoilt)


def test_what_comes_too_early_and_what_was_moved_are_seen(good: Schedule) -> None:
    assert codes(day(24) | {"before": [{"first": "values", "then": "design", "min": 500}]}, good) == {
        "too_early"
    }
    fixed = {"activity": "t0-design", "start": of(good, "t0-design")["start"] + 25}
    assert codes(day(24) | {"fixed": [fixed]}, good) == {"moved"}


def test_what_is_missing_hides_nothing_else(good: Schedule) -> None:
    spoilt = copy.deepcopy(good)
    leave_out(spoilt)
    crowd_a_room(spoilt)
    assert {"missing", "overfull"} <= codes(day(24), spoilt)


@pytest.mark.parametrize(
    ("resources", "is_met"),
    [
        (["r1", "r2"], True),
        (["r2", "r1"], True),
        (["r2", "r3"], True),
        (["r2"], False),
        (["r1", "r1"], False),
    ],
)
def test_needs_that_overlap_are_met_whichever_way_they_can(resources: list[str], is_met: bool) -> None:
    data = {
        "version": 1,
        "slot_min": 5,
        "resources": [{"id": id_, "kind": "room", "open": [[0, 60]]} for id_ in ("r1", "r2", "r3")],
        "entries": [{"id": "e"}],
        "activities": [
            {
                "id": "a",
                "entries": ["e"],
                "kind": "visit",
                "duration_min": 10,
                "needs": [{"kind": "room", "among": ["r1", "r2"]}, {"kind": "room", "among": ["r2", "r3"]}],
            }
        ],
    }
    placed = {"activity": "a", "start": 0, "resources": resources}
    found = codes(data, {"status": "feasible", "assignments": [placed]})
    assert ("needs_unmet" not in found) == is_met


def test_what_is_no_schedule_is_refused() -> None:
    with pytest.raises(InstanceInvalid):
        check(read_instance(day(24)), {"assignments": [{"activity": 7}]})
