"""Attempts combined into what an entry is ranked by: best, sum, mean, mean of the best, groups of rounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from .model import Ruleset
from .parts import Combined, Criterion

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


Attempts = Sequence[Attempt | None]
Bests = Mapping[tuple[int, str], float]
"""The best of the field by round and result, for those results that are normalised."""


def exact(value: Number) -> Fraction:
    """The decimal number a double was written as: 0.1 is a tenth, so means that look equal are equal."""
    return value if isinstance(value, Fraction) else Fraction(repr(float(value)))


def signed(value: Number, criterion: Criterion) -> Number:
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


def bests_of(criteria: Sequence[Criterion], field_of: Sequence[Attempts]) -> dict[tuple[int, str], float]:
    """The best result of the field in each round, for each criterion that normalises."""
    bests: dict[tuple[int, str], float] = {}
    for attempts in field_of if criteria else ():
        for made in valid_rounds(attempts):
            for criterion in criteria:
                place, value = (made.number, criterion.by), float(made.results[criterion.by])
                best = bests.get(place)
                if best is None or signed(value, criterion) < signed(best, criterion):
                    bests[place] = value
    return bests


def _normalised(made: Round, criteria: Sequence[Criterion], bests: Bests) -> Round:
    shares = {criterion.by: _share(made, criterion, bests) for criterion in criteria}
    return Round(made.number, {**made.results, **shares}) if shares else made


def _share(made: Round, criterion: Criterion, bests: Bests) -> Fraction:
    """The result as a share of the round's best, more being better; 0 where the best is itself not above 0."""
    own, best = exact(made.results[criterion.by]), exact(bests[made.number, criterion.by])
    dividend, divisor = (own, best) if criterion.order == "desc" else (best, own)
    return dividend / divisor if divisor > 0 else Fraction(int(own == best and criterion.order == "asc"))


def _unused(rounds: Sequence[Round], ruleset: Ruleset) -> list[Round]:
    used = {made.number for made in rounds}
    nothing = {result.name: 0.0 for result in ruleset.results}
    return [Round(number, nothing) for number in range(1, ruleset.attempts.count + 1) if number not in used]


def _better(made: Round, criteria: Sequence[Criterion]) -> tuple[Number, ...]:
    return tuple(signed(made.results[criterion.by], criterion) for criterion in criteria)


def _take(
    combined: Combined, rounds: Sequence[Round], ordered: Sequence[Round], ruleset: Ruleset
) -> Combination:
    """``rounds`` as they were made, ``ordered`` from the best to the worst."""
    in_order = [made.results[combined.of] for made in ordered]
    match combined.take:
        case "best":
            return in_order[0]
        case "nth_best":
            return in_order[combined.count - 1] if combined.count <= len(in_order) else None
        case "last":
            return max(rounds, key=lambda made: made.number).results[combined.of]
        case "attempt":
            return next((made.results[combined.of] for made in rounds if made.number == combined.count), None)
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
            (place, made.results[combined.of]) for place, made in enumerate(ordered) if made.number in group
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
