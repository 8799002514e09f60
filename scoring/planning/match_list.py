"""Lists of qualification matches: what is asked for, what a list is, and how good it is, counted plainly.

Nothing here is shared with the search in ``annealing``: it is judged by this.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from math import comb
from typing import Any

SIDES = 2
MOST_ENTRIES, MOST_ROUNDS = 2_000, 200
"""Every pair is counted, and every match is looked at again and again: more would take hours and all memory."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Matches of ``side`` against ``side``, each of ``entries`` in ``rounds`` of them, ``min_gap`` numbers apart.

    A gap of 1 is back to back. Raises AskedTooMuch where no list can be like that.
    """

    entries: int
    rounds: int
    side: int
    min_gap: int

    def __post_init__(self) -> None:
        if self.rounds < 1:
            raise AskedTooMuch("too_few_rounds", 1)
        if self.entries < self.seats:
            raise AskedTooMuch("too_few_entries", self.seats)
        for code, asked, most in (
            ("too_many_entries", self.entries, MOST_ENTRIES),
            ("too_many_rounds", self.rounds, MOST_ROUNDS),
        ):
            if asked > most:
                raise AskedTooMuch(code, most)
        if self.min_gap > self.entries // self.seats:
            raise AskedTooMuch("gap_too_large", self.entries // self.seats)

    @property
    def seats(self) -> int:
        """How many entries play in one match."""
        return SIDES * self.side

    @property
    def matches(self) -> int:
        return -(-self.entries * self.rounds // self.seats)

    @property
    def surrogates(self) -> int:
        """Seats of the last match that entries fill once more than their share; these do not count for them."""
        return self.matches * self.seats - self.entries * self.rounds


class AskedTooMuch(Exception):
    """What is asked cannot be: ``code`` says why, ``limit`` what could be."""

    def __init__(self, code: str, limit: int) -> None:
        super().__init__(f"{code}: {limit}")
        self.code = code
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Match:
    """One match: the entries of each side by station; ``surrogates`` play it beyond their share."""

    sides: tuple[tuple[int, ...], tuple[int, ...]]
    surrogates: frozenset[int] = frozenset()

    @property
    def entries(self) -> tuple[int, ...]:
        return self.sides[0] + self.sides[1]


def measured(asked: Asked, matches: Sequence[Match]) -> dict[str, Any]:
    """How good a list is; docs/schedule-format.md explains each figure."""
    partners = Counter(pair for match in matches for side in match.sides for pair in _pairs(side))
    opponents = Counter(
        _pair(one, other) for match in matches for one, other in product(match.sides[0], match.sides[1])
    )
    colours, stations, colour_stations = _seats(matches)
    return {
        "matches": len(matches),
        "surrogates": sum(len(match.surrogates) for match in matches),
        "min_gap": min(_gaps(matches), default=len(matches)),
        "partner_repeats": _repeats(partners),
        "opponent_repeats": _repeats(opponents),
        "either_repeats": _repeats(partners + opponents),
        "unbalanced_colours": sum(
            abs(red - blue) > (red + blue) % 2
            for red, blue in ((colours[entry, 0], colours[entry, 1]) for entry in range(asked.entries))
        ),
        "station_spread": _spread(asked.entries, range(asked.side), stations),
        "colour_station_spread": _spread(
            asked.entries, product(range(SIDES), range(asked.side)), colour_stations
        ),
    }


def faults(asked: Asked, matches: Sequence[Match]) -> Iterator[str]:
    """What makes a list unfit for use, whatever its figures: wrong sizes, somebody too often or twice at once."""
    played: Counter[int] = Counter()
    for number, match in enumerate(matches, 1):
        if [len(side) for side in match.sides] != [asked.side] * SIDES:
            yield f"match {number} has sides of other sizes"
        if len(set(match.entries)) != asked.seats or not set(match.entries) <= set(range(asked.entries)):
            yield f"match {number} has somebody twice, or somebody unknown"
        played.update(entry for entry in match.entries if entry not in match.surrogates)
    if any(played[entry] != asked.rounds for entry in range(asked.entries)):
        yield "somebody plays more or less often than asked"
    extra = Counter(entry for match in matches for entry in match.surrogates)
    if max(extra.values(), default=0) > 1:
        yield "somebody is a surrogate twice"


def _gaps(matches: Sequence[Match]) -> Iterator[int]:
    """Differences between the numbers of matches that follow each other for an entry."""
    numbers: dict[int, list[int]] = {}
    for number, match in enumerate(matches):
        for entry in match.entries:
            numbers.setdefault(entry, []).append(number)
    for mine in numbers.values():
        yield from (after - before for before, after in pairwise(mine))


def _seats(
    matches: Sequence[Match],
) -> tuple[Counter[tuple[int, int]], Counter[tuple[int, int]], Counter[tuple[int, tuple[int, int]]]]:
    colours: Counter[tuple[int, int]] = Counter()
    stations: Counter[tuple[int, int]] = Counter()
    both: Counter[tuple[int, tuple[int, int]]] = Counter()
    for match in matches:
        for colour, side in enumerate(match.sides):
            for station, entry in enumerate(side):
                colours[entry, colour] += 1
                stations[entry, station] += 1
                both[entry, (colour, station)] += 1
    return colours, stations, both


def _spread(entries: int, places: Any, counts: Counter[Any]) -> int:
    """The largest difference between how often an entry is in one place and in another."""
    here = list(places)
    return max(
        max(counts[entry, place] for place in here) - min(counts[entry, place] for place in here)
        for entry in range(entries)
    )


def _repeats(pairs: Counter[tuple[int, int]]) -> int:
    return sum(comb(count, 2) for count in pairs.values())


def _pairs(side: Sequence[int]) -> Iterator[tuple[int, int]]:
    return (_pair(one, other) for one, other in combinations(side, 2))


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
