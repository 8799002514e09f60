"""Reads beside the log that papers need: names of those who sign or are named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Row, select

from ..registry.models import Person

MOST_A_QUERY = 500


def people_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, Row[Person]]:
    """Person rows by id; whoever was erased is missing."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, Row[Person]] = {}
    for start in range(0, len(wanted), MOST_A_QUERY):
        some = wanted[start : start + MOST_A_QUERY]
        rows = connection.execute(select(Person.__table__).where(Person.id.in_(some)))
        found.update({row.id: row for row in rows})
    return found


def official_names(
    connection: Connection, officials: Mapping[str, list[dict[str, str]]]
) -> dict[str, list[str]]:
    """The names of those who sign, by role."""
    known = people_by_id(connection, (person["id"] for people in officials.values() for person in people))
    return {
        role: [known[person["id"]].full_name for person in people if person["id"] in known]
        for role, people in officials.items()
    }
