"""Less waiting: activities change places, or move to where there is room, as long as entries wait less in between.

Late acceptance hill climbing (E. Burke and Y. Bykov, European Journal of Operational Research 258, 2017): a change is
taken where it is no worse than what was had some changes ago. Nothing ends later than the schedule it begins with.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from .day import Board
from .instance import Activity, Instance, Placed

DAY_MIN = 1440
MEMORY = 60
"""How many changes ago is compared with."""
TRIES_AN_ACTIVITY = 150
IN_VAIN_AN_ACTIVITY = 25
"""After so many tries without a better schedule, for each activity, there is little left to gain."""
EXCHANGES = 0.6
"""Which part of the tries exchange two activities; the others move one."""
LOOK_AT_CLOCK_EVERY = 256


def with_less_waiting(
    instance: Instance, placed: Sequence[Placed], seed: int, deadline_s: float
) -> list[Placed]:
    """The same activities, with no later end and at most as many idle minutes.

    Stops at ``deadline_s`` of ``time.monotonic()``; where there was time enough, a seed gives one schedule.
    """
    search = _Search(instance, placed, seed)
    for turn in range(TRIES_AN_ACTIVITY * len(placed)):
        is_late = turn % LOOK_AT_CLOCK_EVERY == 0 and time.monotonic() > deadline_s
        if is_late or search.idle == 0 or search.in_vain > IN_VAIN_AN_ACTIVITY * len(placed):
            break
        search.try_one(turn % MEMORY)
    return list(search.best.values())


class _Search:
    """Where everything is now, how long entries wait so, and the best that was seen."""

    def __init__(self, instance: Instance, placed: Sequence[Placed], seed: int) -> None:
        self._instance = instance
        self._dice = random.Random(seed)  # noqa: S311 (a search, not a secret)
        self._now = {one.activity.id: one for one in placed}
        self._board = Board(instance, placed)
        self._last_end = max((one.end for one in placed), default=0)
        self._free = [
            one.activity for one in placed if one.activity.entries and one.activity.id not in instance.fixed
        ]
        self._alike: dict[object, list[Activity]] = defaultdict(list)
        for activity in self._free:
            self._alike[asks_for(activity)].append(activity)
        self._grouped = {id_ for group in instance.together for id_ in group}
        self._of_entry: dict[str, list[str]] = defaultdict(list)
        for one in placed:
            for entry in one.activity.entries:
                self._of_entry[entry].append(one.activity.id)
        self._waits = {entry: self._wait_min(entry) for entry in self._of_entry}
        self.idle = self._least = sum(self._waits.values())
        self._earlier = [self.idle] * MEMORY
        self.best, self.in_vain = dict(self._now), 0

    def try_one(self, memory: int) -> None:
        self.in_vain += 1
        if not self._free:
            return
        one = self._dice.choice(self._free)
        change = self._exchange(one) if self._dice.random() < EXCHANGES else self._move(one)
        if change:
            self._take(change, max(self.idle, self._earlier[memory]))
        self._earlier[memory] = self.idle

    def _exchange(self, one: Activity) -> list[Placed]:
        """Two that ask for the same, each where the other was; what begins together still does."""
        other = self._dice.choice(self._alike[asks_for(one)])
        mine, theirs = self._now[one.id], self._now[other.id]
        if mine.start == theirs.start or set(one.entries) == set(other.entries):
            return []
        return [replace(theirs, activity=one), replace(mine, activity=other)]

    def _move(self, one: Activity) -> list[Placed]:
        """One right before or after another of the same entry, where there is room."""
        if any(id_ in self._grouped for need in one.needs for id_ in need.among):
            return []
        beside = self._now[self._dice.choice(self._of_entry[self._dice.choice(one.entries)])]
        if beside.activity is one:
            return []
        gap, slot = self._instance.gap_min(one.kind, beside.activity.kind), self._instance.slot_min
        if self._dice.random() < 0.5:
            start = -(-(beside.end + gap) // slot) * slot
        else:
            start = (beside.start - gap - one.duration_min) // slot * slot
        if start < 0 or start == self._now[one.id].start or start + one.duration_min > self._last_end:
            return []
        self._board.remove(self._now[one.id])
        resources = self._board.free(one, start)
        self._board.add(self._now[one.id])
        return [Placed(one, start, resources)] if resources else []

    def _take(self, change: list[Placed], most: int) -> None:
        """Make the change if every rule is kept and entries then wait no more than ``most`` minutes in all."""
        before = [self._now[one.activity.id] for one in change]
        added = self._put(before, change)
        if added == len(change):
            entries = {entry for one in change for entry in one.activity.entries}
            waits = {entry: self._wait_min(entry) for entry in entries}
            idle = self.idle + sum(wait - self._waits[entry] for entry, wait in waits.items())
            if idle <= most:
                self._accept(waits, idle)
                return
        self._put_back(before, change[:added])

    def _accept(self, waits: dict[str, int], idle: int) -> None:
        self._waits.update(waits)
        self.idle = idle
        if idle < self._least:
            self._least, self.best, self.in_vain = idle, dict(self._now), 0

    def _put(self, before: list[Placed], change: list[Placed]) -> int:
        """Place what keeps the rules; how many did."""
        for one in before:
            self._board.remove(one)
        for added, one in enumerate(change):
            if not self._board.may_stand(one):
                return added
            self._board.add(one)
            self._now[one.activity.id] = one
        return len(change)

    def _put_back(self, before: Iterable[Placed], added: Iterable[Placed]) -> None:
        for one in added:
            self._board.remove(one)
        for one in before:
            self._board.add(one)
            self._now[one.activity.id] = one

    def _wait_min(self, entry: str) -> int:
        """Minutes between its activities of a day, as the checker counts them."""
        return wait_min(self._now[id_] for id_ in self._of_entry[entry])


def wait_min(placed: Iterable[Placed]) -> int:
    """Minutes between activities of one entry on one day."""
    spans = sorted((one.start, one.end) for one in placed)
    return sum(
        max(0, after - end)
        for (start, end), (after, _) in pairwise(spans)
        if start // DAY_MIN == after // DAY_MIN
    )


def asks_for(activity: Activity) -> object:
    """Two that ask for the same may change places."""
    return activity.duration_min, activity.kind, activity.needs
