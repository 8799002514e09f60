"""Entries in order, each with the criterion that decided its place.

``Table`` keeps a division's order and mends it by what changed; ``rank`` is a table filled once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .keys import Key, Values, key_of, settle_head_to_head
from .matches import Match, match_values
from .model import Ruleset
from .placing import DRAW, MATCH_CRITERIA
from .standing import Neighbour, Record, Standing, has_result, performed, reason_of_place, shown
from .timed import Attempt, bests_of, combine

__all__ = ["Attempt", "Match", "Record", "Standing", "Table", "rank"]

_PLACED, _MARKED, _WITHOUT, _OUT = range(4)
_AFTER_EVERY_ID = chr(0x10FFFF)
_Line = tuple[int, Key, str]
"""The kind of entry, its key (less is better) and its id."""


def rank(
    ruleset: Ruleset,
    records: Iterable[Record],
    matches: Sequence[Match] = (),
    draws: Mapping[str, float] | None = None,
) -> list[Standing]:
    """The standings of a division, best first; ties share a place.

    After the placed entries come those without a valid result, by their mark, then those out of competition.
    The order does not depend on the order of ``records``.
    """
    return Table(ruleset, records, matches, draws).standings()


class Table:
    """The order of a division. A change of one entry moves one line, unless results depend on each other."""

    def __init__(
        self,
        ruleset: Ruleset,
        records: Iterable[Record] = (),
        matches: Sequence[Match] = (),
        draws: Mapping[str, float] | None = None,
    ) -> None:
        self._ruleset = ruleset
        self._criteria = {criterion.by for criterion in ruleset.ranking}
        self._has_matches = not self._criteria.isdisjoint(MATCH_CRITERIA)
        self._records = {record.id: record for record in records}
        self._matches = tuple(matches)
        self._draws = dict(draws or {})
        self._rebuild()

    def update(self, record: Record) -> None:
        """Put in a new or changed entry."""
        self._records[record.id] = record
        if self._reaches_others():
            self._rebuild()
        else:
            self._take_out(record.id)
            self._values[record.id] = self._own_values(record)
            insort(self._lines, self._line(record))

    def remove(self, entry: str) -> None:
        """Take an entry out. Raises KeyError where there is no such entry."""
        del self._records[entry]
        if self._reaches_others():
            self._rebuild()
        else:
            self._take_out(entry)

    def play(self, matches: Sequence[Match]) -> None:
        """Replace the matches played."""
        self._matches = tuple(matches)
        self._rebuild()

    def draw(self, draws: Mapping[str, float]) -> None:
        """Replace the random draws that were made."""
        self._draws = dict(draws)
        self._rebuild()

    def __len__(self) -> int:
        return len(self._lines)

    def standings(self, start: int = 0, count: int | None = None) -> list[Standing]:
        """The lines from ``start`` on, best first."""
        stop = len(self._lines) if count is None else min(start + count, len(self._lines))
        return [self._standing(self._lines[at]) for at in range(start, stop)]

    def standing(self, entry: str) -> Standing:
        """One entry's place. Raises KeyError where there is no such entry."""
        return self._standing(self._line_of[entry])

    def _reaches_others(self) -> bool:
        """Whether a change of one entry's record changes what others have."""
        return self._has_matches or self._bests != self._bests_now()

    def _bests_now(self) -> Mapping[tuple[int, str], float]:
        counted = [record.attempts for record in self._records.values() if not record.out_of_competition]
        return bests_of(self._ruleset.attempts.normalise, counted)

    def _rebuild(self) -> None:
        self._bests = self._bests_now()
        self._values: dict[str, Values] = {
            entry: self._own_values(record) for entry, record in self._records.items()
        }
        if self._has_matches and self._ruleset.match is not None:
            for entry, values in match_values(self._records, self._matches, self._ruleset.match).items():
                self._values[entry].update(values)
            settle_head_to_head(self._values, self._ruleset, self._matches)
        self._line_of: dict[str, _Line] = {}
        self._lines = sorted(self._line(record) for record in self._records.values())

    def _take_out(self, entry: str) -> None:
        line = self._line_of.pop(entry, None)
        if line is not None:
            del self._lines[bisect_left(self._lines, line)]
            del self._values[entry]

    def _own_values(self, record: Record) -> Values:
        values = combine(self._ruleset, record.attempts, self._bests)
        return {**values, DRAW: self._draws.get(record.id)} if DRAW in self._criteria else values

    def _line(self, record: Record) -> _Line:
        key = key_of(self._values[record.id], self._ruleset.ranking)
        kind, key = self._kind(record, key)
        line = self._line_of[record.id] = (kind, key, record.id)
        return line

    def _kind(self, record: Record, key: Key) -> tuple[int, Key]:
        if record.out_of_competition:
            return _OUT, key
        mark = self._mark(record)
        if mark is not None:
            return _MARKED, (self._order_of(mark),)
        if not self._has_matches and not has_result(record):
            return _WITHOUT, ()
        if not self._has_matches and performed(record) < self._ruleset.attempts.minimum:
            return _WITHOUT, key
        return _PLACED, key

    def _mark(self, record: Record) -> str | None:
        """The entry's mark: its own, or the mildest of its attempts where none was valid."""
        if record.mark is not None:
            return record.mark
        marks = [attempt.mark for attempt in record.attempts if attempt and attempt.mark]
        if self._has_matches or not marks or has_result(record):
            return None
        return min(marks, key=self._order_of)

    def _order_of(self, mark: str) -> int:
        marks = self._ruleset.marks
        return marks.index(mark) if mark in marks else len(marks)

    def _standing(self, line: _Line) -> Standing:
        kind, key, entry = line
        record = self._records[entry]
        values = {name: shown(value) for name, value in self._values[entry].items()}
        if kind != _PLACED:
            return Standing(entry, None, self._mark(record), values, None, self._reason_of_none(kind, record))
        first = bisect_left(self._lines, (_PLACED, key))
        after = bisect_right(self._lines, (_PLACED, key, _AFTER_EVERY_ID))
        tied = (
            [other for _, _, other in self._lines[first:after] if other != entry] if after - first > 1 else []
        )
        neighbour = self._neighbour(first, after)
        decided_by, reason = reason_of_place(self._ruleset.ranking, key, self._values[entry], neighbour, tied)
        if tied and DRAW in self._criteria:
            reason = {**reason, "code": "draw_needed"}
        return Standing(entry, first + 1, None, values, decided_by, reason)

    def _neighbour(self, first: int, after: int) -> Neighbour | None:
        """Who explains the place that the lines from ``first`` up to ``after`` share."""
        at = first - 1 if first else after
        if at >= len(self._lines) or self._lines[at][0] != _PLACED:
            return None
        _, key, entry = self._lines[at]
        return Neighbour(entry, key, self._values[entry], at < first)

    def _reason_of_none(self, kind: int, record: Record) -> dict[str, Any]:
        """Why an entry has no place."""
        if kind == _OUT:
            return {"code": "out_of_competition"}
        if kind == _MARKED:
            return {"code": "mark", "mark": self._mark(record)}
        if not has_result(record):
            return {"code": "no_result"}
        facts = {"performed": performed(record), "minimum": self._ruleset.attempts.minimum}
        return {"code": "too_few_attempts", **facts}
