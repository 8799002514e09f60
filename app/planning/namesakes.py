"""Which people of different teams are one person to the plan, who cannot be in two places at once.

A name alone makes nobody one: two children may well be called the same. People are one whose name and year of birth
are; where no year is known, whose name and organisation, or name and contact, are. Somebody may say otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..registry.finding import folded

Row = Any
"""A row of ``entries.queries.members``."""


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of one entry's list; the same person of another list has another id."""

    id: str
    entry: str
    part: str
    name: str
    birth_year: int | None
    organisation: str
    contact: str


@dataclass(frozen=True, slots=True)
class Namesakes:
    """People of several entries with one name; ``found`` are those of them who are one, by what is known of them.

    ``said`` is what somebody decided: ``one``, ``different``, or nothing.
    """

    people: tuple[Someone, ...]
    found: tuple[tuple[Someone, ...], ...]
    said: str

    @property
    def taken(self) -> tuple[tuple[Someone, ...], ...]:
        """As the plan takes them."""
        if self.said == "one":
            return (self.people,)
        return tuple((one,) for one in self.people) if self.said == "different" else self.found

    @property
    def key(self) -> str:
        return " ".join(one.id for one in self.people)


def people_of(
    members: Mapping[str, Sequence[Row]], organisations: Mapping[str, str], entries: Iterable[str]
) -> list[Someone]:
    """Everybody in the lists of some entries."""
    return [
        Someone(
            row.id,
            entry,
            row.part,
            row.full_name,
            row.birth_year,
            organisations.get(entry, ""),
            row.contact or "",
        )
        for entry in entries
        for row in members.get(entry, ())
    ]


def namesakes(people: Iterable[Someone], decided: Iterable[Mapping[str, Any]]) -> list[Namesakes]:
    """Those who have one name in several entries, by name. ``decided`` are ``{"persons": [id, …], "one": bool}``."""
    by_name: dict[tuple[str, str], list[Someone]] = defaultdict(list)
    for one in people:
        by_name[one.part, folded(one.name)].append(one)
    said = {id_: "one" if each["one"] else "different" for each in decided for id_ in each["persons"]}
    found = []
    for _, same in sorted(by_name.items()):
        if len({one.entry for one in same}) > 1:
            # Somebody who came since has not been decided on: then all is as it is found again.
            words = {said.get(one.id, "") for one in same}
            found.append(
                Namesakes(tuple(same), tuple(_who_are_one(same)), words.pop() if len(words) == 1 else "")
            )
    return found


def identities(people: Iterable[Someone], decided: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """By a person's id, the id under which the plan knows them."""
    everybody = list(people)
    known = {one.id: one.id for one in everybody}
    for each in namesakes(everybody, decided):
        for group in each.taken:
            known |= dict.fromkeys((one.id for one in group), min(one.id for one in group))
    return known


def _who_are_one(same_name: Sequence[Someone]) -> Iterator[tuple[Someone, ...]]:
    groups: list[tuple[set[object], list[Someone]]] = []
    for one in same_name:
        marks = _marks(one)
        joined = [group for group in groups if group[0] & marks]
        groups = [group for group in groups if not group[0] & marks]
        groups.append(
            (marks.union(*(group[0] for group in joined)), [*(who for _, of in joined for who in of), one])
        )
    for _, people in groups:
        yield tuple(people)


def _marks(one: Someone) -> set[object]:
    """Two people of one name are the same where they share one of these."""
    if one.birth_year:
        return {one.birth_year}
    return {("of", folded(one.organisation))} | ({("at", one.contact)} if one.contact else set())
