"""How uneven a schedule's matches are, counted as they change: squares over tables and sides, repeats over pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from .instance import Sides

TABLE, SIDE, MEETING = 1, 2, 3
"""What one more of each weighs."""

EntryKind = tuple[str, str]
EntrySides = tuple[str, int]


@dataclass(slots=True)
class Lines:
    """What one activity adds: (entry and kind, table, of how many), (entry and number of sides, side), its match."""

    tables: list[tuple[EntryKind, str, int]] = field(default_factory=list)
    sides: list[tuple[EntrySides, int]] = field(default_factory=list)
    match: Sides = ()


class Counts:
    """``cost`` is least where every count is as even as its sum lets it be, and nobody meets twice."""

    def __init__(self) -> None:
        self.cost = 0
        self._tables: dict[EntryKind, Counter[str]] = defaultdict(Counter)
        self._of_tables: dict[EntryKind, int] = {}
        self._sides: dict[EntrySides, Counter[int]] = defaultdict(Counter)
        self._pairs: Counter[tuple[str, str, bool]] = Counter()
        self._least: int | None = None

    @property
    def is_even(self) -> bool:
        """Changes leave every sum as it is: the least there can be is counted once, at the first question."""
        if self._least is None:
            self._least = TABLE * sum(
                _least(sum(used.values()), self._of_tables[of]) for of, used in self._tables.items()
            ) + SIDE * sum(_least(sum(used.values()), sides) for (_, sides), used in self._sides.items())
        return self.cost <= self._least

    def could_be_evener(self, lines: Lines, matches: Iterable[Sequence[Sequence[str]]]) -> bool:
        """Whether an activity is at a table or side that one of its entries is at too often, or in a match of two who
        meet again."""
        for of, table, many in lines.tables:
            used = self._tables[of]
            if (used[table] - 1) * many >= used.total():
                return True
        for whose, side in lines.sides:
            had = self._sides[whose]
            if (had[side] - 1) * whose[1] >= had.total():
                return True
        return any(self._pairs[pair] > 1 for match in matches for pair in _pairs(match))

    def add(self, lines: Lines) -> None:
        self._count(lines, 1)

    def remove(self, lines: Lines) -> None:
        self._count(lines, -1)

    def meet(self, match: Sequence[Sequence[str]], sign: int) -> None:
        """All on one side are partners, all on two are opponents; ``sign`` is 1, or −1 where they no longer meet."""
        for pair in _pairs(match):
            was = self._pairs[pair]
            self._pairs[pair] = was + sign
            self.cost += MEETING * (was if sign > 0 else 1 - was)

    def _count(self, lines: Lines, sign: int) -> None:
        for of, table, many in lines.tables:
            self._of_tables[of] = many
            was = self._tables[of][table]
            self._tables[of][table] = was + sign
            self.cost += TABLE * (1 + 2 * was * sign)
        for whose, side in lines.sides:
            was = self._sides[whose][side]
            self._sides[whose][side] = was + sign
            self.cost += SIDE * (1 + 2 * was * sign)
        if lines.match:
            self.meet(lines.match, sign)


def _pairs(match: Sequence[Sequence[str]]) -> Iterator[tuple[str, str, bool]]:
    """Who is with whom, True where as partners; the first name of two comes first."""
    for side in match:
        if len(side) > 1:
            for one, other in combinations(sorted(side), 2):
                yield one, other, True
    for ours, theirs in combinations(match, 2):
        for one in ours:
            for other in theirs:
                yield (one, other, False) if one < other else (other, one, False)


def _least(total: int, among: int) -> int:
    """The sum of squares of ``total`` spread evenly."""
    each, more = divmod(total, among)
    return (among - more) * each**2 + more * (each + 1) ** 2
