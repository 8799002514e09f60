"""One line of the standings: what an entry did, where it stands, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from .keys import Key, Values
from .parts import Criterion
from .timed import Attempts, Combination

BRACKET = "bracket"
"""What decided a place, and the code of its reason, where it was neither attempts nor a table."""


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


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The entry that a place is explained by: the next better one, or of the first place the next worse."""

    id: str
    key: Key
    values: Values
    is_better: bool


def reason_of_place(
    ranking: Sequence[Criterion], key: Key, values: Values, neighbour: Neighbour | None, tied: Sequence[str]
) -> tuple[str | None, dict[str, Any]]:
    """The criterion that sets an entry apart from its neighbour, and the reason of its place."""
    if neighbour is None:
        return None, {"code": "tied", "tied_with": list(tied)} if tied else {"code": "alone"}
    differing = zip(ranking, key, neighbour.key, strict=True)
    decided_by = next(criterion.by for criterion, own, other in differing if own != other)
    facts = {
        "criterion": decided_by,
        "other": neighbour.id,
        "value": shown(values.get(decided_by)),
        "other_value": shown(neighbour.values.get(decided_by)),
    }
    if tied:
        return decided_by, {"code": "tied", "tied_with": list(tied), **facts}
    return decided_by, {"code": "behind" if neighbour.is_better else "ahead", **facts}


def with_places(standings: Sequence[Standing], places: Mapping[str, int]) -> list[Standing]:
    """The standings with the places that brackets decided: their entries first, the others behind as they stood."""
    first = sorted((one for one in standings if one.id in places), key=lambda one: places[one.id])
    others = [one for one in standings if one.id not in places]
    ranks = [one.rank for one in others if one.rank is not None]
    placed = [
        replace(one, rank=places[one.id], decided_by=BRACKET, reason={"code": BRACKET}) for one in first
    ]
    behind = [
        one
        if one.rank is None
        else replace(one, rank=len(first) + 1 + sum(rank < one.rank for rank in ranks))
        for one in others
    ]
    return [*placed, *behind]


def performed(record: Record) -> int:
    """How many attempts the entry made."""
    return sum(attempt is not None and attempt.mark != "DNS" for attempt in record.attempts)


def has_result(record: Record) -> bool:
    return any(attempt is not None and attempt.is_valid for attempt in record.attempts)


def shown(value: Combination) -> Any:
    """A value as JSON has it."""
    if isinstance(value, tuple):
        return [shown(item) for item in value]
    return float(value) if type(value) is Fraction else value
