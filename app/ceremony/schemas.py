"""What crosses the wire about ceremonies."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..competitions.schemas import Names
from ..eventlog.deciding import Payload
from ..eventlog.instants import Instant


class FreezeStandings(Payload):
    """From now, or from an instant to come, the public sees a division as it stands at that moment."""

    at_utc: Instant | None = None


class UnfreezeStandings(Payload):
    """End the ceremony, or call a freeze off: the public sees everything again."""


class Award(Payload):
    """A prize besides the places, and who gets it."""

    title: Names
    entry: Annotated[str, Field(max_length=64)]


class BeginCeremony(Payload):
    """Fix the order to be revealed. The first ``places`` are revealed one by one, those after them at once."""

    places: Annotated[int, Field(ge=1, le=100)] = 10
    awards: Annotated[tuple[Award, ...], Field(max_length=50)] = ()


class RevealNext(Payload):
    """One step on. ``step`` is the one the presenter was looking at, so that a button pressed twice reveals once."""

    step: Annotated[int, Field(ge=0)]


class UndoReveal(Payload):
    """One step back."""

    step: Annotated[int, Field(ge=1)]
