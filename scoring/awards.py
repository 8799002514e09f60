"""Degrees by a share of the participants, ties at a border settled by the jury."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from .contest import Awards
from .ranking import Standing

Decision = Literal["extend", "leave_out"]
"""What the jury decided of those level at the border of a degree."""


@dataclass(frozen=True, slots=True)
class Degree:
    """One degree: how many it was to have, who has it, and who stands level at its border.

    ``decision`` is None while the jury has still to say whether the level ones are taken in; until then they are.
    """

    degree: int
    quota: int
    entries: tuple[str, ...]
    level: tuple[str, ...]
    decision: Decision | None


def quotas(participants: int, share: float, split: Sequence[float]) -> list[int]:
    """How many winners of each degree: the share rounded down, split by the largest remainder.

    751 participants at 45 % and 20/30/50 give 67, 101 and 169. Equal remainders go to the higher degree.
    """
    winners = int(Fraction(repr(share)) * participants)
    parts = [Fraction(repr(part)) * winners for part in split]
    counts = [int(part) for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda at: (counts[at] - parts[at], at))
    for at in by_remainder[: winners - sum(counts)]:
        counts[at] += 1
    return counts


def award(
    standings: Sequence[Standing], awards: Awards, decisions: Mapping[int, Decision] | None = None
) -> list[Degree]:
    """Who gets which degree; ``decisions`` are the jury's, by degree. Only entries with a place take part."""
    placed = [standing for standing in standings if standing.rank is not None]
    counts = _counts(len(placed), awards)
    degrees: list[Degree] = []
    start = 0
    for degree, quota in enumerate(counts, 1):
        end = min(start + quota, len(placed))
        made = _degree(degree, quota, placed, start, end, (decisions or {}).get(degree))
        degrees.append(made)
        start += len(made.entries)
    return degrees


def _counts(participants: int, awards: Awards) -> list[int]:
    if awards.places:
        return list(awards.places)
    return [] if awards.winners_share is None else quotas(participants, awards.winners_share, awards.split)


def _degree(
    degree: int, quota: int, placed: Sequence[Standing], start: int, end: int, decision: Decision | None
) -> Degree:
    inside = [standing.id for standing in placed[start:end]]
    if not inside or end >= len(placed) or placed[end].rank != placed[end - 1].rank:
        return Degree(degree, quota, tuple(inside), (), None)
    level = [standing.id for standing in placed[start:] if standing.rank == placed[end].rank]
    above = [entry for entry in inside if entry not in level]
    entries = above if decision == "leave_out" else above + level
    return Degree(degree, quota, tuple(entries), tuple(level), decision)
