"""Elimination brackets: who meets whom, drawn once for any number of entries, then played match by match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

From = Literal["seed", "winner", "loser"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a side comes from: a seed (``of`` is its number, from 1), or the winner or loser of the match ``of``."""

    kind: From
    of: str | int


@dataclass(frozen=True, slots=True)
class BracketMatch:
    """A place in the bracket; ``part`` is upper, lower, final, reset or bronze. A series of ``best_of`` games."""

    id: str
    part: str
    round: int
    sides: tuple[Source, Source]
    best_of: int = 1


ALLIANCES_OF_8 = 8

Bracket = tuple[BracketMatch, ...]
"""Matches in an order in which each comes after those its sides come from."""


def single_elimination(
    entries: int, *, bronze: bool = False, best_of: int = 1, final_best_of: int | None = None
) -> Bracket:
    """A knock-out; the best seeds have the byes, and the first two can only meet in the final."""
    upper = _upper(entries, best_of)
    *before, final = upper
    made = [*before, replace(final, part="final", best_of=final_best_of or best_of)]
    if bronze and entries >= 4:
        losers = tuple(Source("loser", source.of) for source in final.sides)
        made.insert(-1, BracketMatch("B1", "bronze", final.round, (losers[0], losers[1]), best_of))
    return tuple(made)


def double_elimination(
    entries: int, *, final_reset: bool = True, best_of: int = 1, final_best_of: int | None = None
) -> Bracket:
    """Out after two defeats. With ``final_reset`` the upper finalist has to be beaten twice.

    Losers drop into the lower bracket crossed over, so that those who have met meet again as late as can be.
    """
    upper = _upper(entries, best_of)
    lower = _lower(upper, best_of)
    last = Source("winner", lower[-1].id) if lower else Source("loser", upper[-1].id)
    finals = [
        BracketMatch("F1", "final", 1, (Source("winner", upper[-1].id), last), final_best_of or best_of)
    ]
    if final_reset:
        sides = (Source("winner", "F1"), Source("loser", "F1"))
        finals.append(BracketMatch("F2", "reset", 2, sides, final_best_of or best_of))
    return _in_playing_order((*upper, *lower, *finals))


def alliances_of_8() -> Bracket:
    """The FRC playoff of eight alliances: crossed lower bracket, final best of three, no reset."""

    def match(number: int, part: str, round_: int, left: Source, right: Source) -> BracketMatch:
        return BracketMatch(f"M{number}", part, round_, (left, right))

    def won(number: int) -> Source:
        return Source("winner", f"M{number}")

    def lost(number: int) -> Source:
        return Source("loser", f"M{number}")

    def seed(number: int) -> Source:
        return Source("seed", number)

    final = BracketMatch("F1", "final", 6, (won(11), won(13)), best_of=3)
    return (
        match(1, "upper", 1, seed(1), seed(8)),
        match(2, "upper", 1, seed(4), seed(5)),
        match(3, "upper", 1, seed(2), seed(7)),
        match(4, "upper", 1, seed(3), seed(6)),
        match(5, "lower", 2, lost(1), lost(2)),
        match(6, "lower", 2, lost(3), lost(4)),
        match(7, "upper", 2, won(1), won(2)),
        match(8, "upper", 2, won(3), won(4)),
        match(9, "lower", 3, lost(7), won(6)),
        match(10, "lower", 3, lost(8), won(5)),
        match(11, "upper", 4, won(7), won(8)),
        match(12, "lower", 4, won(10), won(9)),
        match(13, "lower", 5, lost(11), won(12)),
        final,
    )


def seeding(size: int) -> list[int]:
    """Seeds in the order of the first round: 1 against the last, and 1 and 2 in different halves."""
    order = [1]
    while len(order) < size:
        total = 2 * len(order) + 1
        order = [seed for best in order for seed in (best, total - best)]
    return order


def _upper(entries: int, best_of: int) -> list[BracketMatch]:
    if entries < 2:
        raise ValueError("a bracket needs two entries")
    size = 1 << (entries - 1).bit_length()
    sources = [Source("seed", seed) for seed in seeding(size)]
    matches: list[BracketMatch] = []
    round_ = 0
    while len(sources) > 1:
        round_ += 1
        made = _round("U", "upper", round_, list(zip(sources[::2], sources[1::2], strict=True)), best_of)
        matches += made
        sources = [Source("winner", match.id) for match in made]
    return matches


def _round(
    letter: str, part: str, number: int, pairs: Sequence[tuple[Source, Source]], best_of: int
) -> list[BracketMatch]:
    return [
        BracketMatch(f"{letter}{number}.{at}", part, number, pair, best_of)
        for at, pair in enumerate(pairs, 1)
    ]


def _lower(upper: Sequence[BracketMatch], best_of: int) -> list[BracketMatch]:
    """Two rounds for each upper round after the first: the dropped come in, then the survivors halve."""
    dropped = list(_losers_by_round(upper))
    crossings = drop_crossings(len(dropped))
    survivors, matches, round_ = dropped[0], list[BracketMatch](), 0
    for losers, crossing in zip(dropped[1:], crossings[1:], strict=True):
        for pairs in (_halved, lambda own, these=losers, mask=crossing: _dropped_in(own, these, mask)):
            round_ += 1
            made = _round("L", "lower", round_, pairs(survivors), best_of)
            matches += made
            survivors = [Source("winner", match.id) for match in made]
    return matches


def _halved(survivors: Sequence[Source]) -> list[tuple[Source, Source]]:
    return list(zip(survivors[::2], survivors[1::2], strict=True))


def _dropped_in(
    survivors: Sequence[Source], losers: Sequence[Source], mask: int
) -> list[tuple[Source, Source]]:
    return [(losers[at ^ mask], survivor) for at, survivor in enumerate(survivors)]


def _losers_by_round(upper: Sequence[BracketMatch]) -> Iterator[list[Source]]:
    for round_ in range(1, upper[-1].round + 1):
        yield [Source("loser", match.id) for match in upper if match.round == round_]


def drop_crossings(rounds: int) -> list[int]:
    """For each upper round, how its losers are crossed: the one of match ``i`` drops to place ``i ^ mask``.

    Two who met in round r meet again where their ways in the lower bracket join: the more leading bits their places
    share when the winner drops too, the sooner. Each mask is the one that puts off the soonest such meeting longest.
    """
    masks = [0]
    for round_ in range(2, rounds + 1):
        bits = rounds - round_
        masks.append(max(range(1 << bits), key=lambda mask: sorted(_delays(mask, masks))))
    return masks


def _delays(mask: int, masks: Sequence[int]) -> list[int]:
    """How many halvings after the drop each earlier round's losers can be met again."""
    inside = [earlier >> (len(masks) - at) for at, earlier in enumerate(masks)]
    return [(mask ^ place).bit_length() for place in inside]


def _in_playing_order(bracket: Bracket) -> Bracket:
    """Each match after those its sides come from, rounds of the two parts side by side."""
    placed: list[BracketMatch] = []
    done: set[str | int] = set()
    waiting = list(bracket)
    while waiting:
        ready = [m for m in waiting if all(side.kind == "seed" or side.of in done for side in m.sides)]
        placed += ready
        done |= {match.id for match in ready}
        waiting = [match for match in waiting if match.id not in done]
    return tuple(placed)
