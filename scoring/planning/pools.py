"""Resources that are as good as each other, and how soon they can be through with what is asked of them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import Any

from .instance import Activity, Instance, Resource

MOST_CHOICES = 300
"""Of resources that are looked at one by one."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Interchangeable resources, and the activities that need some of them: (activity, how many)."""

    resources: tuple[Resource, ...]
    users: tuple[tuple[Activity, int], ...]

    @property
    def size(self) -> int:
        """How many activities it takes at once."""
        return sum(resource.capacity for resource in self.resources)

    @property
    def changeover_min(self) -> int:
        return self.resources[0].changeover_min

    def is_open(self, start: int, end: int) -> bool:
        return self.resources[0].is_open(start, end)


class NoPools(Exception):
    """Needs overlap in part: some resources of a kind fit one activity and not another."""


def pools_of(instance: Instance) -> list[Pool]:
    """Raises NoPools where the resources do not fall into groups that every need takes whole."""
    users: dict[tuple[str, ...], list[tuple[Activity, int]]] = defaultdict(list)
    for activity in instance.activities.values():
        for need in activity.needs:
            users[tuple(sorted(need.among))].append((activity, need.count))
    seen: set[str] = set()
    pools = []
    for ids, using in users.items():
        resources = tuple(instance.resources[id_] for id_ in ids)
        if seen & set(ids) or len({(one.open, one.changeover_min) for one in resources}) > 1:
            raise NoPools
        seen |= set(ids)
        pools.append(Pool(resources, tuple(using)))
    return pools


def narrowest(instance: Instance) -> list[Pool]:
    """Where there are no pools: for each choice of resources, whatever must be content with some of them.

    No schedule can give it others, so that what they can take bounds it, though they take other things too.
    """
    needs = [
        (activity, need.count, frozenset(need.among))
        for activity in instance.activities.values()
        for need in activity.needs
    ]
    choices = dict.fromkeys(among for _, _, among in needs)
    return [
        Pool(
            tuple(instance.resources[id_] for id_ in instance.resources if id_ in choice),
            tuple((activity, count) for activity, count, among in needs if among <= choice),
        )
        for choice in islice(choices, MOST_CHOICES)
    ]


def bound(instance: Instance, pools: list[Pool]) -> int | None:
    """No schedule ends earlier: what each pool can take, counted. None where a pool cannot take it all."""
    ends = [_earliest_end(instance, pool) for pool in pools]
    return None if None in ends else max((end for end in ends if end is not None), default=0)


def busiest(instance: Instance) -> tuple[int, str]:
    """The minutes that whoever has most to do needs at least, free minutes between included; and who that is."""
    mine: dict[str, list[Activity]] = defaultdict(list)
    for activity in instance.activities.values():
        for person in instance.busy(activity):
            mine[person].append(activity)
    most = (0, "")
    for person, activities in mine.items():
        kinds = sorted({activity.kind for activity in activities})
        gap = min(instance.gap_min(one, other) for one in kinds for other in kinds)
        asked = sum(one.duration_min for one in activities) + gap * (len(activities) - 1)
        most = max(most, (asked, person))
    return most


def short(instance: Instance, pools: list[Pool]) -> list[dict[str, Any]]:
    """The pools that cannot take what is asked of them: kind and resources, how much is asked, how much fits."""
    found = []
    for pool in pools:
        asked, fits = _asked(pool), _fitting(pool, instance.horizon, instance.slot_min)
        if fits < asked:
            ids = [one.id for one in pool.resources]
            found.append({"kind": pool.resources[0].kind, "resources": ids, "asked": asked, "fits": fits})
    return found


def lacking(instance: Instance) -> list[dict[str, Any]]:
    """What cannot be however the rest is placed: activities longer than all hours, people with too much to do."""
    found: list[dict[str, Any]] = []
    for activity in instance.activities.values():
        wanted, there = (
            sum(need.count for need in activity.needs),
            len({id_ for need in activity.needs for id_ in need.among}),
        )
        if wanted > there:
            kind = activity.needs[0].kind
            found.append({"kind": kind, "activity": activity.id, "asked": wanted, "fits": there})
        for need in activity.needs:
            hours = sorted(
                max(
                    (closes - _on_grid(opens, instance.slot_min) for opens, closes in resource.open),
                    default=0,
                )
                for resource in (instance.resources[id_] for id_ in need.among)
            )
            if hours[-need.count] < activity.duration_min:
                told = {"kind": need.kind, "activity": activity.id}
                found.append(told | {"asked": activity.duration_min, "fits": hours[-need.count]})
    asked, person = busiest(instance)
    opens = min((opens for one in instance.resources.values() for opens, _ in one.open), default=0)
    if asked > instance.horizon - opens:
        found.append({"kind": "person", "person": person, "asked": asked, "fits": instance.horizon - opens})
    return found


def _earliest_end(instance: Instance, pool: Pool) -> int | None:
    asked = _asked(pool)
    ends = range(instance.horizon + 1)
    at = bisect_left(ends, asked, key=lambda end: _fitting(pool, end, instance.slot_min))
    return ends[at] if at < len(ends) else None


def _is_uniform(pool: Pool) -> bool:
    return len({activity.duration_min for activity, _ in pool.users}) <= 1


def _asked(pool: Pool) -> int:
    """Activities where all last equally long, else minutes."""
    if _is_uniform(pool):
        return sum(count for _, count in pool.users)
    return sum(activity.duration_min * count for activity, count in pool.users)


def _fitting(pool: Pool, until: int, slot_min: int) -> int:
    """How much of that fits at most into the windows until a minute."""
    duration = pool.users[0][0].duration_min
    total = 0
    for resource in pool.resources:
        for opens, closes in resource.open:
            if _is_uniform(pool):
                # One after another, each from the grid on.
                first, step = (
                    _on_grid(opens, slot_min),
                    _on_grid(duration + resource.changeover_min, slot_min),
                )
                left = min(closes, until) - duration - first
                total += resource.capacity * (left // step + 1 if left >= 0 else 0)
            else:
                total += resource.capacity * max(0, min(closes, until) - opens)
    return total


def _on_grid(minute: int, slot_min: int) -> int:
    return -(-minute // slot_min) * slot_min
