"""What is to be scheduled, read from JSON and checked: resources, entries, activities and the rules between them.

The format is docs/schedule-format.md and config/planning/instance.schema.json. All times are whole minutes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from .references import references

SCHEMAS = Path(__file__).parents[2] / "config" / "planning"
ANY = "*"
MOST_PROBLEMS = 100
"""Are told at once; whoever has mended these may ask again."""

Window = tuple[int, int]


class InstanceInvalid(Exception):
    """The JSON is no instance; ``problems`` are ``{"code", "field", "message"}``."""

    def __init__(self, problems: list[dict[str, str]]) -> None:
        super().__init__("; ".join(f"{one['field']}: {one['message']}" for one in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Resource:
    """A field, room, panel or table: ``capacity`` activities at once, in its open windows."""

    id: str
    kind: str
    capacity: int
    changeover_min: int
    open: tuple[Window, ...]

    def is_open(self, start: int, end: int) -> bool:
        return any(opens <= start and end <= closes for opens, closes in self.open)


@dataclass(frozen=True, slots=True)
class Need:
    """``count`` resources, each any of ``among``."""

    kind: str
    count: int
    among: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Activity:
    id: str
    entries: tuple[str, ...]
    kind: str
    duration_min: int
    needs: tuple[Need, ...]
    sides: int = 0
    """Of how many sides it is a match by itself; 0 where it is none."""


Sides = tuple[tuple[str, ...], ...]
"""The entries of each side."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An activity where a schedule puts it; ``sides`` of a match by itself, in the order of its resources."""

    activity: Activity
    start: int
    resources: tuple[str, ...]
    sides: Sides = ()

    @property
    def end(self) -> int:
        return self.start + self.activity.duration_min


@dataclass(frozen=True, slots=True)
class Before:
    """For each entry, ``first`` ends ``min`` minutes before ``then`` begins."""

    first: str
    then: str
    min: int


@dataclass(frozen=True, slots=True)
class Fixed:
    """An activity that must not move; ``resources`` empty where only its start is settled."""

    start: int
    resources: tuple[str, ...]
    sides: Sides = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """``people``: whoever an entry keeps busy, itself and its people; two activities that share one cannot overlap.

    ``horizon`` is when the last resource closes; a part of an instance keeps it, whatever resources it has.
    """

    slot_min: int
    horizon: int
    resources: dict[str, Resource]
    people: dict[str, frozenset[str]]
    activities: dict[str, Activity]
    gaps: dict[tuple[str, str], int]
    together: tuple[tuple[str, ...], ...]
    before: tuple[Before, ...]
    fixed: dict[str, Fixed]
    _known_gaps: dict[tuple[str, str], int] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def gap_min(self, one: str, other: str) -> int:
        """Free minutes somebody needs between activities of two kinds; searches ask for it all the time."""
        known = self._known_gaps.get((one, other))
        if known is None:
            pairs = (
                (one, other),
                (other, one),
                (one, ANY),
                (ANY, one),
                (other, ANY),
                (ANY, other),
                (ANY, ANY),
            )
            known = max(self.gaps.get(pair, 0) for pair in pairs)
            self._known_gaps[one, other] = known
        return known

    def busy(self, activity: Activity) -> frozenset[str]:
        """Everybody whom an activity keeps busy."""
        return frozenset().union(*(self.people[entry] for entry in activity.entries))


def read_instance(data: Any) -> Instance:
    """Raises InstanceInvalid, with every problem there is."""
    problems = [
        {"code": "schema", "field": "/".join(map(str, error.absolute_path)), "message": error.message}
        for error in islice(_validator("instance").iter_errors(data), MOST_PROBLEMS)
    ] or list(islice(references(data), MOST_PROBLEMS))
    if problems:
        raise InstanceInvalid(problems)
    return instance_of(data)


def instance_of(data: Any) -> Instance:
    """The instance of JSON that is known to be one, such as what we made ourselves: nothing is checked."""
    most = max(1, len(data["activities"]))
    resources = {one["id"]: _resource(one, most) for one in data["resources"]}
    return Instance(
        slot_min=data["slot_min"],
        horizon=_horizon(data, resources.values()),
        resources=resources,
        people={one["id"]: frozenset([one["id"], *one.get("people", ())]) for one in data["entries"]},
        activities={one["id"]: _activity(one, resources) for one in data["activities"]},
        gaps={(one["between"][0], one["between"][1]): one["min"] for one in data.get("gaps", ())},
        together=tuple(tuple(group) for group in data.get("together", ())),
        before=tuple(Before(one["first"], one["then"], one.get("min", 0)) for one in data.get("before", ())),
        fixed={
            one["activity"]: Fixed(
                one["start"], tuple(one.get("resources", ())), sides_in(one.get("sides", ()))
            )
            for one in data.get("fixed", ())
        },
    )


def check_schedule_shape(data: Any) -> None:
    """Raises InstanceInvalid where the JSON is no schedule."""
    problems = [
        {"code": "schema", "field": "/".join(map(str, error.absolute_path)), "message": error.message}
        for error in islice(_validator("schedule").iter_errors(data), MOST_PROBLEMS)
    ]
    if problems:
        raise InstanceInvalid(problems)


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8")))


def _horizon(data: dict[str, Any], resources: Iterable[Resource]) -> int:
    """Where nothing closes, for there is nothing: time enough for everything one after another."""
    longest = max((one["min"] for one in data.get("gaps", ())), default=0)
    one_by_one = sum(one["duration_min"] + longest + data["slot_min"] for one in data["activities"])
    return max((closes for one in resources for _, closes in one.open), default=one_by_one)


def _resource(data: dict[str, Any], most: int) -> Resource:
    """No more than ``most`` activities are ever at once, whatever capacity is told."""
    windows, capacity = tuple(_merged(data["open"])), min(most, data.get("capacity", 1))
    return Resource(data["id"], data["kind"], capacity, data.get("changeover_min", 0), windows)


def _merged(windows: Iterable[Iterable[int]]) -> Iterator[Window]:
    """Windows in their order; those that overlap are one, so that no minute is counted twice."""
    opens = closes = -1
    for start, end in sorted(map(tuple, windows)):
        if start < closes:
            closes = max(closes, end)
            continue
        if closes >= 0:
            yield opens, closes
        opens, closes = start, end
    if closes >= 0:
        yield opens, closes


def _activity(data: dict[str, Any], resources: dict[str, Resource]) -> Activity:
    needs = tuple(
        Need(
            need["kind"],
            need.get("count", 1),
            tuple(
                dict.fromkeys(
                    need.get("among") or (one.id for one in resources.values() if one.kind == need["kind"])
                )
            ),
        )
        for need in data["needs"]
    )
    entries, taken = tuple(data["entries"]), sum(need.count for need in needs)
    # Two that meet, or as many as there are tables for, are a match without being called one.
    is_match = len(entries) > 1 and len(entries) in (2, taken)
    sides = data.get("sides", len(entries) if is_match else 0)
    return Activity(data["id"], entries, data["kind"], data["duration_min"], needs, sides)


def sides_in(data: Iterable[Iterable[str]]) -> Sides:
    return tuple(tuple(side) for side in data)
