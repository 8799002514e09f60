"""How many take part: participants and teams by division, region, district, organisation, grade, sex and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Connection, select

from ..applications.forms import KINDS
from ..competitions.state import Setup
from ..entries.models import EntryCard
from ..entries.queries import members
from ..entries.state import Entries, Entry
from ..eventlog.fold import State
from ..languages import in_language
from ..registry.naming import alphabetical
from ..registry.regions import regions
from ..registry.spellings import school_key
from .districts import Districts
from .results import ResultTable

UNKNOWN = ""
"""The value of whoever said nothing."""


@dataclass(frozen=True, slots=True)
class Count:
    """One line: a value such as a region, and how many people and teams have it."""

    value: str
    participants: int
    teams: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Everybody once in the totals; lines by what they are told by, such as ``region``."""

    participants: int
    coaches: int
    teams: int
    organisations: int
    groups: dict[str, list[Count]]


class _Group:
    """Who has which value; a person in two teams of a region is one participant there."""

    def __init__(self) -> None:
        self._people: dict[Any, set[str]] = defaultdict(set)
        self._teams: dict[Any, set[str]] = defaultdict(set)

    def add(self, value: Any, team: str, person: str | None = None) -> None:
        self._teams[value].add(team)
        if person is not None:
            self._people[value].add(person)

    def lines(self, words: Mapping[Any, str]) -> Iterator[Count]:
        """By the words for the values, or the values themselves; what is unknown comes last."""
        shown = {value: words.get(value, str(value or UNKNOWN)) for value in self._teams}
        for value in sorted(shown, key=lambda value: (not shown[value], alphabetical(shown[value]))):
            yield Count(shown[value], len(self._people[value]), len(self._teams[value]))


def counts(state: State, connection: Connection) -> Counts:
    """Read inside ``pipeline.reading()``. Teams that were taken down and people who were erased are not counted."""
    cards = {
        card["id"]: dict(card)
        for card in connection.execute(
            select(EntryCard.__table__).where(EntryCard.chain == state.chain)
        ).mappings()
    }
    people = members(connection, state.chain)
    groups = {name: _Group() for name in titles()}
    participants, coaches = set(), set()
    schools: dict[tuple[str, str | None], set[Any]] = defaultdict(set)
    entries = [one for one in state[Entries].by_id.values() if one.card in cards]
    districts = Districts(cards[one.card] for one in entries)
    for entry in entries:
        card = cards[entry.card]
        district = districts.key_of(card)
        schools[school_key(card["organisation"]), card["region"]].update([district] if district else [])
        mine = [row for row in people.get(entry.id, []) if row.part == "member"]
        coaches |= {row.id for row in people.get(entry.id, []) if row.part == "coach"}
        participants |= {row.id for row in mine}
        _add(groups, entry, card | {"district": district}, mine)
    words = _words(state) | {"district": districts.words}
    told = {name: list(group.lines(words.get(name, {}))) for name, group in groups.items()}
    return Counts(len(participants), len(coaches), len(entries), _schools(schools), told)


def _schools(named: Mapping[tuple[str, str | None], set[Any]]) -> int:
    """How many there are: of one name in a region, as many as districts are said, for each has its own № 1."""
    return sum(len(districts) or 1 for districts in named.values())


def _add(groups: dict[str, _Group], entry: Entry, card: Mapping[str, Any], people: list[Any]) -> None:
    of_team = {
        "division": entry.division,
        "region": card["region"],
        "district": card["district"],
        "organisation_kind": card["organisation_kind"],
    }
    for name, value in of_team.items():
        groups[name].add(value, entry.id)
        for person in people:
            groups[name].add(value, entry.id, person.id)
    for person in people:
        for name, value in (("grade", person.grade), ("sex", person.sex), ("birth_year", person.birth_year)):
            groups[name].add(value, entry.id, person.id)


def counts_table(state: State, told: Counts) -> ResultTable:
    """The counts as one table, to be written as the results are."""
    by = titles()
    rows = [
        (by[name], line.value or _("not said"), line.participants, line.teams)
        for name, lines in told.groups.items()
        for line in lines
    ]
    total = (_("All"), "", told.participants, told.teams)
    headings = (_("By"), _("Value"), _("Participants"), _("Teams"))
    return ResultTable(in_language(state[Setup].name), headings, (total, *rows), {})


def titles() -> dict[str, str]:
    """What the lines are told by, in the asker's language."""
    return {
        "division": _("Division"),
        "region": _("Region"),
        "district": _("District"),
        "organisation_kind": _("Kind of organisation"),
        "grade": _("Grade"),
        "sex": _("Sex"),
        "birth_year": _("Year of birth"),
    }


def _words(state: State) -> dict[str, dict[Any, str]]:
    return {
        "division": {code: in_language(one.name) for code, one in state[Setup].divisions.items()},
        "region": {code: in_language(names) for code, names in regions().items()},
        "organisation_kind": {code: str(words) for code, words in KINDS},
        "sex": {"f": _("girls"), "m": _("boys")},
    }
