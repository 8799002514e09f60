"""What is known of one run: its sheets, its result, and what was ordered about it."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from .clock import Clock

START_LIST, LIVE, UNCONFIRMED = "START_LIST", "LIVE", "UNCONFIRMED"
UNOFFICIAL, OFFICIAL, PROTESTED = "UNOFFICIAL", "OFFICIAL", "PROTESTED"

NOT_SEEN = "not_seen"
"""What a captain did who was shown another sheet than the one that counts."""

NOBODY = ""
"""The judge of a sheet that lacks one."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """One judge's sheet of a run that takes two; what the run comes to waits until they agree."""

    sheet: dict[str, Any]
    mark: str | None
    by: str
    at_utc: str
    captain: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Result:
    """A confirmed score sheet and what follows from it; ``mark`` is DNS, DNF, DSQ or None.

    ``hand_time`` says that a time is not the gates'; ``stopwatch`` that it is from a stopwatch in the judge's hand.
    ``captain`` is ``signed``, ``refused``, ``not_seen`` where they saw another sheet, or None where nobody was asked.
    ``judges`` are those whose sheets agreed.
    ``paper`` says that it was filled in on paper and keyed in later.
    """

    sheet: dict[str, Any]
    mark: str | None
    results: dict[str, Any]
    values: dict[str, Any]
    hand_time: bool
    corrected: bool
    by: str
    at_utc: str
    stopwatch: bool = False
    captain: str | None = None
    judges: tuple[str, ...] = ()
    paper: bool = False


@dataclass(slots=True)
class Run:
    """One attempt performed, or to be performed. ``version`` moves when its score does, not when its clock does.

    ``practice`` runs never count. A run that is held again has the other's id in ``replaced_by``, and that one this
    one's in ``replay_of``. ``protests`` are the ids of those not decided yet. ``judge`` is the account whose sheet of a
    judged project it is: anybody's where it is None, NOBODY's until somebody gets it. ``planned_at_utc`` is the start
    that the plan of the day gives it. ``noted``: a judge wrote a note to a sheet of it.
    """

    id: str
    division: str
    field: str
    entry: str
    attempt: int
    position: int
    version: int
    status: str = START_LIST
    armed: bool = False
    clock: Clock = attribute(default_factory=Clock)
    result: Result | None = None
    sheets: dict[str, Submitted] = attribute(default_factory=dict)
    practice: bool = False
    replay_of: str | None = None
    replaced_by: str | None = None
    withdrawn: bool = False
    protests: frozenset[str] = frozenset()
    judge: str | None = None
    planned_at_utc: str | None = None
    noted: bool = False

    @property
    def is_confirmed(self) -> bool:
        return self.result is not None

    @property
    def is_void(self) -> bool:
        """Never to be held: its entry was withdrawn, or it is held again, before it was confirmed."""
        return not self.is_confirmed and (self.withdrawn or self.replaced_by is not None)
