"""Qualification matches as a contest has them: what list its phase asks for, and the pairings of one that fits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from .contest import Phase
from .planning.match_list import SIDES, Asked, Match, faults
from .situation import Pairing


@dataclass(frozen=True, slots=True)
class Listed:
    """A match of a list: who plays on each side, by station, and whom of them it does not count for."""

    sides: tuple[tuple[str, ...], ...]
    surrogates: frozenset[str] = frozenset()


def asked_of(phase: Phase, entries: int) -> Asked:
    """What a phase asks of its list for so many entries, the gap smaller where they are few. Raises AskedTooMuch."""
    assert phase.rounds is not None
    gap = max(1, min(phase.min_gap, entries // (SIDES * phase.side)))
    return Asked(entries, phase.rounds, phase.side, gap)


def fits(phase: Phase, entries: Collection[str], listed: Sequence[Listed]) -> bool:
    """Whether a list is one for these entries: each as often as asked, nobody twice in a match, no strangers.

    Raises AskedTooMuch where there can be none for so many.
    """
    at = {entry: number for number, entry in enumerate(entries)}
    matches = [_as_numbers(one, at) for one in listed]
    fitting = [match for match in matches if match is not None]
    asked = asked_of(phase, len(at))
    return len(fitting) == len(listed) == asked.matches and not any(faults(asked, fitting))


def pairings(phase: Phase, entries: int, listed: Sequence[Listed]) -> list[Pairing]:
    """The matches of a list in its order; a match is of the round in which most of it is played."""
    seats = SIDES * phase.side
    return [
        Pairing(
            f"{phase.id}.{number}",
            phase.id,
            "qualification",
            (number - 1) * seats // entries + 1,
            tuple(side[0] for side in one.sides),
            alliances=one.sides,
            surrogates=one.surrogates,
        )
        for number, one in enumerate(listed, 1)
    ]


def _as_numbers(listed: Listed, at: Mapping[str, int]) -> Match | None:
    """A match with entries by their numbers; None where it cannot be one."""
    players = {entry for side in listed.sides for entry in side}
    if len(listed.sides) != SIDES or not listed.surrogates <= players <= at.keys():
        return None
    first, second = (tuple(map(at.__getitem__, side)) for side in listed.sides)
    return Match((first, second), frozenset(map(at.__getitem__, listed.surrogates)))
