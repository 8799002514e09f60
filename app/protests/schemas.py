"""What crosses the wire about protests."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from ..eventlog.deciding import Payload
from ..eventlog.instants import Instant
from ..matches.schemas import MOST_BOUTS, Bout, EntryId
from ..runs.schemas import Mark, Reason, Sheet

Outcome = Literal["upheld", "rejected", "taken_back"]
Effect = Literal["none", "correction", "replay"]
Ground = Annotated[str, Field(min_length=10, max_length=4000)]


class FileProtest(Payload):
    """Challenge the result of a run or match. ``entry`` is who protests, ``text`` what it says.

    ``handed_in_at_utc`` is for a paper that the desk received before it could key it in; ``fee_paid`` says that the
    fee the rules may ask for was received.
    """

    entry: Annotated[str, Field(max_length=36)]
    text: Ground
    fee_paid: bool = False
    handed_in_at_utc: Instant | None = None


class RecordProtestFee(Payload):
    """Say that the fee of a protest was received."""


class DecideProtest(Payload):
    """The jury's decision with its reasons; an upheld protest may correct the result, or have it held again.

    A run's correction is its ``sheet`` and ``mark``, a match's its ``bouts`` and the ``decision`` between level sides.
    """

    outcome: Outcome
    effect: Effect = "none"
    reason: Reason
    sheet: Annotated[Sheet, Field(default_factory=dict)]
    mark: Mark | None = None
    stopwatch: bool = False
    bouts: Annotated[tuple[Bout, ...], Field(max_length=MOST_BOUTS)] = ()
    decision: EntryId | None = None

    @model_validator(mode="before")
    @classmethod
    def _changes_only_if_upheld(cls, given: Any) -> Any:
        if (
            isinstance(given, dict)
            and given.get("outcome") != "upheld"
            and given.get("effect", "none") != "none"
        ):
            raise ValueError("only a protest that is upheld changes anything")
        return given
