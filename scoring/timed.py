"""Attempts combined into what an entry is ranked by: best, sum, mean, mean of the best, groups of rounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from .model import Ruleset
from .parts import Combined, Criterion, Normalised
from .placing import ATTEMPT_NUMBER

Number = float | Fraction
Combination = Number | tuple[Number | None, ...] | None
"""What an entry has: a number, its attempts in order, or nothing to show."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One run: its results, or a mark (DNS, DNF, DSQ) instead of them."""

    results: Mapping[str, float] = field(default_factory=dict)
    mark: str | None = None

    @property
    def is_valid(self) -> bool:
        return self.mark is None


@dataclass(frozen=True, slots=True)
class Round:
    """A valid attempt with the round it was made in, counted from 1; its results may be shares of the best."""

    number: int
    results: Mapping[str, Number]

    def value(self, name: str) -> Number:
        return float(self.number) if name == ATTEMPT_NUMBER else self.results[name]


Attempts = Sequence[Attempt | None]
Bests = Mapping[tuple[int, str], float]
"""The best of the field by round and result, for those results that are normalised."""


def exact(value: Number) -> Fraction:
    """The decimal number a double was written as: 0.1 is a tenth, so means that look equal are equal."""
    return value if type(value) is Fraction else Fraction(repr(float(value)))


def signed(value: Number, criterion: Criterion | Normalised) -> Number:
    """The value so that less is better."""
    return value if criterion.order == "asc" else -value


def valid_rounds(attempts: Attempts) -> list[Round]:
    return [
        Round(number, attempt.results)
        for number, attempt in enumerate(attempts, 1)
        if attempt and attempt.is_valid
    ]


def combine(ruleset: Ruleset, attempts: Attempts, bests: Bests) -> dict[str, Combination]:
    """An entry's combined values by name; all None without a valid attempt.

    ``bests`` is what normalised results are divided by (see ``bests_of``).
    """
    rounds = [_normalised(made, ruleset.attempts.normalise, bests) for made in valid_rounds(attempts)]
    if not rounds:
        return {combined.name: None for combined in ruleset.combined}
    if ruleset.attempts.unused == "zero":
        rounds += _unused(rounds, ruleset)
    ordered = sorted(rounds, key=lambda made: _better(made, ruleset.attempts.better))
    return {combined.name: _take(combined, rounds, ordered, ruleset) for combined in ruleset.combined}


def bests_of(shares: Sequence[Normalised], field_of: Sequence[Attempts]) -> dict[tuple[int, str], float]:
    """The best result of the field in each round, for each normalised result."""
    bests: dict[tuple[int, str], float] = {}
    for attempts in field_of if shares else ():
        for made in valid_rounds(attempts):
            for share in shares:
                place, value = (made.number, share.name), float(made.results[share.of])
                best = bests.get(place)
                if best is None or signed(value, share) < signed(best, share):
                    bests[place] = value
    return bests


def _normalised(made: Round, shares: Sequence[Normalised], bests: Bests) -> Round:
    if not shares:
        return made
    return Round(
        made.number, {**made.results, **{share.name: _share(made, share, bests) for share in shares}}
    )


def _share(made: Round, share: Normalised, bests: Bests) -> Fraction:
    """The result as a share of the round's best, more being better; 0 where the best is itself not above 0."""
    own, best = exact(made.results[share.of]), exact(bests.get((made.number, share.name), 0.0))
    dividend, divisor = (own, best) if share.order == "desc" else (best, own)
    return dividend / divisor if divisor > 0 else Fraction(int(own == best and share.order == "asc"))


def _unused(rounds: Sequence[Round], ruleset: Ruleset) -> list[Round]:
    used = {made.number for made in rounds}
    names = [result.name for result in ruleset.results] + [share.name for share in ruleset.attempts.normalise]
    nothing = dict.fromkeys(names, 0.0)
    return [Round(number, nothing) for number in range(1, ruleset.attempts.count + 1) if number not in used]


def _better(made: Round, criteria: Sequence[Criterion]) -> tuple[Number, ...]:
    return tuple(signed(made.value(criterion.by), criterion) for criterion in criteria)


def _take(
    combined: Combined, rounds: Sequence[Round], ordered: Sequence[Round], ruleset: Ruleset
) -> Combination:
    """``rounds`` as they were made, ``ordered`` from the best to the worst."""
    in_order = [made.value(combined.of) for made in ordered]
    match combined.take:
        case "best":
            return in_order[0]
        case "nth_best":
            return in_order[combined.count - 1] if combined.count <= len(in_order) else None
        case "last":
            return max(rounds, key=lambda made: made.number).value(combined.of)
        case "attempt":
            return next((made.value(combined.of) for made in rounds if made.number == combined.count), None)
        case "sorted":
            return (*in_order, *[None] * (ruleset.attempts.count - len(in_order)))
        case "mean_of_best":
            return _mean(in_order[: combined.count])
        case "drop_worst":
            kept = in_order[: max(len(in_order) - combined.count, 1)]
            return _THEN[combined.then](kept)
        case "groups":
            return _groups(combined, ordered)
        case _:
            return _THEN[combined.take](in_order)


def _groups(combined: Combined, ordered: Sequence[Round]) -> Combination:
    """One value a group of rounds, then one of those: best of (A, B) plus best of (C, D)."""
    parts: list[tuple[int, Number]] = []
    for group in combined.groups:
        inside = [
            (place, made.value(combined.of)) for place, made in enumerate(ordered) if made.number in group
        ]
        if inside:
            parts.append((inside[0][0], _THEN[combined.each]([value for _, value in inside])))
    if not parts:
        return None
    if combined.then == "best" and combined.each != "best":
        return _best_sum(parts, combined)
    return _THEN[combined.then]([value for _, value in sorted(parts)])


def _best_sum(parts: Sequence[tuple[int, Number]], combined: Combined) -> Number:
    """The best of several sums: less is better for times only."""
    pick = min if combined.type == "time" else max
    return pick(value for _, value in parts)


def _sum(values: Sequence[Number]) -> Number:
    return sum(map(exact, values), Fraction())


def _mean(values: Sequence[Number]) -> Number:
    return _sum(values) / len(values)


_THEN: Mapping[str, Callable[[Sequence[Number]], Number]] = {
    "best": lambda values: values[0],
    "sum": _sum,
    "mean": _mean,
}
