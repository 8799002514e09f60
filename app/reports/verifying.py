"""What the log says of a paper by the code printed on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from ..ceremony.state import Ceremonies
from ..competitions.state import Setup
from ..entries.state import Entries, public_entry
from ..eventlog.fold import State
from ..papers.codes import shown_code
from ..papers.queries import people_by_id
from ..papers.state import (
    OVERALL,
    PROTOCOL,
    Issued,
    Overall,
    Papers,
    Publication,
    current_overall,
    is_current,
)
from ..registry.naming import public_name
from ..registry.state import People

PLACES_SHOWN, FIRST_PLACES = 100, 3


def verified(connection: Connection, states: Iterable[State], code: str) -> dict[str, Any] | None:
    """The paper as everyone may see it; None where no log knows the code. Read it inside ``pipeline.reading()``.

    Nor is a diploma known while its division is kept for the ceremony: that there is one would tell the result.
    """
    for state in states:
        paper = state[Papers].by_code.get(code)
        if isinstance(paper, Publication):
            return _common(state, paper) | _protocol(state, paper)
        if isinstance(paper, Overall):
            return _common(state, paper) | _overall(state, paper)
        if paper is not None and not _is_sealed(state, paper):
            return _common(state, paper) | _issued(connection, state, paper)
    return None


def _common(state: State, paper: Publication | Overall | Issued) -> dict[str, Any]:
    setup = state[Setup]
    at = datetime.fromisoformat(paper.at_utc).astimezone(ZoneInfo(setup.facts["zone"]))
    return {
        "slug": setup.slug,
        "competition": setup.name,
        "venue": setup.facts["venue"],
        "is_demo": setup.is_demo,
        "at": at,
        "head": paper.head,
    }


def _protocol(state: State, paper: Publication) -> dict[str, Any]:
    """The places as published, unless a ceremony is still to reveal them."""
    sealed = state[Ceremonies].seal(paper.division) is not None
    known = state[Entries].by_id
    places = [] if sealed else [one for one in paper.standings if one.id in known][:PLACES_SHOWN]
    newest = state[Papers].last(paper.division)
    return {
        "kind": PROTOCOL,
        "division": state[Setup].divisions[paper.division].name,
        "revision": paper.revision,
        "newest": newest.revision if newest else paper.revision,
        "is_current": is_current(state, paper),
        "sealed": sealed,
        "places": [
            {"rank": one.rank, "mark": one.mark, "entry": public_entry(state, one.id)} for one in places
        ],
    }


def _overall(state: State, paper: Overall) -> dict[str, Any]:
    """The divisions it rests on, with their own codes, and the first places of those that no ceremony keeps."""
    known, setup = state[Entries].by_id, state[Setup]
    return {
        "kind": OVERALL,
        "division": None,
        "revision": paper.revision,
        "newest": len(state[Papers].overall),
        "is_current": current_overall(state) is paper,
        "sealed": any(state[Ceremonies].seal(code) is not None for code in paper.divisions),
        "divisions": [
            {
                "name": setup.divisions[code].name,
                "revision": made.revision,
                "code": made.code,
                "shown_code": shown_code(made.code),
                "places": []
                if state[Ceremonies].seal(code) is not None
                else [
                    {"rank": one.rank, "entry": public_entry(state, one.id)}
                    for one in made.standings
                    if one.rank and one.rank <= FIRST_PLACES and one.id in known
                ],
            }
            for code, made in paper.divisions.items()
        ],
    }


def _is_sealed(state: State, paper: Issued) -> bool:
    return paper.kind == "diploma" and state[Ceremonies].seal(paper.facts["division"]) is not None


def _issued(connection: Connection, state: State, paper: Issued) -> dict[str, Any]:
    facts = paper.facts
    division = state[Setup].divisions.get(facts.get("division", ""))
    entry = facts.get("entry")
    return {
        "kind": paper.kind,
        "number": paper.number,
        "division": division.name if division else None,
        "degree": facts.get("degree"),
        "entry": public_entry(state, entry) if entry else None,
        "person": _person(connection, state, facts.get("person")),
    }


def _person(connection: Connection, state: State, id_: str | None) -> str | None:
    """The surname with an initial, or more where it was consented to; None for whoever was erased."""
    row = people_by_id(connection, [id_]).get(id_) if id_ else None
    if row is None:
        return None
    known = state[People].by_id.get(row.id)
    return public_name(row.full_name, row.surname, row.given_name, known.ticks if known else None)
