"""What crosses the wire about what standings go by."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, FiniteFloat

from ..competitions.schemas import Code
from ..entries.schemas import EntryChange
from ..eventlog.deciding import Payload

ParameterName = Annotated[str, Field(max_length=64)]


class SetNumbers(Payload):
    """Set the parameters of a division's rules that may change on the day; the others stay as written."""

    numbers: Annotated[dict[ParameterName, FiniteFloat], Field(max_length=100)]


class DrawLots(Payload):
    """Draw a lot for every entry that has none yet; ``seed`` draws the same lots again."""

    seed: Annotated[int, Field(ge=0, lt=2**32)] | None = None


class MoveEntry(Payload):
    """Put an entry into another division of the competition; it keeps its number.

    With ``change`` it is changed in the same stroke: both are done, or neither.
    """

    division: Code
    change: EntryChange | None = None
