"""One child in two teams, or twice in one: found by name and year of birth, for a person to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .updating import Registered, as_compared, name_of

MOST_FOUND, MOST_COMPARED = 500, 50


@dataclass(frozen=True, slots=True)
class Place:
    """A team with its members, each ``(name, year of birth)``; ``row`` is its own in a list, if it is in one."""

    team: str
    organisation: str
    members: Sequence[tuple[str, int | None]]
    row: int | None

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Place:
        members = [
            (name_of(one), None if isinstance(one, str) else one.get("birth_year")) for one in row["members"]
        ]
        return cls(row["team"], row["organisation"], members, row["row"])

    @classmethod
    def of_team(cls, one: Registered) -> Place:
        members = [
            (name, one.known.get(id_, {}).get("birth_year"))
            for id_, name, part in one.people
            if part == "member"
        ]
        return cls(one.team, one.organisation, members, None)

    @property
    def own(self) -> tuple[str, str]:
        """What tells the team from others; in several divisions it is still one team."""
        return as_compared(self.team), as_compared(self.organisation)


@dataclass(frozen=True, slots=True)
class Found:
    """A warning: ``person_repeated`` in a team, or ``person_elsewhere``; ``row`` is where the list says so."""

    code: str
    row: int
    facts: dict[str, Any]


def people_twice(places: Iterable[Place]) -> list[Found]:
    """Members of rows who are elsewhere as well. The same name is the same child unless years of birth differ.

    A name of one word says too little without a year.
    """
    seen: dict[str, list[tuple[Place, int | None]]] = {}
    found: list[Found] = []
    for place in sorted(places, key=lambda place: (place.row is not None, place.row or 0)):
        for name, year in place.members:
            key = as_compared(name)
            others = seen.setdefault(key, [])
            if len(found) < MOST_FOUND:
                found += _found(place, name, year, others)
            others.append((place, year))
    return found


def _found(
    place: Place, name: str, year: int | None, others: Sequence[tuple[Place, int | None]]
) -> Iterator[Found]:
    """At most one warning about somebody: the nearest place where the same seems to be."""
    if place.row is None:
        return
    for other, own_year in reversed(others[-MOST_COMPARED:]):
        same = year == own_year if year and own_year else " " in name.strip()
        if not same:
            continue
        if other is place:
            yield Found("person_repeated", place.row, {"name": name})
            return
        if other.own != place.own:
            facts = {"name": name, "team": other.team, "organisation": other.organisation}
            yield Found("person_elsewhere", place.row, facts)
            return
