"""Qualification matches of two or three against as many, found by simulated annealing.

Every entry plays once a round, so that rounds differ by who sits where: a move swaps two seats of one round. Cooling
lets bad moves through ever more rarely (Kirkpatrick, Gelatt, Vecchi: Optimization by simulated annealing, 1983). A
second annealing then deals out the stations of each side.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from .match_list import Asked, Match, faults, measured

STEPS, STEPS_A_MATCH = 8_000_000, 140_000
"""The most moves tried; a short list needs no more than these for each of its matches."""
STATION_STEPS = 1_500_000
HOT, COLD = 0.6, 0.12
PARTNER, OPPONENT, GAP, COLOUR = 2.2, 1.0, 5.0, 0.8
"""What one repeat, one number too few between two matches, two colours too many cost at first."""
TWICE = 60.0
"""What it costs if somebody plays twice in one match."""
STRICTER = 4.0
"""By how much all but the opponents’ cost grow in the end; at first the search may pass through what is forbidden."""
FLIPS = 0.15
"""How many of the moves flip the colours of a match."""


def anneal(asked: Asked, seed: int = 0, tries: int = 1, steps: int | None = None) -> list[Match]:
    """The best list of ``tries``, each of which takes some seconds; the same for the same seed and steps."""
    moves = min(STEPS, STEPS_A_MATCH * asked.matches) if steps is None else steps
    return min(
        (_tried(asked, seed + attempt, moves) for attempt in range(tries)),
        key=lambda found: _worth(asked, found),
    )


def _tried(asked: Asked, seed: int, steps: int) -> list[Match]:
    seats = _search(asked.entries, asked.rounds, asked.side, asked.min_gap, seed, steps)
    surrogates = frozenset(int(entry) for entry in seats[asked.entries * asked.rounds :])
    dealt = _stations(seats, asked.entries, asked.side, seed, STATION_STEPS)
    rows = dealt.reshape(asked.matches, 2, asked.side).tolist()
    *others, last = [Match((tuple(first), tuple(second))) for first, second in rows]
    return [*others, Match(last.sides, surrogates)]


def compile_now() -> None:
    """Have the search compiled, which takes seconds once a process."""
    seats = _search(8, 2, 2, 1, 0, 10)
    _stations(seats, 8, 2, 0, 10)


def _worth(asked: Asked, matches: list[Match]) -> tuple[Any, ...]:
    told = measured(asked, matches)
    return (
        len(list(faults(asked, matches))),
        -min(told["min_gap"], asked.min_gap),
        told["partner_repeats"],
        told["unbalanced_colours"]
        + max(0, told["colour_station_spread"] - 1)
        + max(0, told["station_spread"] - 1),
        told["opponent_repeats"],
        told["either_repeats"],
    )


@njit(cache=True)
def _search(entries: int, rounds: int, side: int, min_gap: int, seed: int, steps: int) -> Any:
    """Entries by seat: match after match, side after side. ``steps`` moves are tried, from HOT down to COLD."""
    np.random.seed(seed)
    size = 2 * side
    count = -(-entries * rounds // size) * size
    extra = count - entries * rounds
    # The last row of rounds is the surrogates' seats, with everybody who has none behind them, off the list.
    seats = np.empty(entries * (rounds + 1), np.int64)
    for one in range(rounds + 1):
        seats[one * entries : (one + 1) * entries] = np.random.permutation(entries)
    at = np.full((entries, rounds + 2), -1, np.int64)
    partners = np.zeros((entries, entries), np.int64)
    opponents = np.zeros((entries, entries), np.int64)
    reds = np.zeros(entries, np.int64)
    plays = np.zeros(entries, np.int64)
    for seat in range(count):
        entry = seats[seat]
        at[entry, seat // entries] = seat // size
        plays[entry] += 1
        reds[entry] += 1 if seat % size < side else 0
        for other in range(seat - seat % size, seat):
            _count(
                partners, opponents, entry, seats[other], seat % size // side == other % size // side, 1, 1.0
            )
    ratio = (COLD / HOT) ** (1.0 / steps)
    heat = HOT
    segments = rounds + (1 if extra > 0 else 0)
    for step in range(steps):
        heat *= ratio
        strict = 1.0 + STRICTER * (step / steps) ** 2
        if np.random.random() < FLIPS:
            start = np.random.randint(count // size) * size
            if start // entries == (start + size - 1) // entries:
                change = _flip(seats, reds, plays, start, side, strict)
                if change > 0 and np.random.random() >= np.exp(-change / heat):
                    _flip(seats, reds, plays, start, side, strict)
            continue
        segment = np.random.randint(segments)
        here = extra if segment == rounds else entries
        one = segment * entries + np.random.randint(here)
        other = segment * entries + np.random.randint(entries)
        first, second = seats[one], seats[other]
        if first == second or (
            one // size == other // size and one % size // side == other % size // side and other < count
        ):
            continue
        before = _entry_cost(at, reds, plays, first, min_gap, strict) + _entry_cost(
            at, reds, plays, second, min_gap, strict
        )
        change = _move(seats, count, size, side, partners, opponents, one, other, strict)
        _settle(at, reds, plays, seats, count, size, side, one, other, segment)
        change += (
            _entry_cost(at, reds, plays, first, min_gap, strict)
            + _entry_cost(at, reds, plays, second, min_gap, strict)
            - before
        )
        if change > 0 and np.random.random() >= np.exp(-change / heat):
            _move(seats, count, size, side, partners, opponents, one, other, strict)
            _settle(at, reds, plays, seats, count, size, side, one, other, segment)
    return seats[:count]


@njit(cache=True)
def _count(
    partners: Any, opponents: Any, one: int, other: int, is_partner: bool, by: int, strict: float
) -> Any:
    """Count a pair once more (or once less); what that costs. Nobody is anybody's own pair: gaps see to that."""
    low, high = min(one, other), max(one, other)
    if is_partner:
        same, weight = partners[low, high], PARTNER * strict
        partners[low, high] += by
    else:
        same, weight = opponents[low, high], OPPONENT
        opponents[low, high] += by
    if by > 0:
        return weight * same
    return -weight * (same - 1)


@njit(cache=True)
def _move(
    seats: Any,
    count: int,
    size: int,
    side: int,
    partners: Any,
    opponents: Any,
    one: int,
    other: int,
    strict: float,
) -> Any:
    """Swap two seats; what that costs in repeats. Done twice, it is undone."""
    cost = _leave(seats, count, size, side, partners, opponents, one, -1, -1, strict)
    cost += _leave(seats, count, size, side, partners, opponents, other, one, -1, strict)
    seats[one], seats[other] = seats[other], seats[one]
    cost += _leave(seats, count, size, side, partners, opponents, other, one, 1, strict)
    cost += _leave(seats, count, size, side, partners, opponents, one, -1, 1, strict)
    return cost


@njit(cache=True)
def _leave(
    seats: Any,
    count: int,
    size: int,
    side: int,
    partners: Any,
    opponents: Any,
    seat: int,
    but: int,
    by: int,
    strict: float,
) -> Any:
    """Count the pairs of a seat with the rest of its match, but for the seat ``but``, less (or more)."""
    if seat >= count:
        return 0.0
    cost = 0.0
    start = seat - seat % size
    for near in range(start, start + size):
        if near != seat and near != but:
            is_partner = near % size // side == seat % size // side
            cost += _count(partners, opponents, seats[seat], seats[near], is_partner, by, strict)
    return cost


@njit(cache=True)
def _flip(seats: Any, reds: Any, plays: Any, start: int, side: int, strict: float) -> Any:
    """Have two sides change colours, which changes nobody's partners and opponents; what that costs."""
    cost = 0.0
    for seat in range(start, start + side):
        first, second = seats[seat], seats[seat + side]
        cost -= _colour_cost(reds, plays, first, strict) + _colour_cost(reds, plays, second, strict)
        seats[seat], seats[seat + side] = second, first
        reds[first] -= 1
        reds[second] += 1
        cost += _colour_cost(reds, plays, first, strict) + _colour_cost(reds, plays, second, strict)
    return cost


@njit(cache=True)
def _colour_cost(reds: Any, plays: Any, entry: int, strict: float) -> Any:
    beyond = abs(2 * reds[entry] - plays[entry]) - plays[entry] % 2
    return COLOUR * strict * beyond * beyond / 2


@njit(cache=True)
def _settle(
    at: Any,
    reds: Any,
    plays: Any,
    seats: Any,
    count: int,
    size: int,
    side: int,
    one: int,
    other: int,
    segment: int,
) -> None:
    """Write down where the two entries of swapped seats are now."""
    for seat, was in ((one, other), (other, one)):
        entry = seats[seat]
        at[entry, segment] = seat // size if seat < count else -1
        plays[entry] += (1 if seat < count else 0) - (1 if was < count else 0)
        is_red = 1 if seat < count and seat % size < side else 0
        was_red = 1 if was < count and was % size < side else 0
        reds[entry] += is_red - was_red


@njit(cache=True)
def _entry_cost(at: Any, reds: Any, plays: Any, entry: int, min_gap: int, strict: float) -> Any:
    """What an entry's gaps and colours cost."""
    cost = 0.0
    for turn in range(at.shape[1] - 1):
        if at[entry, turn + 1] >= 0:
            missing = min_gap - (at[entry, turn + 1] - at[entry, turn])
            if missing > 0:
                cost += GAP * strict * missing
            if at[entry, turn + 1] == at[entry, turn]:
                cost += TWICE
    return cost + _colour_cost(reds, plays, entry, strict)


@njit(cache=True)
def _stations(seats: Any, entries: int, side: int, seed: int, steps: int) -> Any:
    """The same sides with their stations dealt out evenly: a move swaps two stations of one side."""
    np.random.seed(seed)
    seats = seats.copy()
    held = np.zeros((entries, 2, side), np.int64)
    for seat in range(seats.size):
        held[seats[seat], seat // side % 2, seat % side] += 1
    ratio = (COLD / HOT) ** (1.0 / steps)
    heat = HOT
    for _ in range(steps):
        heat *= ratio
        row = np.random.randint(seats.size // side) * side
        one, other = row + np.random.randint(side), row + np.random.randint(side)
        if one == other:
            continue
        first, second = seats[one], seats[other]
        before = _unevenness(held, first) + _unevenness(held, second)
        _reseat(held, seats, side, one, other)
        change = _unevenness(held, first) + _unevenness(held, second) - before
        if change > 0 and np.random.random() >= np.exp(-change / heat):
            _reseat(held, seats, side, one, other)
    return seats


@njit(cache=True)
def _reseat(held: Any, seats: Any, side: int, one: int, other: int) -> None:
    colour = one // side % 2
    first, second = seats[one], seats[other]
    held[first, colour, one % side] -= 1
    held[first, colour, other % side] += 1
    held[second, colour, other % side] -= 1
    held[second, colour, one % side] += 1
    seats[one], seats[other] = second, first


@njit(cache=True)
def _unevenness(held: Any, entry: int) -> Any:
    """The sum of squares is least where an entry is everywhere equally often."""
    cost = 0.0
    for station in range(held.shape[2]):
        both = held[entry, 0, station] + held[entry, 1, station]
        cost += both * both
        for colour in range(2):
            cost += 2.0 * held[entry, colour, station] * held[entry, colour, station]
    return cost
