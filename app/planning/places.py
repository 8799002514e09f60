"""Where and before whom something of the plan is held: fields, rooms, judges, inspection tables, with their hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

INSPECTION = "inspection"
TABLES = "tables"
DAY_MIN = 24 * 60

Json = dict[str, Any]
Window = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Places:
    """Resources for the solver. ``held_as``: places one judge has alone are one resource, for only one is in use.

    Where their hours differ they cannot be one: then what is held on such a field needs its judge, too (``judge_of``).
    """

    resources: tuple[Json, ...]
    held_as: Mapping[str, str]
    judge_of: Mapping[str, str]

    def of(self, place: str) -> str:
        return self.held_as.get(place, place)

    def judge_needed(self, fields: Iterable[str]) -> str | None:
        """The judge that whatever is held on one of some fields needs; None where they have none in common."""
        judges = {self.judge_of.get(field) for field in fields}
        return judges.pop() if len(judges) == 1 else None

    def members(self, resource: str) -> list[str]:
        """The places held as a resource, itself among them."""
        return [resource, *(place for place, held in self.held_as.items() if held == resource != place)]


def places_of(
    asked: Json, fields: Iterable[str], judges: Iterable[str], has_tables: bool, alone: Mapping[str, str]
) -> Places:
    """``alone``: the judge's account by each field that one judge has alone."""
    wanted = [*map(field_place, fields), *map(judge_place, judges)]
    several = list(_of_one_judge(wanted, alone)) if asked["one_judge"] else []
    held_as: dict[str, str] = {}
    judge_of: dict[str, str] = {}
    paired = {field_place(field) for pair in asked["pairs"] for field in pair}
    for judge, places in several:
        is_one = len({tuple(hours_of(asked, place)) for place in places}) == 1 and not paired & set(places)
        if is_one:
            held_as |= dict.fromkeys(places, places[0])
        else:
            judge_of |= {place: judge for place in places if place != judge}
            wanted += [judge] if judge not in wanted else []
    resources = [
        {
            "id": place,
            "kind": place.partition("/")[0],
            "open": [list(window) for window in hours_of(asked, place)],
            "changeover_min": asked["changeover_min"],
        }
        for place in wanted
        if held_as.get(place, place) == place
    ]
    if has_tables:
        open_ = [list(window) for window in hours_of(asked, TABLES)]
        resources.append(
            {"id": TABLES, "kind": INSPECTION, "capacity": asked["inspection_tables"], "open": open_}
        )
    return Places(tuple(resources), held_as, judge_of)


def _of_one_judge(places: Iterable[str], alone: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """A judge, and the fields and the seat in panels that this judge alone has, where there are several."""
    found: dict[str, list[str]] = defaultdict(list)
    for place in places:
        kind, _, id_ = place.partition("/")
        judge = id_ if kind == "judge" else alone.get(id_)
        if judge:
            found[judge_place(judge)].append(place)
    for judge, theirs in found.items():
        if len(theirs) > 1:
            yield judge, theirs


def hours_of(asked: Json, place: str) -> Iterator[Window]:
    """When a place is open: the days' hours without breaks, within its own where it has some."""
    own = next((one for one in asked["places"] if one["place"] == place), None)
    for opens, closes in windows(asked):
        if own is None:
            yield opens, closes
            continue
        day = opens // DAY_MIN
        if own["days"] and day not in own["days"]:
            continue
        first = day * DAY_MIN + minute_of(own["opens"]) if own["opens"] else opens
        last = day * DAY_MIN + minute_of(own["closes"]) if own["closes"] else closes
        if max(opens, first) < min(closes, last):
            yield max(opens, first), min(closes, last)


def windows(asked: Json) -> Iterator[Window]:
    """The hours of every day without its breaks, in minutes of the plan."""
    pauses = sorted((minute_of(one["opens"]), minute_of(one["closes"])) for one in asked["breaks"])
    for day, hours in enumerate(asked["days"]):
        opens, closes = minute_of(hours["opens"]), minute_of(hours["closes"])
        for pause, resumes in pauses:
            if opens < pause < closes:
                yield day * DAY_MIN + opens, day * DAY_MIN + pause
            if pause < closes and opens < resumes:
                opens = resumes
        if opens < closes:
            yield day * DAY_MIN + opens, day * DAY_MIN + closes


def field_place(code: str) -> str:
    return f"field/{code}"


def judge_place(account: str) -> str:
    return f"judge/{account}"


def minute_of(at: str) -> int:
    parsed = time.fromisoformat(at)
    return parsed.hour * 60 + parsed.minute
