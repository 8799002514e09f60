"""A day under way: what is settled by now, what is closed since, and whether an activity may stand somewhere."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .instance import Activity, Instance, Placed, Window


@dataclass(frozen=True, slots=True)
class Now:
    """The minute it is; ``held`` are activities that are called already, wherever they stand, and ``late`` those whose
    time came and that have not begun.
    """

    minute: int
    held: frozenset[str] = frozenset()
    late: frozenset[str] = frozenset()

    def is_settled(self, one: Placed) -> bool:
        """The past, the running and the called are never moved."""
        id_ = one.activity.id
        return id_ in self.held or (one.start < self.minute and id_ not in self.late)

    def is_overdue(self, one: Placed) -> bool:
        """Whether it still has to be, and cannot be where it stands."""
        return one.start < self.minute and not self.is_settled(one)


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


def _start(one: Placed) -> int:
    return one.start


class Board:
    """What stands where, by resource (in the order of starts) and by person."""

    def __init__(self, instance: Instance, placed: Iterable[Placed] = ()) -> None:
        self._instance = instance
        self._busy = {id_: instance.busy(activity) for id_, activity in instance.activities.items()}
        self._longest_min = max((one.duration_min for one in instance.activities.values()), default=0)
        self._on: dict[str, list[Placed]] = defaultdict(list)
        self._with: dict[str, dict[str, Placed]] = defaultdict(dict)
        for one in placed:
            self.add(one)

    def add(self, one: Placed) -> None:
        for id_ in one.resources:
            insort(self._on[id_], one, key=_start)
        for person in self._busy[one.activity.id]:
            self._with[person][one.activity.id] = one

    def remove(self, one: Placed) -> None:
        """Raises KeyError where it does not stand so."""
        for id_ in one.resources:
            on = self._on[id_]
            at = bisect_left(on, one.start, key=_start)
            while at < len(on) and on[at].start == one.start and on[at].activity is not one.activity:
                at += 1
            if at == len(on) or on[at].start != one.start:
                raise KeyError(one.activity.id)
            del on[at]
        for person in self._busy[one.activity.id]:
            del self._with[person][one.activity.id]

    def free(self, activity: Activity, start: int) -> tuple[str, ...] | None:
        """Resources that have room for an activity at a moment, the first that do; None where its needs are not met."""
        taken: list[str] = []
        for need in activity.needs:
            roomy = [
                id_
                for id_ in need.among
                if id_ not in taken and self._has_room(id_, Placed(activity, start, (id_,)))
            ]
            if len(roomy) < need.count:
                return None
            taken += roomy[: need.count]
        return tuple(taken)

    def may_stand(self, one: Placed) -> bool:
        """Whether it keeps every rule beside what stands there; groups that begin together are looked at elsewhere."""
        return (
            one.start % self._instance.slot_min == 0
            and all(self._has_room(id_, one) for id_ in one.resources)
            and all(
                self._are_apart(one, other)
                for person in self._busy[one.activity.id]
                for other in self._with[person].values()
            )
        )

    def _has_room(self, id_: str, one: Placed) -> bool:
        resource = self._instance.resources[id_]
        rest = resource.changeover_min
        on = self._on[id_]
        first = bisect_right(on, one.start - self._longest_min - rest, key=_start)
        last = bisect_left(on, one.end + rest, key=_start)
        near = [other for other in on[first:last] if one.start < other.end + rest]
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
