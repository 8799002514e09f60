"""Brackets of any size end with one winner; nobody is out too early; those who met meet again as late as can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import permutations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.bracket_play import Played, play
from scoring.brackets import (
    Bracket,
    alliances_of_8,
    double_elimination,
    drop_crossings,
    seeding,
    single_elimination,
)
from scoring.matches import Match

sizes = st.integers(2, 128)


def played_out(bracket: Bracket, entries: list[str], random: Random) -> tuple[Played, list[Match]]:
    """Every ready match played by chance, until there is none."""
    matches: list[Match] = []
    while True:
        now = play(bracket, entries, matches)
        ready = [placed for placed in now.matches if placed.status == "ready"]
        if not ready:
            return now, matches
        for placed in ready:
            left, right = placed.sides
            assert left is not None
            assert right is not None
            matches.append(Match((left, right), random.choice([left, right, None])))


def names(count: int) -> list[str]:
    return [f"e{number}" for number in range(1, count + 1)]


def defeats(played: Played) -> Counter[str]:
    return Counter(placed.loser for placed in played.matches if placed.status == "played" and placed.loser)


@settings(max_examples=40, deadline=None)
@given(sizes, st.booleans(), st.sampled_from([1, 3]), st.integers(0, 10**6))
def test_single_elimination_ends_with_one_winner(count: int, bronze: bool, best_of: int, seed: int) -> None:
    bracket = single_elimination(count, bronze=bronze, best_of=best_of)
    played, _ = played_out(bracket, names(count), Random(seed))
    knock_outs = Counter(p.loser for p in played.matches if p.status == "played" and p.match.part != "bronze")
    assert played.champion is not None
    assert set(knock_outs) == set(names(count)) - {played.champion}
    assert set(knock_outs.values()) <= {1}
    met = [frozenset(placed.sides) for placed in played.matches if placed.status == "played"]
    assert len(met) == len(set(met))


@settings(max_examples=40, deadline=None)
@given(sizes, st.booleans(), st.integers(0, 10**6))
def test_double_elimination_takes_two_defeats(count: int, reset: bool, seed: int) -> None:
    bracket = double_elimination(count, final_reset=reset)
    played, _ = played_out(bracket, names(count), Random(seed))
    lost = defeats(played)
    assert played.champion is not None
    final = next(placed for placed in played.matches if placed.match.part == "final")
    for entry in set(names(count)) - {played.champion}:
        assert lost[entry] == 2 or (not reset and entry in final.sides)
    assert lost[played.champion] <= 1


Crossing = tuple[int, ...]
"""Where each loser of an upper round drops to."""


def soonest_rematch(crossings: Sequence[Crossing], rounds: int) -> int:
    """The first lower round in which two can meet who have met in the upper bracket, by following who may be where.

    A place of the lower bracket is the set of upper matches (round, number) whose losers may stand there.
    """
    places = [{(1, number)} for number in range(2 ** (rounds - 1))]
    lower_round = 0
    for upper_round, crossing in enumerate(crossings, 2):
        dropped = [{(upper_round, crossing.index(place))} for place in range(len(places) // 2)]
        for pairs in (list(zip(places[::2], places[1::2], strict=True)), None):
            lower_round += 1
            meeting = pairs if pairs is not None else list(zip(dropped, places, strict=True))
            if any(have_met(one, other) for left, right in meeting for one in left for other in right):
                return lower_round
            places = [left | right for left, right in meeting]
    return lower_round + 1


def have_met(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether the loser of the later match came by way of the earlier one, and so beat its loser there."""
    (early, place), (late, above) = sorted((one, other))
    return early < late and place >> (late - early) == above


def crossings_of(bracket: Bracket, rounds: int) -> list[Crossing]:
    """How the losers of each upper round after the first are crossed in a bracket that was drawn."""
    return [
        tuple(
            next(at for at, match in enumerate(lower) if match.sides[0].of == f"U{upper_round}.{number}")
            for number in range(1, len(lower) + 1)
        )
        for upper_round in range(2, rounds + 1)
        for lower in [[m for m in bracket if m.part == "lower" and m.round == 2 * (upper_round - 1)]]
    ]


@pytest.mark.parametrize("rounds", [3, 4])
def test_no_pair_meets_again_before_it_must(rounds: int) -> None:
    """Of every way to cross the losers over, none puts the first rematch off longer."""
    every_way = product(*(permutations(range(2 ** (rounds - k))) for k in range(2, rounds + 1)))
    latest = max(soonest_rematch(way, rounds) for way in every_way)
    assert soonest_rematch(crossings_of(double_elimination(2**rounds), rounds), rounds) == latest


@pytest.mark.parametrize(("rounds", "soonest"), [(5, 5), (6, 7), (7, 8)])
def test_large_brackets_keep_them_apart_too(rounds: int, soonest: int) -> None:
    """Dropping straight down brings the first rematch in the second lower round; crossing puts it off by several."""
    straight = [tuple(range(2 ** (rounds - k))) for k in range(2, rounds + 1)]
    crossed = crossings_of(double_elimination(2**rounds), rounds)
    assert soonest_rematch(straight, rounds) == 2
    assert soonest_rematch(crossed, rounds) == soonest


@pytest.mark.parametrize("rounds", range(2, 8))
def test_the_first_drop_is_crossed_to_the_other_half(rounds: int) -> None:
    """No loser of the first round can meet the one who beat it before half of the lower bracket is behind both."""
    second = drop_crossings(rounds)[1]
    places = 2 ** (rounds - 2)
    assert second.bit_length() == places.bit_length() - 1


@given(sizes)
def test_the_best_seeds_have_the_byes_and_meet_last(count: int) -> None:
    played = play(single_elimination(count), names(count), [])
    walked = {placed.winner for placed in played.matches if placed.status == "walkover"}
    size = 1 << (count - 1).bit_length()
    assert walked == set(names(size - count))
    order = seeding(size)
    assert order.index(1) // (size // 2) != order.index(2) // (size // 2)
    assert all(left + right == size + 1 for left, right in zip(order[::2], order[1::2], strict=True))


def test_frc_alliances() -> None:
    bracket = {match.id: tuple((side.kind, side.of) for side in match.sides) for match in alliances_of_8()}
    upper = [bracket[f"M{number}"] for number in (1, 2, 3, 4)]
    assert upper == [(("seed", left), ("seed", right)) for left, right in ((1, 8), (4, 5), (2, 7), (3, 6))]
    assert bracket["M9"] == (("loser", "M7"), ("winner", "M6"))
    assert bracket["M10"] == (("loser", "M8"), ("winner", "M5"))
    assert bracket["M12"] == (("winner", "M10"), ("winner", "M9"))
    assert bracket["M13"] == (("loser", "M11"), ("winner", "M12"))
    assert bracket["F1"] == (("winner", "M11"), ("winner", "M13"))
    played, matches = played_out(alliances_of_8(), names(8), Random(3))
    assert played.champion is not None
    assert len([placed for placed in played.matches if placed.status == "played"]) == 14
    final = played.matches[-1]
    assert final.games.count(final.winner) == 2
    assert len(matches) >= 15


def test_bronze_is_between_the_losing_semifinalists() -> None:
    matches = [Match(("e1", "e4"), "e1"), Match(("e2", "e3"), "e3"), Match(("e4", "e2"), "e2")]
    played = {
        placed.match.id: placed
        for placed in play(single_elimination(4, bronze=True), names(4), matches).matches
    }
    assert (played["B1"].winner, set(played["B1"].sides)) == ("e2", {"e2", "e4"})
    assert played["U2.1"].status == "ready"


def test_a_withdrawn_entry_gives_a_walkover() -> None:
    played = play(single_elimination(4), names(4), [Match(("e1", "e4"), "e1")], withdrawn=["e1"])
    by_id = {placed.match.id: placed for placed in played.matches}
    assert by_id["U1.1"].winner == "e1"
    assert by_id["U1.2"].status == "ready"
    after = play(
        single_elimination(4), names(4), [Match(("e1", "e4"), "e1"), Match(("e2", "e3"), "e2")], ["e1"]
    )
    assert (after.champion, after.matches[-1].status) == ("e2", "walkover")


def test_places_of_a_knock_out() -> None:
    matches = [Match(("e1", "e4"), "e1"), Match(("e2", "e3"), "e3"), Match(("e4", "e2"), "e2")]
    halfway = play(single_elimination(4, bronze=True), names(4), matches)
    assert halfway.places() == {"e2": 3, "e4": 4}
    over = play(single_elimination(4, bronze=True), names(4), [*matches, Match(("e1", "e3"), "e3")])
    assert over.places() == {"e3": 1, "e1": 2, "e2": 3, "e4": 4}
    without_bronze = play(single_elimination(4), names(4), [*matches[:2], Match(("e1", "e3"), "e3")])
    assert without_bronze.places() == {"e3": 1, "e1": 2, "e2": 3, "e4": 3}


def absent(left: str, right: str) -> Match:
    return Match((left, right), None, lost_by_both=True)


def test_where_neither_side_came_both_are_out_and_the_next_opponent_goes_through() -> None:
    semifinals = [absent("e1", "e4"), Match(("e2", "e3"), "e2")]
    played = play(single_elimination(4, bronze=True), names(4), semifinals)
    by_id = {placed.match.id: placed for placed in played.matches}
    assert by_id["U1.1"].status == "played"
    assert by_id["U2.1"].status == "walkover"
    assert played.champion == "e2"
    assert played.places() == {"e2": 1, "e3": 2, "e1": 3, "e4": 3}


def test_a_final_to_which_neither_came_has_no_first_place() -> None:
    semifinals = [Match(("e1", "e4"), "e1"), Match(("e2", "e3"), "e2")]
    bronze = Match(("e4", "e3"), "e3")
    played = play(single_elimination(4, bronze=True), names(4), [*semifinals, bronze, absent("e1", "e2")])
    assert played.champion is None
    assert played.places() == {"e1": 2, "e2": 2, "e3": 3, "e4": 4}
    nobody = play(single_elimination(4, bronze=True), names(4), [*semifinals, absent("e4", "e3")])
    assert nobody.places() == {"e3": 4, "e4": 4}


def test_a_series_ends_with_the_game_to_which_neither_came() -> None:
    games = [Match(("e1", "e2"), "e1"), absent("e1", "e2"), Match(("e1", "e2"), "e1")]
    placed = play(single_elimination(2, best_of=3), names(2), games).matches[0]
    assert (placed.games, placed.winner, placed.status) == (("e1", None), None, "played")


@settings(max_examples=30)
@given(st.integers(2, 40), st.booleans(), st.integers(0, 10**6))
def test_everyone_has_a_place_in_the_end(count: int, reset: bool, seed: int) -> None:
    played, _ = played_out(double_elimination(count, final_reset=reset), names(count), Random(seed))
    places = played.places()
    assert set(places) == set(names(count))
    assert all(place == 1 + sum(other < place for other in places.values()) for place in places.values())
    assert sorted(places.values())[:2] == [1, 2]


def test_two_entries() -> None:
    assert play(double_elimination(2), names(2), [Match(("e1", "e2"), "e2")] * 2).champion == "e2"
    needs_reset = play(
        double_elimination(2), names(2), [Match(("e1", "e2"), "e2"), Match(("e1", "e2"), "e1")]
    )
    assert needs_reset.champion is None
