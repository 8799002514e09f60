"""A schedule where there is slack: activities one after another, each as early as the rules let it."""

from __future__ import annotations

import random
import time
from bisect import bisect_left, insort
from collections import defaultdict
from math import inf

from .instance import Activity, Instance, Placed, Resource, Window

TRIES = 12


def greedy(instance: Instance, seed: int, deadline_s: float = inf, tries: int = TRIES) -> list[Placed] | None:
    """The earliest-ending schedule of some tries; None where none of them places everything.

    Stops at ``deadline_s`` of ``time.monotonic()``. The first try takes the entries with most to do and the longest
    activities first, the others shuffle them.
    """
    dice = random.Random(seed)  # noqa: S311 (a shuffle, not a secret)
    best: list[Placed] | None = None
    for attempt in range(tries):
        placed = _Board(instance).place_all(_order(instance, dice if attempt else None), deadline_s)
        if placed is not None and (best is None or _end(placed) < _end(best)):
            best = placed
    return best


def _end(placed: list[Placed]) -> int:
    return max(one.end for one in placed)


def _order(instance: Instance, dice: random.Random | None) -> list[Activity]:
    """Fixed ones first, then what must come before others, then round after round of the entries."""
    load: dict[str, int] = defaultdict(int)
    for activity in instance.activities.values():
        for person in instance.busy(activity):
            load[person] += activity.duration_min
    firsts = {rule.first for rule in instance.before}
    rounds: dict[tuple[frozenset[str], str], int] = defaultdict(int)

    def rank(activity: Activity) -> tuple[bool, bool, int, float]:
        people = instance.busy(activity)
        turn = rounds[people, activity.kind]
        rounds[people, activity.kind] += 1
        weight = (
            float(-max((load[person] for person in people), default=0)) if dice is None else dice.random()
        )
        return activity.id not in instance.fixed, activity.kind not in firsts, turn, weight

    return sorted(instance.activities.values(), key=rank)


class _Board:
    """What is placed so far: by person, and by lane of each resource (one for each activity it takes at once)."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._of_person: dict[str, list[Placed]] = defaultdict(list)
        self._lanes: dict[str, list[list[Window]]] = {
            id_: [[] for _ in range(resource.capacity)] for id_, resource in instance.resources.items()
        }

    def place_all(self, order: list[Activity], deadline_s: float) -> list[Placed] | None:
        placed = []
        for activity in order:
            if time.monotonic() > deadline_s:
                return None
            one = self._earliest(activity)
            if one is None:
                return None
            placed.append(one)
            for person in self._instance.busy(activity):
                self._of_person[person].append(one)
            for id_ in one.resources:
                self._occupy(id_, one)
        return placed

    def _occupy(self, id_: str, one: Placed) -> None:
        resource = self._instance.resources[id_]
        lane = next(
            lane for lane in self._lanes[id_] if _fit(lane, resource, one.start, one.activity) == one.start
        )
        insort(lane, (one.start, one.end + resource.changeover_min))

    def _earliest(self, activity: Activity) -> Placed | None:
        """From one hindrance to the next: people first, then resources, until neither stands in the way."""
        fixed = self._instance.fixed.get(activity.id)
        mine = [one for person in self._instance.busy(activity) for one in self._of_person[person]]
        start = fixed.start if fixed else 0
        while start < self._instance.horizon:
            free = self._on_grid(self._free_from(activity, start, mine))
            resources, ready = self._resources(activity, free, fixed.resources if fixed else ())
            if ready is None or (fixed and ready > start):
                return None
            if ready == free:
                return Placed(activity, free, resources)
            start = self._on_grid(ready)
        return None

    def _on_grid(self, minute: int) -> int:
        slot = self._instance.slot_min
        return -(-minute // slot) * slot

    def _free_from(self, activity: Activity, start: int, mine: list[Placed]) -> int:
        """The first minute from ``start`` on at which everybody is free for all of the activity."""
        is_moved = True
        while is_moved:
            is_moved = False
            for other in mine:
                until = self._hindered_until(activity, start, other)
                if until > start:
                    start, is_moved = self._on_grid(until), True
        return start

    def _hindered_until(self, activity: Activity, start: int, other: Placed) -> int:
        end = start + activity.duration_min
        gap = self._instance.gap_min(activity.kind, other.activity.kind)
        if start < other.end + gap and other.start < end + gap:
            return other.end + gap
        for rule in self._instance.before:
            if (rule.then, rule.first) == (activity.kind, other.activity.kind):
                return max(start, other.end + rule.min)
            if (rule.first, rule.then) == (
                activity.kind,
                other.activity.kind,
            ) and other.start < end + rule.min:
                return self._instance.horizon
        return start

    def _resources(
        self, activity: Activity, start: int, wanted: tuple[str, ...]
    ) -> tuple[tuple[str, ...], int | None]:
        """Resources for the activity, and when the last of them is ready; None where there never are enough."""
        taken: list[str] = []
        ready = start
        for need in activity.needs:
            fits = sorted(
                (fit, at, id_)
                for at, id_ in enumerate(need.among)
                if id_ not in taken and (not wanted or id_ in wanted)
                if (fit := self._ready(id_, start, activity)) is not None
            )
            if len(fits) < need.count:
                return (), None
            taken += [id_ for _, _, id_ in fits[: need.count]]
            ready = max(ready, fits[need.count - 1][0])
        return tuple(taken), ready

    def _ready(self, id_: str, start: int, activity: Activity) -> int | None:
        resource = self._instance.resources[id_]
        fits = [_fit(lane, resource, start, activity) for lane in self._lanes[id_]]
        return min((fit for fit in fits if fit is not None), default=None)


def _fit(lane: list[Window], resource: Resource, start: int, activity: Activity) -> int | None:
    """The first minute from ``start`` on at which a lane is free and open for all of an activity."""
    for opens, closes in resource.open:
        at = max(start, opens)
        for begins, ends in lane[max(0, bisect_left(lane, (at, 0)) - 1) :]:
            if begins >= at + activity.duration_min + resource.changeover_min:
                break
            at = max(at, ends)
        if at + activity.duration_min <= closes:
            return at
    return None
