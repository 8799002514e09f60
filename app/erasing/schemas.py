"""What crosses the wire about erasing."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..eventlog.deciding import Payload
from ..registry.schemas import PersonId

MOST_ERASED = 20_000


class TakeDownEntry(Payload):
    """Take a team out of sight at once: its number and results stay.

    Its card, its people and all that was written about it are erased: remarks, reasons, signatures, protests.
    """

    entry: Annotated[str, Field(max_length=36)]


class ErasePeople(Payload):
    """Erase these people for good: names, contacts, consents. The log keeps ids that say nothing any more.

    What was written about an entry goes with the last of its people; once the day until which people are kept is
    over, everything that was written goes with the last of them all.
    """

    people: Annotated[tuple[PersonId, ...], Field(min_length=1, max_length=MOST_ERASED)]
