"""Ties between judges and projects, found before anybody marks: a school, a district or a family in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from ..entries import queries
from ..entries.models import EntryCard
from ..entries.state import Entries
from ..eventlog.fold import State
from ..registry.finding import folded
from ..registry.regions import regions
from .state import Affiliation, Panels

_ENDINGS = (
    "улы", "кызы", "ова", "ева", "ина", "ына", "ская", "цкая", "ский", "цкий", "ов", "ев", "ин", "ын", "ая", "ий",
)  # fmt: skip
"""What a surname ends with for a son, a daughter, a brother or a sister, in folded letters."""
_LEAST_STEM = 3


@dataclass(frozen=True, slots=True)
class FoundTie:
    """Why a judge should not mark an entry: ``school``, ``district`` or ``family``, and what they have in common."""

    judge: str
    entry: str
    kind: str
    common: str

    @property
    def key(self) -> str:
        return f"{self.judge}|{self.entry}|{self.kind}"


def found_ties(
    connection: Connection, state: State, division: str, judges: Sequence[dict[str, Any]]
) -> list[FoundTie]:
    """Ties of accounts (``{"id", "name"}``) to a division's entries; read it inside ``pipeline.reading()``.

    A district that all entries come from tells nothing and is left out: everybody there is at home.
    """
    entries = state[Entries].of(division)
    cards = {row.id: row for row in connection.execute(
        select(EntryCard.__table__).where(EntryCard.chain == state.chain)
    )}  # fmt: skip
    members = queries.members(connection, state.chain)
    homes = {entry.id: _homes(cards.get(entry.card)) for entry in entries}
    everywhere = set.intersection(*homes.values()) if homes else set()
    found = []
    for judge in judges:
        said = state[Panels].affiliations.get(judge["id"], Affiliation())
        stems = {stem for word in judge["name"].split() if (stem := surname_stem(word))}
        for entry in entries:
            card = cards.get(entry.card)
            ties = (
                *_school(said, card),
                *_district(said, homes[entry.id] - everywhere),
                *_family(stems, members.get(entry.id, ())),
            )
            found += [FoundTie(judge["id"], entry.id, kind, common) for kind, common in ties]
    return found


def surname_stem(surname: str) -> str:
    """What a family's surnames have in common: ``Асқаров``, ``Асқарова`` and ``Асқарұлы`` have ``аскар``.

    Empty where too little is left to tell one family from another.
    """
    word = folded(surname).strip(".,()«»\"'")
    ending = next((end for end in _ENDINGS if word.endswith(end)), "")
    stem = word.removesuffix(ending)
    return stem if ending and len(stem) >= _LEAST_STEM else word if len(word) > _LEAST_STEM else ""


def _school(said: Affiliation, card: Any) -> Iterator[tuple[str, str]]:
    if card is not None and said.organisation and _bare(said.organisation) == _bare(card.organisation):
        yield "school", card.organisation


def _district(said: Affiliation, homes: Iterable[str]) -> Iterator[tuple[str, str]]:
    if said.district and _bare(said.district) in homes:
        yield "district", said.district


def _family(stems: set[str], people: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """A person's surname comes first; a namesake is shown to the organiser, who knows."""
    for row in people:
        surname = row.surname or row.full_name.split()[0]
        if surname_stem(surname) in stems:
            yield "family", row.full_name


def _homes(card: Any) -> set[str]:
    """What a judge may call the place an entry comes from: its district, or its region in any language."""
    if card is None:
        return set()
    region = regions().get(card.region) if card.region else None
    names = [card.district or "", *(region.values() if region else ())]
    return {_bare(name) for name in names if name}


def _bare(text: str) -> str:
    return "".join(letter for letter in folded(text) if letter.isalnum())
