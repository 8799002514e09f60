"""Reads of entries beside the log: who belongs to a team, as far as the reader may know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import orjson
from sqlalchemy import Connection, Row, select

from ..eventlog.fold import State
from ..eventlog.models import Note
from ..registry.models import Person
from ..registry.naming import alphabetical, public_name
from ..registry.state import People
from .models import EntryCard, EntryPerson
from .state import Entries, Entry
from .updating import DETAILS, KNOWN, Registered


def members(connection: Connection, chain: str) -> dict[str, list[Row[Any]]]:
    """Person rows with their ``part``, by entry, in alphabetical order."""
    wanted = (
        select(Person.__table__, EntryPerson.entry_id, EntryPerson.part)
        .join(EntryPerson, EntryPerson.person_id == Person.id)
        .where(Person.chain == chain)
    )
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in sorted(connection.execute(wanted), key=lambda row: alphabetical(row.full_name)):
        found[row.entry_id].append(row)
    return found


def public_members(connection: Connection, state: State) -> dict[str, list[str]]:
    """Names of members as the public may read them, by entry; read it inside ``pipeline.reading()``."""
    known = state[People].by_id
    return {
        entry: [
            name
            for row in rows
            if row.part == "member" and row.id in known
            if (name := public_name(row.full_name, row.surname, row.given_name, known[row.id].ticks))
        ]
        for entry, rows in members(connection, state.chain).items()
    }


def registered(
    connection: Connection, chain: str, entries: Iterable[Entry], applied: Collection[str]
) -> list[Registered]:
    """Those of ``entries`` that were not taken down, as an import compares rows with them.

    ``applied`` are the ids of those that came by applications.
    """
    wanted = select(EntryCard.__table__).where(EntryCard.chain == chain)
    cards = {card["id"]: card for card in connection.execute(wanted).mappings()}
    people = members(connection, chain)
    return [
        Registered(
            entry=entry.id,
            number=entry.number,
            division=entry.division,
            team=cards[entry.card]["team"],
            organisation=cards[entry.card]["organisation"],
            region=cards[entry.card]["region"],
            details={name: cards[entry.card][name] for name in DETAILS},
            people=tuple((row.id, row.full_name, row.part) for row in people.get(entry.id, [])),
            known={row.id: {name: getattr(row, name) for name in KNOWN} for row in people.get(entry.id, [])},
            applied=entry.id in applied,
        )
        for entry in entries
        if entry.card in cards
    ]


def spoken_words(connection: Connection, state: State, entry_id: str) -> dict[str, str]:
    """What the announcer should know of an entry: ``pronunciation`` and ``note``, each perhaps empty."""
    note = state[Entries].spoken.get(entry_id)
    text = connection.scalar(select(Note.text).where(Note.id == note)) if note else None
    return orjson.loads(text) if text else {"pronunciation": "", "note": ""}
