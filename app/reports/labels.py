"""Badges, robot stickers and sign-in cards, as data for the template that lays them out on A4 sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Connection

from ..competitions.state import Setup
from ..entries.queries import members
from ..entries.state import Entry, public_entry
from ..eventlog.fold import State
from ..registry.regions import regions
from .typesetting import qr
from .wording import in_each, names_in

CARD, STICKER = "card", "sticker"
"""105 × 74 mm, eight on a sheet, fits holders of A7; 70 × 37 mm, twenty-four on a sheet, as sold for printers."""


def sheet(
    state: State, kind: str, languages: Sequence[str], labels: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """What the template ``label`` needs; ``kind`` is CARD or STICKER."""
    return {
        "languages": list(languages),
        "kind": kind,
        "competition": names_in(languages[:1], state[Setup].name),
        "labels": list(labels),
    }


def badges(
    state: State, connection: Connection, entries: Sequence[Entry], languages: Sequence[str], address: str
) -> list[dict[str, Any]]:
    """A badge for each coach and member of ``entries``, by entry."""
    people = members(connection, state.chain)
    return [
        {"name": row.full_name, "role": in_each(languages, _role(row.part)), **team}
        for entry in entries
        for team in [_team(state, entry, languages, address)]
        for row in people.get(entry.id, [])
    ]


def stickers(
    state: State, entries: Sequence[Entry], languages: Sequence[str], address: str
) -> list[dict[str, Any]]:
    """A sticker for the robot of each of ``entries``."""
    return [_team(state, entry, languages[:1], address) for entry in entries]


def sign_in_cards(
    accounts: Sequence[Mapping[str, Any]], languages: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """A card for each account: ``{"name", "role", "fields", "address"}``; its code signs a device in."""
    for account in accounts:
        yield {
            "name": account["name"],
            "role": in_each(languages, _role(account["role"])),
            "team": "",
            "number": "",
            "from": ", ".join(account["fields"]),
            "division": [],
            "qr": qr(account["address"]),
            "hint": in_each(
                languages, lambda: _("Scan to sign in. Whoever has this card can sign in: keep it safe.")
            ),
        }


def _team(state: State, entry: Entry, languages: Sequence[str], address: str) -> dict[str, Any]:
    shown = public_entry(state, entry.id)
    region = names_in(languages[:1], regions().get(shown["region"] or ""))
    slug = state.chain.removeprefix("c/")
    return {
        "team": shown["team"],
        "number": f"{entry.number}",
        "from": ", ".join([shown["organisation"], *region]),
        "division": names_in(languages, state[Setup].divisions[entry.division].name),
        "qr": qr(f"{address}/t/{slug}/{entry.number}"),
        "hint": [],
    }


def _role(role: str) -> Callable[[], str]:
    words = {
        "member": lambda: _("Participant"),
        "coach": lambda: _("Coach"),
        "judge": lambda: _("Judge"),
        "referee": lambda: _("Referee"),
        "volunteer": lambda: _("Volunteer"),
        "organiser": lambda: _("Organiser"),
    }
    return words[role]
