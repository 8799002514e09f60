"""Reads of applications: the form as it was last handed in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from ..entries.models import EntryCard
from ..eventlog.models import Note
from ..registry.models import Person
from .state import Application

PERSON = ("id", "surname", "given_name", "patronymic", "birth_year", "grade", "sex", "contact")


def form_of(connection: Connection, application: Application) -> dict[str, Any] | None:
    """The form's fields by name, people with their ids; None where its card was erased."""
    ids = [place.card for place in application.places]
    cards = {
        row["id"]: row
        for row in connection.execute(select(EntryCard.__table__).where(EntryCard.id.in_(ids))).mappings()
    }
    if application.card not in cards:
        return None
    card = cards[application.card]
    people = people_of(connection, application)
    return {
        **{name: card[name] for name in ("team", "organisation", "organisation_kind", "region", "district")},
        "coach": next((one for one in people if one["part"] == "coach"), None),
        "members": [one for one in people if one["part"] == "member"],
        "wanted": [
            {"division": place.division, "robot": cards[place.card]["robot"]}
            for place in application.places
            if place.card in cards
        ],
    }


def people_of(connection: Connection, application: Application) -> list[dict[str, Any]]:
    """Who is named in an application, in its own order, each with ``part`` and ``full_name``."""
    ids = [person["id"] for person in application.people]
    rows = {
        row["id"]: row
        for row in connection.execute(select(Person.__table__).where(Person.id.in_(ids))).mappings()
    }
    return [
        {name: rows[person["id"]][name] for name in (*PERSON, "full_name")} | {"part": person["part"]}
        for person in application.people
        if person["id"] in rows
    ]


def note_text(connection: Connection, note: str | None) -> str | None:
    """What an application was returned with."""
    return connection.scalar(select(Note.text).where(Note.id == note)) if note else None
