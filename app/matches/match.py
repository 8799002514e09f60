"""What is known of one match: who meets, its bouts so far, and its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scoring.situation import Decided, Pairing

from ..runs.run import LIVE, OFFICIAL, PROTESTED, START_LIST, UNCONFIRMED, UNOFFICIAL


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of the bout under way, as its judge keeps it; it runs where ``started_at_utc`` is set."""

    started_at_utc: str | None = None
    elapsed_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Counting:
    """A countdown of the rules that its judge has running, against a side or against both (None)."""

    id: str
    side: str | None
    started_at_utc: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A confirmed match. ``score`` is in the order of the sides; ``taken`` says of each bout who took it and by what.

    ``walkover``: one side was not there, so there are no bouts; without a winner neither was, and both lost.
    ``captains`` signed or refused, by side; a correction is nothing they saw. ``paper``: keyed in from paper.
    """

    winner: str | None
    score: tuple[float, ...]
    taken: tuple[dict[str, Any], ...]
    walkover: bool
    corrected: bool
    by: str
    at_utc: str
    captains: Mapping[str, str] = field(default_factory=dict)
    paper: bool = False


@dataclass(slots=True)
class Match:
    """Two entries that meet (one for a bye). ``version`` moves when its result does, not with every bout.

    ``given_to`` won because the other side withdrew; ``void``: both did. ``called_off``: it is never held, because a
    result before it was corrected or held again. A match held again has the other's id in ``replaced_by``.
    ``planned_at_utc`` is the start that the plan of the day gives it. ``practice``: of no contest, never counts.
    ``absent`` are those of drawn partners whom it is played without.
    """

    id: str
    division: str
    field: str
    number: int
    pairing: Pairing
    version: int
    armed: bool = False
    bouts: tuple[dict[str, Any], ...] = ()
    decision: str | None = None
    clock: Clock = Clock()
    countdowns: tuple[Counting, ...] = ()
    outcome: Outcome | None = None
    official: bool = False
    given_to: str | None = None
    void: bool = False
    called_off: bool = False
    replay_of: str | None = None
    replaced_by: str | None = None
    protests: frozenset[str] = frozenset()
    planned_at_utc: str | None = None
    practice: bool = False
    absent: frozenset[str] = frozenset()

    @property
    def place(self) -> str:
        return self.pairing.place

    @property
    def sides(self) -> tuple[str, ...]:
        return self.pairing.sides

    @property
    def entries(self) -> tuple[str, ...]:
        """Everybody on either side, but for the alliances that a phase has."""
        return self.pairing.entries

    @property
    def is_confirmed(self) -> bool:
        return self.outcome is not None

    @property
    def is_begun(self) -> bool:
        """Whether anything of it was played or decided, so that it cannot be paired otherwise without a word."""
        return self.is_confirmed or self.armed or bool(self.bouts)

    @property
    def is_over(self) -> bool:
        """Nothing of it is left to be played."""
        return self.is_confirmed or self.given_to is not None or self.void or self.pairing.is_bye

    @property
    def is_waiting(self) -> bool:
        return not (self.is_over or self.called_off or self.replaced_by or self.armed)

    @property
    def winner(self) -> str | None:
        return self.outcome.winner if self.outcome else self.given_to

    @property
    def status(self) -> str:
        """In the words runs have."""
        if self.protests:
            return PROTESTED
        if self.is_over:
            return OFFICIAL if self.official else UNOFFICIAL
        if self.armed:
            return LIVE
        return UNCONFIRMED if self.bouts else START_LIST

    @property
    def is_lost_by_both(self) -> bool:
        """Neither side came."""
        return self.outcome is not None and self.outcome.walkover and self.outcome.winner is None

    @property
    def decided(self) -> Decided | None:
        if self.outcome is None:
            return None
        return Decided(self.outcome.winner, self.outcome.score, self.is_lost_by_both)
