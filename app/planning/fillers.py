"""Tables that stay empty: where fields begin together and runs do not come out even, somebody plays beside nobody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from .drafts import Placed

FILLER = "filler"
Json = dict[str, Any]


def is_filler(id_: str) -> bool:
    return id_.startswith(f"{FILLER}/")


def without_fillers(placed: Placed) -> Placed:
    return {id_: place for id_, place in placed.items() if not is_filler(id_)}


def evened_out(instance: Json) -> Json:
    """Before solving: as many empty tables as the activities on fields that begin together lack."""
    size_of = {id_: len(group) for group in instance["together"] for id_ in group}
    asked: Counter[tuple[tuple[str, ...], int]] = Counter()
    for one in instance["activities"]:
        among = tuple(one["needs"][0]["among"]) if "among" in one["needs"][0] else ()
        if among and all(id_ in size_of for id_ in among):
            asked[among, one["duration_min"]] += 1
    fillers = [
        _filler(f"{at}/{number}", list(among), minutes)
        for at, ((among, minutes), count) in enumerate(asked.items())
        for number in range(-count % max(size_of[id_] for id_ in among))
    ]
    return instance | {"activities": [*instance["activities"], *fillers]}


def filled(instance: Json, placed: Placed) -> tuple[Json, Placed]:
    """A plan as it stands, with an empty table beside whoever begins alone where the next one is free."""
    minutes = {one["id"]: one["duration_min"] for one in instance["activities"]}
    busy: dict[str, list[tuple[int, int]]] = defaultdict(list)
    begun: dict[tuple[int, str], int] = {}
    for id_, place in placed.items():
        for resource in place["resources"]:
            busy[resource].append((place["start"], place["start"] + minutes[id_]))
            begun[place["start"], resource] = minutes[id_]
    fillers, empty = [], {}
    for group in instance["together"]:
        for start in {start for start, resource in begun if resource in group}:
            lasts = next(begun[start, id_] for id_ in group if (start, id_) in begun)
            for table in group:
                is_free = all(end <= start or start + lasts <= begins for begins, end in busy[table])
                if (start, table) not in begun and is_free:
                    one = _filler(f"{table}/{start}", [table], lasts)
                    fillers.append(one)
                    empty[one["id"]] = {"start": start, "resources": [table]}
    return instance | {"activities": [*instance["activities"], *fillers]}, placed | empty


def beside_the_late(instance: Json, placed: Placed, late: Iterable[str]) -> tuple[Json, Placed, list[str]]:
    """Where one of a pair began and the other is late: the late one goes on beside an empty table. Also who is late
    then, the empty tables beside them among them.
    """
    minutes = {one["id"]: one["duration_min"] for one in instance["activities"]}
    group_of = {id_: tuple(group) for group in instance["together"] for id_ in group}
    taken: dict[tuple[int, tuple[str, ...]], dict[str, str]] = defaultdict(dict)
    for id_ in (id_ for id_ in late if not is_filler(id_)):
        for table in placed[id_]["resources"]:
            if table in group_of:
                taken[placed[id_]["start"], group_of[table]][table] = id_
    fillers, empty, found = [], {}, [id_ for id_ in late if not is_filler(id_)]
    for (start, group), by_table in taken.items():
        for table in (table for table in group if table not in by_table):
            here = f"{FILLER}/{table}/{start}"
            if here not in placed:
                here += "/late"
                lasts = minutes[next(iter(by_table.values()))]
                fillers.append(_filler(here.removeprefix(f"{FILLER}/"), [table], lasts))
                empty[here] = {"start": start, "resources": [table]}
            found.append(here)
    return instance | {"activities": [*instance["activities"], *fillers]}, placed | empty, sorted(found)


def _filler(name: str, among: list[str], minutes: int) -> Json:
    return {
        "id": f"{FILLER}/{name}",
        "entries": [],
        "kind": FILLER,
        "duration_min": minutes,
        "needs": [{"kind": "field", "among": among}],
    }
