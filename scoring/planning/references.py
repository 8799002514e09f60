"""What a schema cannot see in an instance: ids that repeat or that nothing has, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any

Problem = dict[str, str]


def references(data: dict[str, Any]) -> Iterable[Problem]:
    """Ids that repeat, and ids that nothing has."""
    for part in ("resources", "entries", "activities"):
        seen: set[str] = set()
        for at, one in enumerate(data[part]):
            if one["id"] in seen:
                yield _problem("id_repeated", f"{part}/{at}/id", one["id"])
            seen.add(one["id"])
    resources = {one["id"]: one["kind"] for one in data["resources"]}
    entries = {one["id"] for one in data["entries"]}
    activities = {one["id"] for one in data["activities"]}
    for at, one in enumerate(data["resources"]):
        for n, (opens, closes) in enumerate(one["open"]):
            if closes <= opens:
                yield _problem("hours_reversed", f"resources/{at}/open/{n}", f"{opens}–{closes}")
    for at, one in enumerate(data["activities"]):
        yield from _unknown(f"activities/{at}/entries", one["entries"], entries)
        if len(set(one["entries"])) < len(one["entries"]):
            yield _problem("entry_repeated", f"activities/{at}/entries", ", ".join(one["entries"]))
        if len(one["entries"]) % one.get("sides", 1) or len(one["entries"]) < one.get("sides", 0):
            yield _problem("sides_uneven", f"activities/{at}/sides", str(one["sides"]))
        for n, need in enumerate(one["needs"]):
            of_kind = {id_ for id_, kind in resources.items() if kind == need["kind"]}
            here = f"activities/{at}/needs/{n}"
            yield from _unknown(f"{here}/among", need.get("among", ()), of_kind)
            if not of_kind:
                yield _problem("kind_unknown", f"{here}/kind", need["kind"])
            elif need.get("count", 1) > len(set(need.get("among") or of_kind)):
                yield _problem("count_too_large", f"{here}/count", str(need["count"]))
    for at, group in enumerate(data.get("together", ())):
        yield from _unknown(f"together/{at}", group, resources)
    for first, second in combinations(data.get("together", ()), 2):
        if set(first) & set(second):
            yield _problem("together_overlaps", "together", ", ".join(sorted(set(first) & set(second))))
    for at, rule in enumerate(data.get("before", ())):
        if rule["first"] == rule["then"]:
            yield _problem("before_itself", f"before/{at}", rule["first"])
    entries_of = {one["id"]: one["entries"] for one in data["activities"]}
    needs_of = {one["id"]: one["needs"] for one in data["activities"]}
    pinned: set[str] = set()
    for at, one in enumerate(data.get("fixed", ())):
        if one["activity"] in pinned:
            yield _problem("fixed_twice", f"fixed/{at}/activity", one["activity"])
        pinned.add(one["activity"])
        if one["start"] % data["slot_min"]:
            yield _problem("fixed_off_grid", f"fixed/{at}/start", str(one["start"]))
        if one.get("resources") and not _could_meet(
            needs_of.get(one["activity"]), one["resources"], resources
        ):
            yield _problem("fixed_elsewhere", f"fixed/{at}/resources", ", ".join(one["resources"]))
        told = sorted(entry for side in one.get("sides", ()) for entry in side)
        if told and told != sorted(entries_of.get(one["activity"], ())):
            yield _problem("sides_wrong", f"fixed/{at}/sides", ", ".join(told))
        yield from _unknown(f"fixed/{at}/activity", [one["activity"]], activities)
        yield from _unknown(f"fixed/{at}/resources", one.get("resources", ()), resources)


def _could_meet(needs: Any, ids: list[str], kinds: dict[str, str]) -> bool:
    """Whether so many resources are needed, each of a kind and among those that may serve."""
    if needs is None or len(set(ids)) != sum(need.get("count", 1) for need in needs):
        return False
    return all(
        any(kinds.get(id_) == need["kind"] and id_ in (need.get("among") or [id_]) for need in needs)
        for id_ in ids
    )


def _unknown(field: str, wanted: Iterable[str], known: Iterable[str]) -> Iterable[Problem]:
    known = set(known)
    for one in wanted:
        if one not in known:
            yield _problem("id_unknown", field, one)


def _problem(code: str, field: str, message: str) -> Problem:
    return {"code": code, "field": field, "message": message}
