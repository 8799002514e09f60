"""Whether the sides a schedule tells are true, and how evenly it spreads tables, sides, partners and opponents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from math import comb

from .instance import Instance, Placed, Sides

Match = list[frozenset[str]]
"""The entries of each side."""


def wrong_sides(instance: Instance, placed: Mapping[str, Placed], told: Mapping[str, Sides]) -> Iterator[str]:
    """The activities whose sides are not those of their match; where none are told, none are wrong."""
    at_tables = _at_tables(instance, placed.values())
    for id_, sides in told.items():
        one = placed.get(id_)
        if one is None:
            continue
        given = [frozenset(side) for side in sides]
        if not one.activity.sides and id_ in at_tables:
            is_right = given == at_tables[id_]
        else:
            entries = [entry for side in sides for entry in side]
            is_each_once = sorted(entries) == sorted(one.activity.entries)
            is_even = len({len(side) for side in sides}) == 1
            is_right = is_each_once and (
                not one.activity.sides or (is_even and len(sides) == one.activity.sides)
            )
        if not is_right:
            yield id_


def fairness(instance: Instance, placed: Iterable[Placed]) -> dict[str, int]:
    """``table_spread`` and ``side_spread``: the largest difference between how often an entry is at one table (of those
    that all its activities of a kind may use), or on one side, and at another. ``opponent_repeats`` and
    ``partner_repeats``: Σ C(n, 2) over pairs that are against each other, or on one side, n times.
    """
    everything = list(placed)
    matches = list(_matches(instance, everything))
    opponents: Counter[frozenset[str]] = Counter()
    partners: Counter[frozenset[str]] = Counter()
    on_side: dict[tuple[str, int], Counter[int]] = defaultdict(Counter)
    for match in matches:
        for side in match:
            partners.update(frozenset(pair) for pair in combinations(side, 2))
        for one, other in combinations(match, 2):
            opponents.update(frozenset((a, b)) for a in one for b in other if a != b)
        for at, side in enumerate(match):
            for entry in side:
                on_side[entry, len(match)][at] += 1
    return {
        "table_spread": max(_table_spreads(everything), default=0),
        "side_spread": max((_spread(on_side[of], range(of[1])) for of in on_side), default=0),
        "opponent_repeats": sum(comb(count, 2) for count in opponents.values()),
        "partner_repeats": sum(comb(count, 2) for count in partners.values()),
    }


def _matches(instance: Instance, placed: list[Placed]) -> Iterator[Match]:
    """Each match once: an activity that is one by itself, or all that begin at the tables of a group."""
    for one in placed:
        if one.activity.sides and one.sides:
            yield [frozenset(side) for side in one.sides]
    begun: set[tuple[int, tuple[str, ...]]] = set()
    group_of = {id_: group for group in instance.together for id_ in group}
    at_tables = _at_tables(instance, placed)
    for one in placed:
        groups = {group_of[id_] for id_ in one.resources if id_ in group_of}
        if one.activity.id in at_tables and (one.start, min(groups)) not in begun:
            begun.add((one.start, min(groups)))
            yield at_tables[one.activity.id]


def _at_tables(instance: Instance, placed: Iterable[Placed]) -> dict[str, Match]:
    """For each activity at a table of a group: who begins at each of its tables. Matches by themselves are left out."""
    group_of = {id_: group for group in instance.together for id_ in group}
    users: dict[tuple[int, tuple[str, ...]], list[Placed]] = defaultdict(list)
    for one in placed:
        for group in {group_of[id_] for id_ in one.resources if id_ in group_of and not one.activity.sides}:
            users[one.start, group].append(one)
    return {
        one.activity.id: [
            frozenset(entry for user in at_once if id_ in user.resources for entry in user.activity.entries)
            for id_ in group
        ]
        for (_, group), at_once in users.items()
        for one in at_once
    }


def _table_spreads(placed: list[Placed]) -> Iterator[int]:
    """For each entry and kind of activity that it has more than one of, where there is a choice of tables."""
    mine: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for one in placed:
        for entry in one.activity.entries:
            mine[entry, one.activity.kind].append(one)
    for (entry, _), several in mine.items():
        choices = [{id_ for need in one.activity.needs for id_ in need.among} for one in several]
        tables = set.intersection(*choices)
        if len(several) > 1 and len(tables) > 1:
            used = Counter(id_ for one in several for id_ in _tables_of(one, entry))
            yield _spread(used, tables)


def _tables_of(one: Placed, entry: str) -> Iterable[str]:
    """Where an entry is: at its side's table, where each side has one; else wherever its activity is."""
    if one.sides and len(one.sides) == len(one.resources):
        return [id_ for id_, side in zip(one.resources, one.sides, strict=True) if entry in side]
    return one.resources


def _spread(used: Counter[str] | Counter[int], among: Iterable[object]) -> int:
    counts = [used[one] for one in among]  # type: ignore[index]
    return max(counts) - min(counts)
