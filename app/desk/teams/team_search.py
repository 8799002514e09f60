"""Which team somebody at the table means: a scanned badge, a number, or the beginning of a name or school."""

from __future__ import annotations

import re

from ...competitions.state import Setup
from ...entries.state import Entries, Entry, public_entry
from ...eventlog.fold import State
from ...languages import in_language
from ...registry.finding import fits

_NUMBER = re.compile(r"№?\s*(\d{1,6})")


def teams(state: State, query: str) -> list[Entry]:
    """The entries ``query`` may mean, by number; all that are there where it is empty."""
    there = [one for one in state[Entries].by_id.values() if one.id not in state[Entries].taken_down]
    number = _number(state, query)
    if number is not None:
        return [entry for entry in there if entry.number == number]
    return [entry for entry in there if fits(query, *_said_of(state, entry))]


def badge_path(slug: str, number: int) -> str:
    """What the code on a badge or sticker opens."""
    return f"/t/{slug}/{number}"


def _number(state: State, query: str) -> int | None:
    slug = state.chain.removeprefix("c/")
    scanned = re.search(re.escape(f"/t/{slug}/") + r"(\d{1,6})$", query.strip())
    typed = scanned or _NUMBER.fullmatch(query.strip())
    return int(typed[1]) if typed else None


def _said_of(state: State, entry: Entry) -> tuple[str, str, str]:
    shown = public_entry(state, entry.id)
    return shown["team"], shown["organisation"], in_language(state[Setup].divisions[entry.division].name)
