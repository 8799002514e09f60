"""What is to be scheduled, read from JSON and checked: resources, entries, activities and the rules between them.

The format is docs/schedule-format.md and config/planning/instance.schema.json. All times are whole minutes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SCHEMAS = Path(__file__).parents[2] / "config" / "planning"
ANY = "*"

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


@dataclass(frozen=True, slots=True)
class Placed:
    """An activity where a schedule puts it."""

    activity: Activity
    start: int
    resources: tuple[str, ...]

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


@dataclass(frozen=True, slots=True)
class Instance:
    """``people``: whoever an entry keeps busy, itself and its people; two activities that share one cannot overlap."""

    slot_min: int
    resources: dict[str, Resource]
    people: dict[str, frozenset[str]]
    activities: dict[str, Activity]
    gaps: dict[tuple[str, str], int]
    together: tuple[tuple[str, ...], ...]
    before: tuple[Before, ...]
    fixed: dict[str, Fixed]

    def gap_min(self, one: str, other: str) -> int:
        """Free minutes somebody needs between activities of two kinds."""
        pairs = ((one, other), (other, one), (one, ANY), (ANY, one), (other, ANY), (ANY, other), (ANY, ANY))
        return max((self.gaps.get(pair, 0) for pair in pairs), default=0)

    def busy(self, activity: Activity) -> frozenset[str]:
        """Everybody whom an activity keeps busy."""
        return frozenset().union(*(self.people[entry] for entry in activity.entries))

    @property
    def horizon(self) -> int:
        """When the last resource closes."""
        return max((closes for one in self.resources.values() for _, closes in one.open), default=0)


def read_instance(data: Any) -> Instance:
    """Raises InstanceInvalid, with every problem there is."""
    problems = [
        {"code": "schema", "field": "/".join(map(str, error.absolute_path)), "message": error.message}
        for error in _validator("instance").iter_errors(data)
    ] or list(_references(data))
    if problems:
        raise InstanceInvalid(problems)
    resources = {one["id"]: _resource(one) for one in data["resources"]}
    return Instance(
        slot_min=data["slot_min"],
        resources=resources,
        people={one["id"]: frozenset([one["id"], *one.get("people", ())]) for one in data["entries"]},
        activities={one["id"]: _activity(one, resources) for one in data["activities"]},
        gaps={(one["between"][0], one["between"][1]): one["min"] for one in data.get("gaps", ())},
        together=tuple(tuple(group) for group in data.get("together", ())),
        before=tuple(Before(one["first"], one["then"], one.get("min", 0)) for one in data.get("before", ())),
        fixed={
            one["activity"]: Fixed(one["start"], tuple(one.get("resources", ())))
            for one in data.get("fixed", ())
        },
    )


def check_schedule_shape(data: Any) -> None:
    """Raises InstanceInvalid where the JSON is no schedule."""
    problems = [
        {"code": "schema", "field": "/".join(map(str, error.absolute_path)), "message": error.message}
        for error in _validator("schedule").iter_errors(data)
    ]
    if problems:
        raise InstanceInvalid(problems)


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8")))


def _resource(data: dict[str, Any]) -> Resource:
    windows = tuple(sorted((opens, closes) for opens, closes in data["open"]))
    return Resource(data["id"], data["kind"], data.get("capacity", 1), data.get("changeover_min", 0), windows)


def _activity(data: dict[str, Any], resources: dict[str, Resource]) -> Activity:
    needs = tuple(
        Need(
            need["kind"],
            need.get("count", 1),
            tuple(need.get("among") or (one.id for one in resources.values() if one.kind == need["kind"])),
        )
        for need in data["needs"]
    )
    return Activity(data["id"], tuple(data["entries"]), data["kind"], data["duration_min"], needs)


def _references(data: dict[str, Any]) -> Iterable[dict[str, str]]:
    """Ids that repeat, and ids that nothing has."""
    for part in ("resources", "entries", "activities"):
        seen: set[str] = set()
        for at, one in enumerate(data[part]):
            if one["id"] in seen:
                yield _problem("id_repeated", f"{part}/{at}/id", one["id"])
            seen.add(one["id"])
    resources = {one["id"]: one["kind"] for one in data["resources"]}
    entries = {one["id"] for one in data["entries"]}
    activities = {one["id"] for one in data["activities"]}
    for at, one in enumerate(data["resources"]):
        for n, (opens, closes) in enumerate(one["open"]):
            if closes <= opens:
                yield _problem("hours_reversed", f"resources/{at}/open/{n}", f"{opens}–{closes}")
    for at, one in enumerate(data["activities"]):
        yield from _unknown(f"activities/{at}/entries", one["entries"], entries)
        for n, need in enumerate(one["needs"]):
            of_kind = {id_ for id_, kind in resources.items() if kind == need["kind"]}
            here = f"activities/{at}/needs/{n}"
            yield from _unknown(f"{here}/among", need.get("among", ()), of_kind)
            if not of_kind:
                yield _problem("kind_unknown", f"{here}/kind", need["kind"])
            elif need.get("count", 1) > len(set(need.get("among") or of_kind)):
                yield _problem("count_too_large", f"{here}/count", str(need["count"]))
    for at, group in enumerate(data.get("together", ())):
        yield from _unknown(f"together/{at}", group, resources)
    for first, second in combinations(data.get("together", ()), 2):
        if set(first) & set(second):
            yield _problem("together_overlaps", "together", ", ".join(sorted(set(first) & set(second))))
    for at, one in enumerate(data.get("fixed", ())):
        yield from _unknown(f"fixed/{at}/activity", [one["activity"]], activities)
        yield from _unknown(f"fixed/{at}/resources", one.get("resources", ()), resources)


def _unknown(field: str, wanted: Iterable[str], known: Iterable[str]) -> Iterable[dict[str, str]]:
    known = set(known)
    for one in wanted:
        if one not in known:
            yield _problem("id_unknown", field, one)


def _problem(code: str, field: str, message: str) -> dict[str, str]:
    return {"code": code, "field": field, "message": message}
