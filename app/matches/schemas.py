"""What crosses the wire about matches."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, FiniteFloat

from ..competitions.schemas import Code
from ..eventlog.deciding import Payload
from ..runs.schemas import Captain, DisputeIds, Reason, Remark
from ..runs.taps import Instant

MOST_BOUTS = 60
MOST_FIELDS = 40
MOST_COUNTING = 8
CountdownId = Annotated[str, Field(max_length=40)]
EntryId = Annotated[str, Field(max_length=36)]
MatchId = Annotated[str, Field(max_length=36)]
MOST_A_SIDE = 4
MOST_LISTED = 10_000
Alliance = Annotated[tuple[EntryId, ...], Field(min_length=2, max_length=MOST_A_SIDE)]
Points = Annotated[FiniteFloat, Field(ge=-1000, le=1000)]
Faults = Annotated[int, Field(ge=0, le=50)]


class DrawMatches(Payload):
    """Draw a division's matches on these fields, as its rules say.

    ``seeding``: who is which seed: by a draw (the same ``seed`` draws the same again), by the lots, or as numbered.
    """

    fields: Annotated[tuple[Code, ...], Field(min_length=1, max_length=MOST_FIELDS)]
    seeding: Literal["draw", "lots", "numbers"] = "draw"
    seed: Annotated[int, Field(ge=0, lt=2**63)] | None = None


class DiscardMatches(Payload):
    """Take a draw back before anything of it was played, to draw again."""

    reason: Reason


class TakeInLateEntries(Payload):
    """Have entries play that came in after a division's matches were drawn.

    Before the first match all is drawn anew; after it they come in where the format has room for them.
    """


class ListedMatch(Payload):
    """A match of a list: who plays on each side, by station; it does not count for the ``surrogates`` among them."""

    sides: tuple[Alliance, Alliance]
    surrogates: Annotated[tuple[EntryId, ...], Field(max_length=2 * MOST_A_SIDE)] = ()


class PairQualification(Payload):
    """Give a qualification its matches: partners are drawn for each, and everybody plays as often as the rules say."""

    matches: Annotated[tuple[ListedMatch, ...], Field(min_length=1, max_length=MOST_LISTED)]


class SetPartnerAbsent(Payload):
    """Say that one of drawn partners is not there, or is after all: absent, it loses the match the others play."""

    entry: EntryId
    absent: bool


class OpenMatch(Payload):
    """Put the match on its field: screens show it."""


class CloseMatch(Payload):
    """Take the match off its field again; it waits in the queue."""


class Bout(Payload):
    """One scored engagement, in the words of the rules; sides are named by their entries' ids.

    ``decision`` is the judge's after a time-out. ``countdown`` is the rules' countdown that ended it. ``sheet`` holds
    what was scored, where the rules have fields.
    """

    winner: EntryId | None = None
    points: Annotated[dict[EntryId, Points], Field(max_length=2)] = Field(default_factory=dict)
    warnings: Annotated[dict[EntryId, Faults], Field(max_length=2)] = Field(default_factory=dict)
    false_starts: Annotated[dict[EntryId, Faults], Field(max_length=2)] = Field(default_factory=dict)
    timed_out: bool = False
    decision: EntryId | None = None
    countdown: CountdownId | None = None
    sheet: dict[str, Any] | None = None


class BoutClock(Payload):
    """The judge's clock of the bout under way: since when it runs, and what it had before."""

    started_at_utc: Instant | None = None
    elapsed_s: Annotated[FiniteFloat, Field(ge=0, le=36_000)] = 0.0


class Counting(Payload):
    """A countdown of the rules that runs: since when, and against which side where it is a side's."""

    id: CountdownId
    side: EntryId | None = None
    started_at_utc: Instant


class Bouts(Payload):
    """The bouts of a match, and the judge's decision between level sides."""

    bouts: Annotated[tuple[Bout, ...], Field(max_length=MOST_BOUTS)]
    decision: EntryId | None = None


class ShowBouts(Bouts):
    """Tell everybody how the match on the field stands; nothing is decided by it."""

    clock: BoutClock = BoutClock()
    countdowns: Annotated[tuple[Counting, ...], Field(max_length=MOST_COUNTING)] = ()


class EnterMatch(Bouts):
    """Confirm a match; by its rules it must be decided. ``captains`` of either side saw it, by their entries' ids."""

    note: Remark | None = None
    captains: Annotated[dict[EntryId, Captain], Field(max_length=2)] = Field(default_factory=dict)


class KeyPaperMatch(Bouts):
    """Enter a match sheet that ``judge`` filled in on paper; ``captains`` says what stands where either one signs.

    ``absent`` are the sides that did not come: the match is the other's, or lost by both.
    """

    judge: Annotated[str, Field(min_length=2, max_length=200)]
    note: Remark | None = None
    captains: Annotated[dict[EntryId, Literal["signed", "refused"]], Field(max_length=2)] = Field(
        default_factory=dict
    )
    absent: Annotated[tuple[EntryId, ...], Field(max_length=2)] = ()


class CorrectMatch(Bouts):
    """Replace what was confirmed of a match, saying why; the old stays in the log. ``settles`` names disputes."""

    reason: Reason
    settles: DisputeIds = ()


class GiveWalkover(Payload):
    """Give a match to one side, because the other was not there; to none where neither was: then both lost it.

    ``settles`` names disputes.
    """

    winner: EntryId | None
    reason: Reason
    settles: DisputeIds = ()


class ReplayMatch(Payload):
    """Have a match held again on the referee's order; the old one stays, marked, and no longer counts."""

    reason: Reason


class MoveMatch(Payload):
    """Put a match on a field's queue: before another match of it, or at its end."""

    field: Code
    before: MatchId | None = None


class SwapMatches(Payload):
    """Exchange the places of two matches that wait on one field, saying why; their sides stay as they are."""

    other: MatchId
    reason: Reason


class AddPracticeMatch(Payload):
    """Put a match of two entries of one division on a field's queue whose result never counts."""

    entries: Annotated[tuple[EntryId, ...], Field(min_length=2, max_length=2)]


class SettleTie(Payload):
    """Say who goes on of those level at the line of a phase, in the order of their seeds."""

    key: Annotated[str, Field(max_length=80)]
    entries: Annotated[tuple[EntryId, ...], Field(min_length=1, max_length=200)]
    reason: Reason
