"""What crosses the wire about entries."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..eventlog.deciding import Payload

MOST_ROWS = 20_000
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class EntryRow(Payload):
    """One entry as a spreadsheet row gives it; ``region`` is an ISO 3166-2 code, ``division`` a division's code."""

    division: str
    team: Annotated[str, Field(min_length=1, max_length=200)]
    organisation: Annotated[str, Field(min_length=1, max_length=300)]
    region: str | None = None
    coach: Annotated[str, Field(max_length=200)] | None = None
    members: tuple[Annotated[str, Field(min_length=1, max_length=200)], ...] = ()


class ImportEntries(Payload):
    """Register every row as an entry; all of them, or none."""

    rows: Annotated[tuple[EntryRow, ...], Field(min_length=1, max_length=MOST_ROWS)]


class TakeDownEntry(Payload):
    """Take a team out of sight at once: its card and its people are erased, its number and results stay."""

    entry: Annotated[str, Field(max_length=36)]


class SetEmblem(Payload):
    """Show a picture beside a team's name, or none; ``picture`` is the SHA-256 of one that was uploaded."""

    entry: Annotated[str, Field(max_length=36)]
    picture: Digest | None


class SetSpokenWords(Payload):
    """What the announcer should know of a team: how its name is said, and anything else."""

    entry: Annotated[str, Field(max_length=36)]
    pronunciation: Annotated[str, Field(max_length=200)] = ""
    note: Annotated[str, Field(max_length=1000)] = ""
