"""What crosses the wire about runs and score sheets."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from ..eventlog.deciding import Payload

Mark = Literal["DNS", "DNF", "DSQ"]
Reason = Annotated[str, Field(min_length=3, max_length=1000)]
Remark = Annotated[str, Field(max_length=2000)]
Sheet = dict[str, Any]


class OpenRun(Payload):
    """Put the run on its field: screens show it and the gates are armed."""


class CloseRun(Payload):
    """Take the run off its field again, unscored."""


class ResetRun(Payload):
    """Drop the times measured so far (a false start, say) and arm the gates again."""

    reason: Reason


class EnterScore(Payload):
    """Confirm a run's score sheet. Sensor fields left out are filled from the field's own measurement."""

    sheet: Sheet
    mark: Mark | None = None
    note: Remark | None = None


class CorrectScore(Payload):
    """Replace a confirmed score sheet, saying why; the old one stays in the log."""

    sheet: Sheet
    mark: Mark | None = None
    reason: Reason


class AssignReading(Payload):
    """Use a reading that fitted no run as this run's start or finish, on a referee's word."""

    device: Annotated[str, Field(min_length=1, max_length=80)]
    boot: int
    seq: int
    use: Annotated[Literal["start", "finish"], Field(alias="as")]
    reason: Reason


class PublishResults(Payload):
    """Make a division's results official, once every run of it is confirmed."""
