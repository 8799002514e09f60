"""Whether a schedule keeps all the rules: the one judge of solvers, imports and moves by hand, kin to none of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from .instance import Activity, Instance, Resource, check_schedule_shape


@dataclass(frozen=True, slots=True)
class Placed:
    """An activity where a schedule puts it."""

    activity: Activity
    start: int
    resources: tuple[str, ...]

    @property
    def end(self) -> int:
        return self.start + self.activity.duration_min


Violation = dict[str, Any]


def check(instance: Instance, schedule: Any) -> dict[str, Any]:
    """``{"ok", "violations": [{"code", "activities"}], "metrics"}``. Raises InstanceInvalid for what is no schedule."""
    check_schedule_shape(schedule)
    placed, violations = _read(instance, schedule)
    if not violations:
        everything = sorted(placed.values(), key=lambda one: one.start)
        for rule in (_grid, _needs, _opening, _capacity, _people, _together, _before, _fixed):
            violations += rule(instance, everything)
    return {"ok": not violations, "violations": violations, "metrics": metrics(instance, placed.values())}


def metrics(instance: Instance, placed: Any) -> dict[str, Any]:
    """``last_end`` in minutes; ``idle``: minutes entries wait between their activities of one day, all together."""
    everything = list(placed)
    waits = 0
    for days in _by_entry_and_day(everything).values():
        ordered = sorted(days, key=lambda one: one.start)
        waits += sum(max(0, after.start - before.end) for before, after in pairwise(ordered))
    return {
        "activities": len(everything),
        "last_end": max((one.end for one in everything), default=0),
        "idle": waits,
    }


def _read(instance: Instance, schedule: Any) -> tuple[dict[str, Placed], list[Violation]]:
    placed: dict[str, Placed] = {}
    violations: list[Violation] = []
    for one in schedule["assignments"]:
        activity = instance.activities.get(one["activity"])
        unknown = [id_ for id_ in one["resources"] if id_ not in instance.resources]
        if activity is None or unknown:
            violations.append(_broken("unknown", one["activity"]))
        elif activity.id in placed:
            violations.append(_broken("twice", activity.id))
        else:
            placed[activity.id] = Placed(activity, one["start"], tuple(one["resources"]))
    missing = [id_ for id_ in instance.activities if id_ not in placed]
    return placed, violations + ([_broken("missing", *missing)] if missing else [])


def _grid(instance: Instance, placed: list[Placed]) -> Iterator[Violation]:
    for one in placed:
        if one.start < 0 or one.start % instance.slot_min:
            yield _broken("off_grid", one.activity.id)


def _needs(instance: Instance, placed: list[Placed]) -> Iterator[Violation]:
    """Each need has its resources, none counted for two needs, and no resource is taken that nothing needs."""
    for one in placed:
        free = list(one.resources)
        is_met = len(set(free)) == len(free)
        for need in sorted(one.activity.needs, key=lambda need: len(need.among)):
            fitting = [id_ for id_ in free if id_ in need.among][: need.count]
            is_met = is_met and len(fitting) == need.count
            free = [id_ for id_ in free if id_ not in fitting]
        if not is_met or free:
            yield _broken("needs_unmet", one.activity.id)


def _opening(instance: Instance, placed: list[Placed]) -> Iterator[Violation]:
    for one in placed:
        if not all(instance.resources[id_].is_open(one.start, one.end) for id_ in one.resources):
            yield _broken("closed", one.activity.id)


def _capacity(instance: Instance, placed: list[Placed]) -> Iterator[Violation]:
    by_resource: dict[str, list[Placed]] = defaultdict(list)
    for one in placed:
        for id_ in one.resources:
            by_resource[id_].append(one)
    for id_, users in by_resource.items():
        yield from _overfull(instance.resources[id_], users)


def _overfull(resource: Resource, users: list[Placed]) -> Iterator[Violation]:
    """A changeover belongs to the activity before it."""
    for one in users:
        at_once = [other for other in users if other.start <= one.start < other.end + resource.changeover_min]
        if len(at_once) > resource.capacity:
            yield _broken("overfull", *sorted(other.activity.id for other in at_once))


def _people(instance: Instance, placed: list[Placed]) -> Iterator[Violation]:
    """Nobody is in two places, and everybody has the free minutes between."""
    by_person: dict[str, list[Placed]] = defaultdict(list)
    for one in placed:
        for person in instance.busy(one.activity):
            by_person[person].append(one)
    found: set[tuple[str, str]] = set()
    for mine in by_person.values():
        for at, one in enumerate(mine):
            for other in mine[at + 1 :]:
                gap_min = instance.gap_min(one.activity.kind, other.activity.kind)
                if other.start < one.end + gap_min:
                    found.add((one.activity.id, other.activity.id))
    for first, second in sorted(found):
        yield _broken("too_close", first, second)


def _together(instance: Instance, placed: list[Placed]) -> Iterator[Violation]:
    for group in instance.together:
        by_start: dict[int, set[str]] = defaultdict(set)
        ids: dict[int, list[str]] = defaultdict(list)
        for one in placed:
            used = set(one.resources) & set(group)
            if used:
                by_start[one.start] |= used
                ids[one.start].append(one.activity.id)
        for start, used in by_start.items():
            if used != set(group):
                yield _broken("not_together", *ids[start])


def _before(instance: Instance, placed: list[Placed]) -> Iterator[Violation]:
    by_entry: dict[str, list[Placed]] = defaultdict(list)
    for one in placed:
        for entry in one.activity.entries:
            by_entry[entry].append(one)
    for rule in instance.before:
        for mine in by_entry.values():
            for first in (one for one in mine if one.activity.kind == rule.first):
                for then in (one for one in mine if one.activity.kind == rule.then):
                    if then.start < first.end + rule.min:
                        yield _broken("too_early", first.activity.id, then.activity.id)


def _fixed(instance: Instance, placed: list[Placed]) -> Iterator[Violation]:
    for one in placed:
        fixed = instance.fixed.get(one.activity.id)
        if fixed and (
            fixed.start != one.start or (fixed.resources and set(fixed.resources) != set(one.resources))
        ):
            yield _broken("moved", one.activity.id)


def _by_entry_and_day(placed: list[Placed]) -> dict[tuple[str, int], list[Placed]]:
    found: dict[tuple[str, int], list[Placed]] = defaultdict(list)
    for one in placed:
        for entry in one.activity.entries:
            found[entry, one.start // 1440].append(one)
    return found


def _broken(code: str, *activities: str) -> Violation:
    return {"code": code, "activities": list(activities)}
