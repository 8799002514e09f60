"""Between the competition and the solver: what it is asked, what its answer means, how two plans differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from ..competitions.state import Setup
from ..eventlog.fold import State
from .asking import Calendar, Json
from .drafts import Placed
from .fillers import beside_the_late, evened_out, filled
from .places import INSPECTION, Places
from .starts import MATCH, RUN, Start, start
from .state import Plans
from .visits import is_settled, starts_behind

SEED = 0


def solve_order(state: State, instance: Json, applied: Placed, now: datetime, limit_s: int) -> Json:
    """Ask for a schedule of what has not begun; before and during the day alike."""
    minute = Calendar(state).minute(now)
    settled = settled_activities(state, instance)
    busy_until = {
        resource: applied[id_]["start"] + _minutes(instance, id_)
        for id_ in settled & applied.keys()
        for resource in applied[id_]["resources"]
    }
    resources = [
        one | {"open": list(_from(one["open"], max(minute, busy_until.get(one["id"], 0))))}
        for one in instance["resources"]
    ]
    activities = [one for one in instance["activities"] if one["id"] not in settled]
    narrowed = evened_out(instance | {"resources": resources, "activities": activities})
    return {"kind": "solve", "instance": narrowed, "limit_s": limit_s, "seed": SEED}


def mend_order(
    state: State,
    instance: Json,
    placed: Placed,
    now: datetime,
    kind: str,
    closed: Mapping[str, list[int]],
    limit_s: int,
) -> Json:
    """Ask how the day goes on where something is late: ``kind`` is ``push`` or ``repair``."""
    known = {one["id"] for one in instance["activities"]}
    instance, placed = filled(instance, {id_: place for id_, place in placed.items() if id_ in known})
    minute, held = max(0, Calendar(state).minute(now)), settled_activities(state, instance)
    overdue = [id_ for id_, place in placed.items() if place["start"] < minute and id_ not in held]
    instance, placed, late = beside_the_late(instance, placed, overdue)
    return {
        "kind": kind,
        "instance": instance,
        "limit_s": limit_s,
        "seed": SEED,
        "placed": placed,
        "now": minute,
        "held": sorted(held),
        "late": late,
        "closed": dict(closed),
    }


def settled_activities(state: State, instance: Json) -> set[str]:
    """The activities of an instance that no plan moves any more."""
    ids = (one["id"] for one in instance["activities"])
    return {id_ for id_ in ids if is_settled(state, id_)}


def in_attempt_order(state: State, placed: Placed) -> Placed:
    """The plan with each entry's attempts in their order: to the solver they are alike."""
    groups: dict[tuple[tuple[str, ...], str], list[Start]] = defaultdict(list)
    for id_ in placed:
        one = start(state, id_)
        if one and one.kind == RUN and not one.is_settled:
            groups[one.entries, one.division].append(one)
    ordered = dict(placed)
    for runs in groups.values():
        places = sorted((placed[one.id] for one in runs), key=lambda place: place["start"])
        in_turn = sorted(runs, key=lambda one: one.attempt)
        ordered |= {one.id: place for one, place in zip(in_turn, places, strict=True)}
    return ordered


def difference(before: Placed, after: Placed) -> list[Json]:
    """What moves, by new start: ``{"id", "before" (None for what is new), "after"}``."""
    moved = [
        {"id": id_, "before": before.get(id_), "after": place}
        for id_, place in after.items()
        if not _same(before.get(id_), place)
    ]
    return sorted(moved, key=lambda move: (move["after"]["start"], move["id"]))


def apply_payload(state: State, places: Places, placed: Placed) -> Json:
    """The plan as the command that gives it to starts and inspections; what cannot move any more is left out."""
    calendar = Calendar(state)
    payload: dict[str, list[Json]] = {"runs": [], "matches": [], "inspections": []}
    for id_, place in placed.items():
        start_at = calendar.instant(place["start"]).isoformat()
        kind, _, entry = id_.partition("/")
        if kind == INSPECTION:
            payload["inspections"].append({"entry": entry, "start_at": start_at})
        elif not is_settled(state, id_):
            for one in starts_behind(state, id_):
                where = {"field": _field_of(state, places, one, place), "start_at": start_at}
                listed, name = ("matches", "match") if one.kind == MATCH else ("runs", "run")
                payload[listed].append({name: one.id, **where})
    return payload


def misplaced(state: State, places: Places, placed: Placed) -> list[str]:
    """The activities that stand where there is no field, such as an inspection table, though they are held on one."""
    fields = state[Setup].fields
    return [
        id_
        for id_, place in placed.items()
        if not id_.startswith(f"{INSPECTION}/")
        and not is_settled(state, id_)
        and any(_field_of(state, places, one, place) not in fields for one in starts_behind(state, id_))
    ]


def _field_of(state: State, places: Places, one: Start, place: Json) -> str:
    """A panel's sheets stay in its room; what is held on a field goes to the one it was given, or to one of those that
    are held as it: its own, or else the first that its division may use."""
    resource = next((id_ for id_ in place["resources"] if id_.startswith("field/")), place["resources"][0])
    members = {member.partition("/")[2] for member in places.members(resource)}
    if one.judge or one.field in members:
        return one.field
    plan = next(plan for plan in state[Plans].asked["divisions"] if plan["division"] == one.division)
    given = str(resource).partition("/")[2]
    return next((str(field) for field in plan["fields"] if field in members), given)


def with_closings(instance: Json, closed: Mapping[str, list[int]]) -> Json:
    """The instance as it is once places are closed from one minute to another."""
    resources = [
        one | {"open": _without(one["open"], closed[one["id"]]) if one["id"] in closed else one["open"]}
        for one in instance["resources"]
    ]
    return instance | {"resources": resources}


def _without(open_: list[list[int]], hours: list[int]) -> list[list[int]]:
    start, end = hours
    parts = [
        part for opens, closes in open_ for part in ([opens, min(closes, start)], [max(opens, end), closes])
    ]
    return [part for part in parts if part[0] < part[1]]


def _same(before: Json | None, after: Json) -> bool:
    return before is not None and (before["start"], before["resources"]) == (
        after["start"],
        after["resources"],
    )


def _minutes(instance: Json, id_: str) -> int:
    return next(int(one["duration_min"]) for one in instance["activities"] if one["id"] == id_)


def _from(open_: list[list[int]], minute: int) -> list[list[int]]:
    return [[max(opens, minute), closes] for opens, closes in open_ if closes > minute]
