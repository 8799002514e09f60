"""Whether a schedule keeps all the rules: the one judge of solvers, imports and moves by hand, kin to none of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import Any

from .instance import Instance, Need, Placed, Resource, Sides, check_schedule_shape, sides_in
from .side_checking import fairness, wrong_sides

Violation = dict[str, Any]


def check(instance: Instance, schedule: Any) -> dict[str, Any]:
    """``{"ok", "violations": [{"code", "activities"}], "metrics"}``. Raises InstanceInvalid for what is no schedule."""
    check_schedule_shape(schedule)
    return held_against(instance, schedule["assignments"])


def held_against(instance: Instance, assignments: Iterable[Any]) -> dict[str, Any]:
    """The same for assignments that are known to have the shape of some."""
    given = list(assignments)
    placed, violations = _read(instance, given)
    violations += broken_rules(instance, placed.values())
    told = {one["activity"]: sides_in(one["sides"]) for one in given if one.get("sides")}
    violations += [_broken("sides_wrong", id_) for id_ in wrong_sides(instance, placed, told)]
    return {"ok": not violations, "violations": violations, "metrics": metrics(instance, placed.values())}


def broken_rules(instance: Instance, placed: Iterable[Placed]) -> list[Violation]:
    """What activities break where they are placed, those that are not placed left out of account."""
    everything = sorted(placed, key=lambda one: one.start)
    rules = (_grid, _needs, _opening, _capacity, _people, _together, _before, _fixed)
    return [violation for rule in rules for violation in rule(instance, everything)]


def metrics(instance: Instance, placed: Any) -> dict[str, Any]:
    """``last_end`` in minutes; ``idle``: minutes entries wait between their activities of one day, all together.

    How evenly tables and sides are spread, and who meets whom again, is ``side_checking.fairness``.
    """
    everything = list(placed)
    waits = 0
    for days in _by_entry_and_day(everything).values():
        ordered = sorted(days, key=lambda one: one.start)
        waits += sum(max(0, after.start - before.end) for before, after in pairwise(ordered))
    return {
        "activities": len(everything),
        "last_end": max((one.end for one in everything), default=0),
        "idle": waits,
        **fairness(instance, everything),
    }


def read_placed(instance: Instance, schedule: Any) -> list[Placed]:
    """The activities of a schedule where it puts them; names that nothing has are left out. Raises InstanceInvalid."""
    check_schedule_shape(schedule)
    return list(_read(instance, schedule["assignments"])[0].values())


def _read(instance: Instance, assignments: Iterable[Any]) -> tuple[dict[str, Placed], list[Violation]]:
    placed: dict[str, Placed] = {}
    violations: list[Violation] = []
    for one in assignments:
        activity = instance.activities.get(one["activity"])
        unknown = [id_ for id_ in one["resources"] if id_ not in instance.resources]
        if activity is None or unknown:
            violations.append(_broken("unknown", one["activity"]))
        elif activity.id in placed:
            violations.append(_broken("twice", activity.id))
        else:
            sides: Sides = sides_in(one.get("sides", ())) if activity.sides else ()
            placed[activity.id] = Placed(activity, one["start"], tuple(one["resources"]), sides)
    missing = [id_ for id_ in instance.activities if id_ not in placed]
    return placed, violations + ([_broken("missing", *missing)] if missing else [])


def _grid(instance: Instance, placed: list[Placed]) -> Iterator[Violation]:
    for one in placed:
        if one.start < 0 or one.start % instance.slot_min:
            yield _broken("off_grid", one.activity.id)


def _needs(instance: Instance, placed: list[Placed]) -> Iterator[Violation]:
    """Each need has its resources, none counted for two needs, and no resource is taken that nothing needs."""
    for one in placed:
        wanted = [need for need in one.activity.needs for _ in range(need.count)]
        is_each_once = len(set(one.resources)) == len(one.resources) == len(wanted)
        if not is_each_once or not _can_be_dealt(list(one.resources), wanted):
            yield _broken("needs_unmet", one.activity.id)


def _can_be_dealt(resources: list[str], wanted: list[Need]) -> bool:
    """Whether each of ``wanted`` can have one of ``resources`` of its own: bipartite matching by augmenting paths."""
    holder: dict[str, int] = {}

    def give(at: int, tried: set[str]) -> bool:
        for id_ in resources:
            if id_ in wanted[at].among and id_ not in tried:
                tried.add(id_)
                if id_ not in holder or give(holder[id_], tried):
                    holder[id_] = at
                    return True
        return False

    return all(give(at, set()) for at in range(len(wanted)))


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
    crowds: set[tuple[str, ...]] = set()
    there: list[Placed] = []
    for start, begun in groupby(sorted(users, key=lambda one: one.start), key=lambda one: one.start):
        there = [one for one in there if start < one.end + resource.changeover_min]
        there += begun
        if len(there) > resource.capacity:
            crowds.add(tuple(sorted(one.activity.id for one in there)))
    yield from (_broken("overfull", *crowd) for crowd in sorted(crowds))


def _people(instance: Instance, placed: list[Placed]) -> Iterator[Violation]:
    """Nobody is in two places, and everybody has the free minutes between."""
    by_person: dict[str, list[Placed]] = defaultdict(list)
    for one in placed:
        for person in instance.busy(one.activity):
            by_person[person].append(one)
    found: set[tuple[str, str]] = set()
    largest = max(instance.gaps.values(), default=0)
    for mine in by_person.values():
        # In the order of starts: whoever begins after the largest gap is apart from this one, as are all after.
        for at, one in enumerate(mine):
            for after in range(at + 1, len(mine)):
                other = mine[after]
                if other.start >= one.end + largest:
                    break
                gap_min = instance.gap_min(one.activity.kind, other.activity.kind)
                if other.start < one.end + gap_min:
                    found.add((one.activity.id, other.activity.id))
    for first, second in sorted(found):
        yield _broken("too_close", first, second)


def _together(instance: Instance, placed: list[Placed]) -> Iterator[Violation]:
    group_of = {id_: group for group in instance.together for id_ in group}
    used: dict[tuple[tuple[str, ...], int], dict[str, str]] = defaultdict(dict)
    for one in placed:
        for id_ in one.resources:
            if id_ in group_of:
                used[group_of[id_], one.start][id_] = one.activity.id
    for (group, _), users in used.items():
        if set(users) != set(group):
            yield _broken("not_together", *dict.fromkeys(users.values()))


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
            fixed.start != one.start
            or (fixed.resources and set(fixed.resources) != set(one.resources))
            or (fixed.sides and one.sides and list(map(set, fixed.sides)) != list(map(set, one.sides)))
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
