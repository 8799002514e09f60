"""A day under way: what is settled by now, what is closed since, and whether an activity may stand somewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .instance import Instance, Placed, Window


@dataclass(frozen=True, slots=True)
class Now:
    """The minute it is; ``held`` are activities that are called already, wherever they stand."""

    minute: int
    held: frozenset[str] = frozenset()

    def is_settled(self, one: Placed) -> bool:
        """The past, the running and the called are never moved."""
        return one.start < self.minute or one.activity.id in self.held


def closed(instance: Instance, hours: Mapping[str, Window]) -> Instance:
    """The instance with resources closed from one minute to another: late, broken, or needed elsewhere."""
    resources = dict(instance.resources)
    for id_, (start, end) in hours.items():
        open_ = [
            part
            for opens, closes in resources[id_].open
            for part in ((opens, min(closes, start)), (max(opens, end), closes))
            if part[0] < part[1]
        ]
        resources[id_] = replace(resources[id_], open=tuple(open_))
    return replace(instance, resources=resources)


class Board:
    """What stands where, by resource and by person."""

    def __init__(self, instance: Instance, placed: Iterable[Placed] = ()) -> None:
        self._instance = instance
        self._on: dict[str, list[Placed]] = defaultdict(list)
        self._with: dict[str, list[Placed]] = defaultdict(list)
        for one in placed:
            self.add(one)

    def add(self, one: Placed) -> None:
        for id_ in one.resources:
            self._on[id_].append(one)
        for person in self._instance.busy(one.activity):
            self._with[person].append(one)

    def may_stand(self, one: Placed) -> bool:
        """Whether it keeps every rule beside what stands there; groups that begin together are looked at elsewhere."""
        return (
            one.start % self._instance.slot_min == 0
            and all(self._has_room(id_, one) for id_ in one.resources)
            and all(
                self._are_apart(one, other)
                for person in self._instance.busy(one.activity)
                for other in self._with[person]
            )
        )

    def _has_room(self, id_: str, one: Placed) -> bool:
        resource = self._instance.resources[id_]
        rest = resource.changeover_min
        near = [
            other for other in self._on[id_] if one.start < other.end + rest and other.start < one.end + rest
        ]
        moments = [one.start, *(other.start for other in near if other.start > one.start)]
        crowds = (sum(other.start <= moment < other.end + rest for other in near) for moment in moments)
        return resource.is_open(one.start, one.end) and max(crowds) < resource.capacity

    def _are_apart(self, one: Placed, other: Placed) -> bool:
        return apart(self._instance, one, other)


def apart(instance: Instance, one: Placed, other: Placed) -> bool:
    """Whether two activities of one person are far enough apart, and in their order where an entry has both."""
    first, second = (one, other) if one.start <= other.start else (other, one)
    if second.start < first.end + instance.gap_min(one.activity.kind, other.activity.kind):
        return False
    if not set(one.activity.entries) & set(other.activity.entries):
        return True
    return not any(
        (rule.first, rule.then) == (second.activity.kind, first.activity.kind)
        or (
            (rule.first, rule.then) == (first.activity.kind, second.activity.kind)
            and second.start < first.end + rule.min
        )
        for rule in instance.before
    )


def clusters(instance: Instance, placed: Iterable[Placed]) -> list[list[Placed]]:
    """Activities in the order of their starts, those that begin together as one."""
    group_of: dict[str, int] = {id_: at for at, group in enumerate(instance.together) for id_ in group}
    found: dict[object, list[Placed]] = {}
    for one in sorted(placed, key=lambda one: (one.start, one.activity.id)):
        groups = {group_of[id_] for id_ in one.resources if id_ in group_of}
        key = (one.start, min(groups)) if groups else one.activity.id
        found.setdefault(key, []).append(one)
    return list(found.values())
