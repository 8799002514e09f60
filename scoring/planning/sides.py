"""Who is on which side of a match in a schedule that was found, as its JSON tells it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from .instance import Activity, Fixed, Instance, Placed, Sides


def dealt(instance: Instance, placed: Iterable[Placed]) -> list[Placed]:
    """The same with sides for each match by itself that has none: its entries in their order."""
    return [
        replace(one, sides=first_sides(one.activity, instance.fixed.get(one.activity.id)))
        if one.activity.sides and not one.sides
        else one
        for one in placed
    ]


def first_sides(activity: Activity, fixed: Fixed | None) -> Sides:
    """An activity's entries on its sides in their order, or as they are fixed."""
    if fixed and fixed.sides:
        return fixed.sides
    size = len(activity.entries) // activity.sides
    return tuple(activity.entries[at * size : (at + 1) * size] for at in range(activity.sides))


def as_assignments(instance: Instance, placed: Iterable[Placed]) -> list[dict[str, Any]]:
    """``assignments`` of a schedule, by start; an activity at a table of a group tells who is at each of its tables."""
    everything = sorted(placed, key=lambda one: (one.start, one.activity.id))
    group_of = {id_: group for group in instance.together for id_ in group}
    at: dict[tuple[int, str], list[str]] = defaultdict(list)
    for one in everything:
        for id_ in one.resources:
            at[one.start, id_] += one.activity.entries if id_ in group_of and not one.activity.sides else ()

    def sides(one: Placed) -> list[list[str]]:
        if one.activity.sides:
            return [list(side) for side in one.sides]
        group = next((group_of[id_] for id_ in one.resources if id_ in group_of), ())
        return [at[one.start, id_] for id_ in group]

    return [
        {"activity": one.activity.id, "start": one.start, "resources": list(one.resources)}
        | ({"sides": told} if (told := sides(one)) else {})
        for one in everything
    ]
