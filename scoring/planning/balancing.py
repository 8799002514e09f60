"""Fairer matches: who meets whom, at which table and on which side, with no start earlier or later in the whole.

What is alike changes places: at one moment freely, at two moments where entries then wait no longer. Simulated
annealing over how often each entry is at each table and side, and how often two meet again.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from .counting import Counts, Lines
from .day import Board
from .instance import Activity, Instance, Placed, Sides
from .sides import dealt
from .waiting import LOOK_AT_CLOCK_EVERY, asks_for, wait_min

WARMEST, COLDEST = 3.0, 0.25
"""Of the annealing, in what ``counting`` weighs: how much worse a change may be at first, and at last."""
TRIES_AN_ACTIVITY = 100
FEW, MORE_FOR_FEW = 60, 300
"""A small day has fewer ways to be even: so many of its activities have more tries each."""
AT_ONE_MOMENT = 0.6
"""Which part of the tries leave every entry when it is; the others exchange two starts."""


AIMED = 0.8
"""Which part of the tries begin with an activity that could be evener; the others make room."""
LOOK_FOR_UNEVEN_EVERY = 200


def balanced(instance: Instance, placed: Sequence[Placed], seed: int, deadline_s: float) -> list[Placed]:
    """The same starts, and at most as many idle minutes. Stops at ``deadline_s`` of ``time.monotonic()``."""
    search = _Search(instance, dealt(instance, placed), seed)
    tries = TRIES_AN_ACTIVITY * search.size + MORE_FOR_FEW * min(FEW, search.size)
    for turn in range(tries):
        is_late = turn % LOOK_AT_CLOCK_EVERY == 0 and time.monotonic() > deadline_s
        if is_late or search.is_even:
            break
        search.try_one(WARMEST * (COLDEST / WARMEST) ** (turn / tries))
    return list(search.best.values())


class _Search:
    """Where everything is now, how uneven that is, and the evenest that was seen."""

    def __init__(self, instance: Instance, placed: Sequence[Placed], seed: int) -> None:
        self._instance = instance
        self._dice = random.Random(seed)  # noqa: S311 (a search, not a secret)
        self._now = {one.activity.id: one for one in placed}
        self._board = Board(instance, placed)
        self._group_of = {id_: group for group in instance.together for id_ in group}
        self._at: dict[tuple[int, str], str] = {}
        for one in placed:
            self._at |= {(one.start, id_): one.activity.id for id_ in one.resources}
        self._counts = Counts()
        self._mine: dict[str, list[str]] = defaultdict(list)
        for one in placed:
            for entry in one.activity.entries:
                self._mine[entry].append(one.activity.id)
        self._alike: dict[object, list[Activity]] = defaultdict(list)
        for one in placed:
            if one.activity.id not in instance.fixed:
                self._alike[asks_for(one.activity)].append(one.activity)
        self._tables = {one.activity.id: self._choice(one) for one in placed}
        self._free = [one.activity for one in placed if self._may_change(one.activity)]
        self._lines = {one.activity.id: self._lines_of(one) for one in placed}
        for one in placed:
            self._counts.add(self._lines[one.activity.id])
        self._count_groups(self._groups(placed), 1)
        self._waits = {entry: self._wait_min(entry) for entry in self._mine}
        self._least = self._counts.cost
        self.best, self._turn = dict(self._now), 0
        self._uneven: list[Activity] = []

    @property
    def is_even(self) -> bool:
        return not self._free or self._counts.is_even

    @property
    def size(self) -> int:
        """How many activities may change."""
        return len(self._free)

    def try_one(self, warmth: float) -> None:
        if self._turn % LOOK_FOR_UNEVEN_EVERY == 0:
            self._uneven = [one for one in self._free if self._could_be_evener(one)]
        self._turn += 1
        is_aimed = self._uneven and self._dice.random() < AIMED
        one = self._now[self._dice.choice(self._uneven if is_aimed else self._free).id]
        change, stays_when_it_is = self._change(one)
        if change:
            self._take(change, stays_when_it_is, self._counts.cost + self._dice.expovariate(1 / warmth))

    def _change(self, one: Placed) -> tuple[list[Placed], bool]:
        """What to try, and whether no start changes by it."""
        tables = self._tables[one.activity.id]
        if one.activity.sides and self._dice.random() < 0.5:
            return self._cross_over(one), True
        if self._dice.random() < AT_ONE_MOMENT:
            return (self._elsewhere(one, self._dice.choice(tables)) if tables else []), True
        return self._at_another_time(one), False

    def _cross_over(self, one: Placed) -> list[Placed]:
        """Two entries of a match by itself on each other's sides."""
        fixed = self._instance.fixed.get(one.activity.id)
        if fixed and fixed.sides:
            return []
        first, second = self._dice.sample(range(len(one.sides)), 2)
        sides = [list(side) for side in one.sides]
        a, b = self._dice.randrange(len(sides[first])), self._dice.randrange(len(sides[second]))
        sides[first][a], sides[second][b] = sides[second][b], sides[first][a]
        return [replace(one, sides=tuple(tuple(side) for side in sides))]

    def _elsewhere(self, one: Placed, to: str) -> list[Placed]:
        """At another table at the same moment: in place of who is there, or where nobody is."""
        from_ = next((id_ for id_ in one.resources if self._is_choice(one.activity, id_, to)), None)
        if from_ is None or to in one.resources:
            return []
        other = self._at.get((one.start, to))
        if other is None:
            if to in self._group_of or from_ in self._group_of:
                return []
            return [_moved(one, from_, to)]
        there = self._now[other]
        is_alike = there.activity.duration_min == one.activity.duration_min
        if not is_alike or from_ in there.resources or from_ not in self._tables[other]:
            return []
        return [_moved(one, from_, to), _moved(there, to, from_)]

    def _at_another_time(self, one: Placed) -> list[Placed]:
        """Two that ask for the same, each where and when the other was."""
        alike = self._alike[asks_for(one.activity)]
        if one.activity.id in self._instance.fixed or len(alike) < 2:
            return []
        other = self._now[self._dice.choice(alike).id]
        if other.start == one.start or set(other.activity.entries) & set(one.activity.entries):
            return []
        return [
            replace(one, start=other.start, resources=other.resources),
            replace(other, start=one.start, resources=one.resources),
        ]

    def _take(self, change: list[Placed], stays_when_it_is: bool, most: float) -> None:
        """Make the change if it is even enough, and then only if every rule is kept, which takes longer to see."""
        before = [self._now[one.activity.id] for one in change]
        self._count(before, change)
        if self._counts.cost > most or not (stays_when_it_is or self._wait_no_longer(change)):
            self._count(change, before)
            return
        if not self._put(before, change):
            self._count(change, before)
            return
        self._waits |= {entry: self._wait_min(entry) for entry in _entries(change)}
        if self._counts.cost < self._least:
            self._least, self.best = self._counts.cost, dict(self._now)

    def _put(self, before: list[Placed], change: list[Placed]) -> bool:
        """Place what keeps the rules; all of it, or none."""
        for one in before:
            self._board.remove(one)
        for added, one in enumerate(change):
            if not self._board.may_stand(one):
                for other in change[:added]:
                    self._board.remove(other)
                for other in before:
                    self._board.add(other)
                return False
            self._board.add(one)
        return True

    def _wait_no_longer(self, change: list[Placed]) -> bool:
        entries = _entries(change)
        return sum(map(self._wait_min, entries)) <= sum(self._waits[entry] for entry in entries)

    def _count(self, before: list[Placed], after: list[Placed]) -> None:
        """Where everything is now, and how even that is."""
        groups = self._groups([*before, *after])
        self._count_groups(groups, -1)
        for one in before:
            self._counts.remove(self._lines[one.activity.id])
            for id_ in one.resources:
                if self._at.get((one.start, id_)) == one.activity.id:
                    del self._at[one.start, id_]
        for one in after:
            self._now[one.activity.id] = one
            self._at |= {(one.start, id_): one.activity.id for id_ in one.resources}
            self._lines[one.activity.id] = self._lines_of(one)
            self._counts.add(self._lines[one.activity.id])
        self._count_groups(groups, 1)

    def _groups(self, placed: Sequence[Placed]) -> set[tuple[int, tuple[str, ...]]]:
        """The matches that activities at tables of a group make up."""
        return {
            (one.start, self._group_of[id_])
            for one in placed
            if not one.activity.sides
            for id_ in one.resources
            if id_ in self._group_of
        }

    def _could_be_evener(self, activity: Activity) -> bool:
        one = self._now[activity.id]
        matches = [*map(self._match_at, self._groups([one])), *([one.sides] if one.sides else [])]
        return self._counts.could_be_evener(self._lines[activity.id], matches)

    def _match_at(self, place: tuple[int, tuple[str, ...]]) -> Sides:
        start, group = place
        at_once = (self._at.get((start, id_)) for id_ in group)
        return tuple(self._now[id_].activity.entries if id_ else () for id_ in at_once)

    def _count_groups(self, groups: set[tuple[int, tuple[str, ...]]], sign: int) -> None:
        for place in groups:
            self._counts.meet(self._match_at(place), sign)

    def _lines_of(self, one: Placed) -> Lines:
        """What an activity counts for by itself: tables, sides, and who meets whom in a match by itself."""
        activity, tables = one.activity, self._tables[one.activity.id]
        is_a_side_each = len(one.sides) == len(one.resources)
        lines = Lines()
        for at, id_ in enumerate(one.resources):
            if id_ in tables:
                there = one.sides[at] if is_a_side_each else activity.entries
                lines.tables += [((entry, activity.kind), id_, len(tables)) for entry in there]
            group = self._group_of.get(id_)
            if group and not activity.sides:
                lines.sides += [((entry, len(group)), group.index(id_)) for entry in activity.entries]
        for at, side in enumerate(one.sides):
            lines.sides += [((entry, len(one.sides)), at) for entry in side]
        lines.match = one.sides
        return lines

    def _choice(self, one: Placed) -> tuple[str, ...]:
        """The tables an activity may change among: none where they are pinned, take several at once, or serve two
        of its needs."""
        fixed, resources = self._instance.fixed.get(one.activity.id), self._instance.resources
        if fixed and fixed.resources:
            return ()
        among = [id_ for need in one.activity.needs if len(need.among) > 1 for id_ in need.among]
        is_plain = len(set(among)) == len(among) and all(resources[id_].capacity == 1 for id_ in among)
        return tuple(among) if is_plain else ()

    def _is_choice(self, activity: Activity, from_: str, to: str) -> bool:
        return any(from_ in need.among and to in need.among for need in activity.needs)

    def _may_change(self, activity: Activity) -> bool:
        """Only where an entry has more than one of a kind, or meets another, is there something to spread."""
        several = any(
            sum(self._now[id_].activity.kind == activity.kind for id_ in self._mine[entry]) > 1
            for entry in activity.entries
        )
        is_at_group = any(id_ in self._group_of for id_ in self._now[activity.id].resources)
        return bool(activity.sides) or is_at_group or (several and len(self._tables[activity.id]) > 1)

    def _wait_min(self, entry: str) -> int:
        return wait_min(self._now[id_] for id_ in self._mine[entry])


def _entries(change: list[Placed]) -> set[str]:
    return {entry for one in change for entry in one.activity.entries}


def _moved(one: Placed, from_: str, to: str) -> Placed:
    return replace(one, resources=tuple(to if id_ == from_ else id_ for id_ in one.resources))
