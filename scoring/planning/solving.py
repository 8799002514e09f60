"""From an instance to a schedule: split where parts do not touch, counted, tried greedily, then solved and proven."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import gcd
from typing import Any

from .balancing import balanced
from .checking import broken_rules, metrics
from .greedy import greedy
from .instance import Activity, Instance, Placed
from .intervals import MOST_ACTIVITIES, IntervalModel
from .pools import NoPools, Pool, bound, busiest, lacking, narrowest, pools_of, short
from .sides import as_assignments, dealt
from .slots import SlotModel, is_too_large
from .waiting import with_less_waiting

RHYTHM_EFFORT = 5.0
"""How hard to look in the rhythm for one end, in the solver's own seconds, which a busy machine does not shorten."""

WAITING_SHARE, BALANCING_SHARE = 0.2, 0.1
"""Which parts of the time are kept for making entries wait less, and then for making matches fair."""

Progress = Callable[[str, dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Part:
    """What came of one part; ``bound`` is proven: it cannot end earlier. ``short`` says what is too little."""

    placed: list[Placed] | None
    bound: int | None
    short: list[dict[str, Any]] = field(default_factory=list)
    is_impossible: bool = False


def solve(
    instance: Instance, within_s: float = 60.0, seed: int = 0, progress: Progress = lambda *_: None
) -> dict[str, Any]:
    """A schedule as docs/schedule-format.md has it. ``within_s`` limits the whole search.

    ``status``: optimal (no schedule ends earlier, proven), feasible, infeasible (``short`` says what is too little;
    it is empty where only the rules together leave no way), unknown (none was found in time). Whatever is returned
    keeps every rule, by the independent checker.
    """
    deadline_s = time.monotonic() + within_s
    waiting_until_s = deadline_s - BALANCING_SHARE * within_s
    placing_until_s = waiting_until_s - WAITING_SHARE * within_s
    parts = []
    for at, part in enumerate(apart(instance)):
        progress("part", {"part": at + 1, "activities": len(part.activities)})
        parts.append(_solve_part(part, placing_until_s, seed))
    shortage = [line for part in parts for line in part.short]
    if any(part.placed is None for part in parts):
        status = "infeasible" if any(part.is_impossible for part in parts) else "unknown"
        return {"status": status, "objective": None, "bound": None, "short": shortage, "assignments": []}
    found = [one for part in parts for one in part.placed or ()]
    progress("waiting", {})
    placed = _sound(instance, with_less_waiting(instance, found, seed, waiting_until_s)) or found
    # A part, and more so a block of it, knew only some of the resources that an activity may have.
    placed = [replace(one, activity=instance.activities[one.activity.id]) for one in placed]
    progress("balancing", {})
    placed = _sound(instance, balanced(instance, placed, seed, deadline_s)) or dealt(instance, placed)
    told = metrics(instance, placed)
    bounds = [part.bound for part in parts if part.bound is not None]
    least = max(bounds, default=None if parts else 0)
    return {
        "status": "optimal" if least is not None and told["last_end"] <= least else "feasible",
        "objective": {"last_end": told["last_end"], "idle": told["idle"]},
        "bound": least,
        "assignments": as_assignments(instance, placed),
    }


def apart(instance: Instance) -> list[Instance]:
    """The parts that share neither people nor resources: each is solved for itself."""
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        while leader.setdefault(name, name) != name:
            leader[name] = name = leader[leader[name]]
        return name

    for activity in instance.activities.values():
        names = [f"a/{activity.id}", *(f"p/{person}" for person in instance.busy(activity))]
        names += [f"r/{id_}" for need in activity.needs for id_ in need.among]
        for name in names:
            leader[find(name)] = find(names[0])
    for group in instance.together:
        for id_ in group:
            leader[find(f"r/{id_}")] = find(f"r/{group[0]}")
    parts: dict[str, dict[str, Activity]] = defaultdict(dict)
    for activity in instance.activities.values():
        parts[find(f"a/{activity.id}")][activity.id] = activity
    return [of(instance, activities) for activities in parts.values()]


def of(instance: Instance, activities: dict[str, Activity], keep: set[str] | None = None) -> Instance:
    """The instance with these activities alone, and the resources ``keep``: all that they may use unless told."""
    used = (
        keep
        if keep is not None
        else {id_ for one in activities.values() for need in one.needs for id_ in need.among}
    )
    narrowed = {
        id_: replace(
            one,
            needs=tuple(
                replace(need, among=tuple(id_ for id_ in need.among if id_ in used)) for need in one.needs
            ),
        )
        for id_, one in activities.items()
    }
    return replace(
        instance,
        resources={id_: one for id_, one in instance.resources.items() if id_ in used},
        activities=narrowed,
        together=tuple(group for group in instance.together if set(group) & used),
        fixed={id_: one for id_, one in instance.fixed.items() if id_ in activities},
    )


def _solve_part(part: Instance, deadline_s: float, seed: int) -> Part:
    shortage = lacking(part)
    if shortage:
        return Part(None, None, shortage, is_impossible=True)
    pools, least = _counted(part)
    if least is None:
        return Part(None, None, short(part, pools or narrowest(part)), is_impossible=True)
    # Placed one by one, hardly ever all of a group begin at a moment.
    best = None if part.together else _sound(part, greedy(part, seed, deadline_s))
    found = Part(best, least)
    if pools is not None and not _is_optimal(found):
        found = _pack(part, pools, least, best, deadline_s, seed)
    if not _is_optimal(found) and len(part.activities) <= MOST_ACTIVITIES:
        found = _in_intervals(part, found, deadline_s, seed)
    return found


def _counted(part: Instance) -> tuple[list[Pool] | None, int | None]:
    """The pools, None where there are none; and when they can be through, None where they cannot."""
    least = max(busiest(part)[0], *(one.duration_min for one in part.activities.values()))
    pools: list[Pool] | None
    try:
        pools = pools_of(part)
    except NoPools:
        pools = None
    through = bound(part, narrowest(part) if pools is None else pools)
    return pools, None if through is None else max(through, least)


def _is_optimal(found: Part) -> bool:
    return found.placed is not None and found.bound is not None and _end(found.placed) <= found.bound


def _end(placed: list[Placed]) -> int:
    return max((one.end for one in placed), default=0)


def _sound(part: Instance, placed: list[Placed] | None) -> list[Placed] | None:
    """What keeps every rule; None for what does not: each way of solving knows some rules only in part."""
    if placed is None or len(placed) != len(part.activities) or broken_rules(part, placed):
        return None
    return placed


def _in_intervals(part: Instance, found: Part, deadline_s: float, seed: int) -> Part:
    """The same with every rule in one model, from what was found on."""
    left_s = deadline_s - time.monotonic()
    if left_s <= 0:
        return found
    model = IntervalModel(part)
    if found.placed is not None:
        model.hint(found.placed)
    placed, least = model.solve(left_s, seed)
    if least is None:
        return found if found.placed is not None else Part(None, None, is_impossible=True)
    sound = [one for one in (found.placed, _sound(part, placed)) if one is not None]
    return Part(min(sound, key=_end, default=None), max(least, found.bound or 0))


def _pack(
    part: Instance,
    pools: list[Pool],
    least: int,
    placed: list[Placed] | None,
    deadline_s: float,
    seed: int,
) -> Part:
    """Try to end at the bound; else find some end quickly, then close in on it from below, proving as it goes."""
    ends = _ends(part, least)
    found = in_blocks(part, pools, ends[0], deadline_s, seed) or _in_rhythm(
        part, pools, ends[0], deadline_s, seed
    )
    if found is None:
        found = _quickly(part, pools, ends, placed, deadline_s, seed)
    found = _sound(part, found) or placed
    last = _end(found) if found else part.horizon + 1
    for end in ends:
        left_s = deadline_s - time.monotonic()
        if end >= last or left_s <= 0 or is_too_large(part, end):
            break
        outcome = SlotModel(part, pools, end).solve(left_s, seed, workers=2)
        if not outcome.is_impossible:
            found = _sound(part, outcome.placed) or found
            break
        least = next((later for later in ends if later > end), end)
    return Part(found, min(least, last))


def _ends(part: Instance, least: int) -> list[int]:
    """From the bound on, each moment at which something more could have ended."""
    durations = {activity.duration_min for activity in part.activities.values()}
    ends = {
        start + duration
        for resource in part.resources.values()
        for opens, closes in resource.open
        for duration in durations
        for start in range(-(-opens // part.slot_min) * part.slot_min, closes - duration + 1, part.slot_min)
    }
    return sorted({least, *(end for end in ends if end > least)})


def _quickly(
    part: Instance,
    pools: list[Pool],
    ends: list[int],
    placed: list[Placed] | None,
    deadline_s: float,
    seed: int,
) -> list[Placed] | None:
    """By halving: an early end at which the rhythm still finds something; the greedy schedule where that is earlier."""
    low, high, best = 0, len(ends) - 1, placed
    if placed is not None:
        last = _end(placed)
        high = min(high, next((at for at, end in enumerate(ends) if end >= last), high))
    while low <= high:
        middle = (low + high) // 2
        found = _in_rhythm(part, pools, ends[middle], deadline_s, seed)
        if found is None:
            low = middle + 1
        else:
            best, high = found, middle - 1
    return best


def in_blocks(
    part: Instance, pools: list[Pool], end: int, deadline_s: float, seed: int
) -> list[Placed] | None:
    """A large day as equal small ones side by side, each with its share of every pool; None where that fails.

    Only for entries that share nobody. Blocks of one shape are solved once and repeated.
    """
    if (
        any(len(one.entries) != 1 or len(part.busy(one)) != 1 for one in part.activities.values())
        or part.fixed
    ):
        return None
    units = [_units(part, pool) for pool in pools]
    most = gcd(*(len(one) for one in units))
    by_entry: dict[str, list[Activity]] = defaultdict(list)
    for activity in part.activities.values():
        by_entry[activity.entries[0]].append(activity)
    for count in (number for number in range(most, 1, -1) if most % number == 0):
        placed = _blocks(part, units, list(by_entry.values()), count, end, deadline_s, seed)
        if placed is not None:
            return placed
    return None


def _in_rhythm(
    part: Instance, pools: list[Pool], end: int, deadline_s: float, seed: int
) -> list[Placed] | None:
    left_s = deadline_s - time.monotonic()
    if left_s <= 0 or is_too_large(part, end):
        return None
    return SlotModel(part, pools, end, in_rhythm=True).solve(left_s, seed, effort=RHYTHM_EFFORT).placed


def _units(part: Instance, pool: Pool) -> list[tuple[str, ...]]:
    """What of a pool cannot be divided: a group that begins together, or a single resource."""
    ids = [one.id for one in pool.resources]
    groups = [group for group in part.together if set(group) <= set(ids)]
    grouped = {id_ for group in groups for id_ in group}
    return [*groups, *((id_,) for id_ in ids if id_ not in grouped)]


def _blocks(
    part: Instance,
    units: list[list[tuple[str, ...]]],
    entries: list[list[Activity]],
    count: int,
    end: int,
    deadline_s: float,
    seed: int,
) -> list[Placed] | None:
    solved: dict[Any, list[Placed]] = {}
    placed: list[Placed] = []
    for at in range(count):
        mine = entries[at::count]
        keep = {id_ for pool in units for unit in pool[at::count] for id_ in unit}
        block = of(part, {one.id: one for activities in mine for one in activities}, keep)
        shape = tuple(sorted(tuple(sorted((one.kind, one.duration_min) for one in own)) for own in mine))
        if shape not in solved:
            found = _in_rhythm(block, pools_of(block), end, deadline_s, seed)
            if found is None:
                return None
            solved[shape] = found
            placed += found
        else:
            placed += _repeated(block, solved[shape])
    return placed


def _repeated(block: Instance, pattern: list[Placed]) -> list[Placed]:
    """A block of the same shape on its own entries and resources."""
    theirs, mine = (
        _entries_in_order(one.activity for one in pattern),
        _entries_in_order(block.activities.values()),
    )
    own: dict[tuple[str, str], list[Activity]] = defaultdict(list)
    for activity in block.activities.values():
        own[activity.entries[0], activity.kind].append(activity)
    resources = (
        _resources_in_order(one.activity for one in pattern),
        _resources_in_order(block.activities.values()),
    )
    into = dict(zip(*resources, strict=True))
    to_mine = dict(zip(theirs, mine, strict=True))
    return [
        Placed(
            own[to_mine[one.activity.entries[0]], one.activity.kind].pop(),
            one.start,
            tuple(into[id_] for id_ in one.resources),
        )
        for one in pattern
    ]


def _entries_in_order(activities: Any) -> list[str]:
    """Entries with the same activities are next to each other, in the same order in every block."""
    kinds: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for one in activities:
        kinds[one.entries[0]].append((one.kind, one.duration_min))
    return [entry for entry, _ in sorted(kinds.items(), key=lambda item: sorted(item[1]))]


def _resources_in_order(activities: Any) -> list[str]:
    """Pools by the kind that needs them, then as they were given: units stay whole."""
    pools = {(one.kind, n): need.among for one in activities for n, need in enumerate(one.needs)}
    return list(dict.fromkeys(id_ for _, among in sorted(pools.items()) for id_ in among))
