"""What crosses the wire about runs and score sheets."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from ..eventlog.deciding import Payload
from .taps import Tap

Mark = Literal["DNS", "DNF", "DSQ"]
Reason = Annotated[str, Field(min_length=3, max_length=1000)]
Remark = Annotated[str, Field(max_length=2000)]
Sheet = dict[str, Any]
MOST_STROKES, MOST_COORDINATES, FURTHEST = 200, 2000, 4000
MOST_DISPUTES = 50
DisputeId = Annotated[str, Field(max_length=36)]
DisputeIds = Annotated[tuple[DisputeId, ...], Field(max_length=MOST_DISPUTES)]
Stroke = Annotated[tuple[Annotated[int, Field(ge=0, le=FURTHEST)], ...], Field(max_length=MOST_COORDINATES)]


class OpenRun(Payload):
    """Put the run on its field: screens show it and the gates are armed."""


class CloseRun(Payload):
    """Take the run off its field again, unscored."""


class ResetRun(Payload):
    """Drop the times measured so far (a false start, say) and arm the gates again."""

    reason: Reason


class StartByHand(Payload):
    """Start the run's clock by the judge's tap, where the gates give no time; stopped by hand, it goes on."""

    tap: Tap


class StopByHand(Payload):
    """Stop the clock that was started by hand. The time in the sheet is the judge's stopwatch, as ever."""

    tap: Tap


class CancelByHand(Payload):
    """Take the hand clock back: the run waits for its start again."""


class Captain(Payload):
    """The team's captain after seeing the sheet: signed on the glass, or refused, saying why.

    ``strokes`` are lines of x, y, x, y, … in thousandths of the signing area's width.
    """

    outcome: Literal["signed", "refused"]
    strokes: Annotated[tuple[Stroke, ...], Field(max_length=MOST_STROKES)] = ()
    comment: Remark | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Captain:
        if self.outcome == "signed" and not self.strokes:
            raise ValueError("a signature has at least one stroke")
        if self.outcome == "refused" and not self.comment:
            raise ValueError("a refusal says why")
        return self


class EnterScore(Payload):
    """Confirm a run's score sheet. Sensor fields left out are filled from the field's own measurement.

    ``stopwatch`` says that the time is from a stopwatch in the judge's hand, because the gates gave none. Where the
    rules ask for two sheets, this is one of them: the run is confirmed once two agree.
    """

    sheet: Sheet
    mark: Mark | None = None
    note: Remark | None = None
    stopwatch: bool = False
    captain: Captain | None = None


class KeyPaperSheet(Payload):
    """Enter a score sheet that ``judge`` filled in on paper; ``captain`` says what stands where the captain signs."""

    judge: Annotated[str, Field(min_length=2, max_length=200)]
    sheet: Sheet
    mark: Mark | None = None
    note: Remark | None = None
    stopwatch: bool = False
    captain: Literal["signed", "refused"] | None = None


class CorrectScore(Payload):
    """Replace a confirmed score sheet, saying why; the old one stays in the log. ``settles`` names disputed sheets."""

    sheet: Sheet
    mark: Mark | None = None
    reason: Reason
    stopwatch: bool = False
    settles: DisputeIds = ()


class SettleSheets(Payload):
    """What a run comes to whose two sheets differ.

    A referee's word confirms it; a judge's does once the other judge says the same, and is their new sheet until then.
    ``captain`` is what the team's captain said of this very sheet. Without it, what they said of one of the two counts
    only where that one says the same.
    """

    sheet: Sheet
    mark: Mark | None = None
    reason: Reason
    stopwatch: bool = False
    captain: Captain | None = None


class SettleDisputes(Payload):
    """Let a result stand against sheets that came too late and say otherwise, named by the commands that brought them.

    Their own judge takes theirs back; for another's it takes a referee, who says why.
    """

    disputes: Annotated[tuple[DisputeId, ...], Field(min_length=1, max_length=MOST_DISPUTES)]
    reason: Reason | None = None


class OrderReplay(Payload):
    """Have a run held again on the referee's order; the old one stays, marked, and no longer counts."""

    reason: Reason


class SwapRuns(Payload):
    """Exchange the places of two runs that wait on one field, saying why."""

    other: Annotated[str, Field(max_length=36)]
    reason: Reason


class AddPracticeRun(Payload):
    """Put a run on a field's queue whose result never counts."""

    entry: Annotated[str, Field(max_length=36)]


class AddLateEntries(Payload):
    """Give runs to the entries of a division that came in after its start list was drawn."""


class WithdrawEntry(Payload):
    """Take an entry out in mid-competition: what it still had to run falls away, its confirmed results stay."""

    reason: Reason


class ReinstateEntry(Payload):
    """Take an entry's withdrawal back: its runs are to be held again."""

    reason: Reason


class AssignReading(Payload):
    """Use a reading that fitted no run as this run's start or finish, on a referee's word."""

    device: Annotated[str, Field(min_length=1, max_length=80)]
    boot: int
    seq: int
    use: Annotated[Literal["start", "finish"], Field(alias="as")]
    reason: Reason


class PublishResults(Payload):
    """Make a division's results official, once every run of it is confirmed and no protest is open.

    ``early`` says why they need not wait until nobody can protest any more.
    """

    early: Reason | None = None
