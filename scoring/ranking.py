"""Entries in order, each with the criterion that decided its place.

``Table`` keeps a division's order and mends it by what changed; ``rank`` is a table filled once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .keys import Key, Values, key_of, settle_head_to_head
from .matches import Match, match_values
from .model import Ruleset
from .placing import DRAW, MATCH_CRITERIA
from .timed import Attempt, Attempts, Combination, bests_of, combine

__all__ = ["Attempt", "Match", "Record", "Standing", "Table", "rank"]

_PLACED, _MARKED, _WITHOUT, _OUT = range(4)
_Line = tuple[int, Key, str]
"""The kind of entry, its key (less is better) and its id."""


@dataclass(frozen=True, slots=True)
class Record:
    """What an entry did: an attempt for each round, None where it was not made. ``mark`` is the whole entry's."""

    id: str
    attempts: Attempts = ()
    out_of_competition: bool = False
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry's place. ``reason`` is a code and its facts; ``rank`` is None for an entry that has no place."""

    id: str
    rank: int | None
    mark: str | None
    values: Mapping[str, Any]
    decided_by: str | None
    reason: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "rank": self.rank,
            "mark": self.mark,
            "values": dict(self.values),
            "decided_by": self.decided_by,
            "reason": dict(self.reason),
        }


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
        if not self._has_matches and _performed(record, valid=True) == 0:
            return _WITHOUT, ()
        if not self._has_matches and _performed(record) < self._ruleset.attempts.minimum:
            return _WITHOUT, key
        return _PLACED, key

    def _mark(self, record: Record) -> str | None:
        """The entry's mark: its own, or the mildest of its attempts where none was valid."""
        if record.mark is not None:
            return record.mark
        marks = [attempt.mark for attempt in record.attempts if attempt and attempt.mark]
        if self._has_matches or not marks or _performed(record, valid=True):
            return None
        return min(marks, key=self._order_of)

    def _order_of(self, mark: str) -> int:
        marks = self._ruleset.marks
        return marks.index(mark) if mark in marks else len(marks)

    def _standing(self, line: _Line) -> Standing:
        kind, key, entry = line
        record = self._records[entry]
        decided_by, reason = (
            self._placed_reason(line) if kind == _PLACED else (None, self._other_reason(kind, record))
        )
        rank_ = bisect_left(self._lines, (_PLACED, key)) + 1 if kind == _PLACED else None
        values = {name: _shown(value) for name, value in self._values[entry].items()}
        return Standing(entry, rank_, self._mark(record), values, decided_by, reason)

    def _other_reason(self, kind: int, record: Record) -> dict[str, Any]:
        if kind == _OUT:
            return {"code": "out_of_competition"}
        if kind == _MARKED:
            return {"code": "mark", "mark": self._mark(record)}
        if not _performed(record, valid=True):
            return {"code": "no_result"}
        return {
            "code": "too_few_attempts",
            "performed": _performed(record),
            "minimum": self._ruleset.attempts.minimum,
        }

    def _placed_reason(self, line: _Line) -> tuple[str | None, dict[str, Any]]:
        """What sets the entry apart from the next better one; for the first place, from the next worse one."""
        kind, key, entry = line
        first = bisect_left(self._lines, (kind, key))
        after = bisect_right(self._lines, (kind, key, chr(0x10FFFF)))
        tied = (
            [other for _, _, other in self._lines[first:after] if other != entry] if after - first > 1 else []
        )
        code, at = ("behind", first - 1) if first else ("ahead", after)
        facts: dict[str, Any] = {"tied_with": tied} if tied else {}
        decided_by = None
        if at < len(self._lines) and self._lines[at][0] == _PLACED:
            _, other_key, other = self._lines[at]
            decided_by = next(
                c.by for c, own, its in zip(self._ruleset.ranking, key, other_key, strict=True) if own != its
            )
            facts |= {
                "criterion": decided_by,
                "other": other,
                "value": _shown(self._values[entry].get(decided_by)),
                "other_value": _shown(self._values[other].get(decided_by)),
            }
        elif not tied:
            code = "alone"
        if tied:
            code = "draw_needed" if DRAW in self._criteria else "tied"
        return decided_by, {"code": code, **facts}


def _performed(record: Record, valid: bool = False) -> int:
    """How many attempts the entry made, or made with a valid result."""
    made = [attempt for attempt in record.attempts if attempt is not None and attempt.mark != "DNS"]
    return sum(attempt.is_valid for attempt in made) if valid else len(made)


def _shown(value: Combination) -> Any:
    """A value as JSON has it."""
    if isinstance(value, tuple):
        return [_shown(item) for item in value]
    return float(value) if type(value) is Fraction else value
