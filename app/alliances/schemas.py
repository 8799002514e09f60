"""What crosses the wire about alliance selection."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..eventlog.deciding import Payload
from ..matches.schemas import EntryId
from ..runs.schemas import Reason


class OpenAllianceSelection(Payload):
    """Begin the selection with the ranking as it is now; ``count`` is for fewer alliances than the rules have."""

    count: Annotated[int, Field(ge=2, le=64)] | None = None


class PickPartner(Payload):
    """The captain whose turn it is picks this team, and it accepts."""

    entry: EntryId


class DeclineInvitation(Payload):
    """A team that was asked to join, or to be a backup, says no: nobody may ask it again."""

    entry: EntryId


class UndoAllianceStep(Payload):
    """Take the last pick, refusal or backup back, saying why; it stays in the log."""

    reason: Reason


class FormAlliances(Payload):
    """Every turn is over: the alliances stand, and their matches are paired."""


class ReopenAllianceSelection(Payload):
    """Go back to the selection before any alliance has played; the matches paired for it are called off."""

    reason: Reason


class DiscardAllianceSelection(Payload):
    """Throw the selection away, to begin again with the ranking as it is then."""

    reason: Reason


class CallBackup(Payload):
    """The next team of the ranking that is free joins an alliance, to play instead of a member where one is named."""

    alliance: Annotated[int, Field(ge=1, le=64)]
    entry: EntryId
    instead_of: EntryId | None = None
    reason: Reason
