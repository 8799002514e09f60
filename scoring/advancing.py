"""Who goes on from a phase, and what a tie at the line does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .contest import Advance
from .ranking import Standing


@dataclass(frozen=True, slots=True)
class Advancement:
    """Who goes on, in order. ``level`` stand equal at the line; ``needed`` is what must part them, if anything.

    Then ``places`` says how many of them go on.
    """

    entries: tuple[str, ...]
    level: tuple[str, ...] = ()
    needed: str | None = None
    places: int = 0


def advance(standings: Sequence[Standing], rule: Advance) -> Advancement:
    """Who goes on from one table (a whole phase, or one of its groups).

    Level at the line: ``extend`` takes all of them, ``leave_out`` none, ``draw`` and ``extra_run`` leave it open.
    """
    placed = [standing for standing in standings if standing.rank is not None]
    if rule.least_wins is not None:
        placed = [standing for standing in placed if (standing.values.get("wins") or 0) >= rule.least_wins]
    line = _line(len(placed), rule)
    if line >= len(placed) or line == 0 or placed[line].rank != placed[line - 1].rank:
        return Advancement(tuple(standing.id for standing in placed[:line]))
    level = tuple(standing.id for standing in placed if standing.rank == placed[line].rank)
    above = tuple(standing.id for standing in placed[:line] if standing.id not in level)
    if rule.ties == "extend":
        return Advancement(above + level, level)
    if rule.ties == "leave_out":
        return Advancement(above, level)
    return Advancement(above, level, rule.ties, line - len(above))


def _line(placed: int, rule: Advance) -> int:
    """How many go on, ties apart; half of an odd number is rounded up."""
    if rule.share is not None:
        return -int(-Fraction(repr(rule.share)) * placed // 1)
    return next((count for count in (rule.of_each_group, rule.top) if count is not None), placed)
