"""Lists of qualification matches: fit for use whatever is asked, good where it matters, counted right."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.planning.annealing import anneal
from scoring.planning.match_list import Asked, AskedTooMuch, Match, faults, measured

QUICK = 1_600_000
"""A fifth of the steps of a real search: enough to be fit for use, not to be good."""


def test_figures_are_what_one_counts_by_hand() -> None:
    asked = Asked(4, 3, 2, 1)
    matches = [
        Match(((0, 1), (2, 3))),
        Match(((1, 0), (3, 2))),
        Match(((0, 2), (1, 3))),
    ]
    assert list(faults(asked, matches)) == []
    assert measured(asked, matches) == {
        "matches": 3,
        "surrogates": 0,
        "min_gap": 1,
        "partner_repeats": 2,  # 0 with 1, 2 with 3
        "opponent_repeats": 1 + 1 + 3 + 3,  # 0 and 2, 1 and 3 twice; 0 and 3, 1 and 2 three times
        "either_repeats": 6 * 3,  # everybody met everybody in all three
        "unbalanced_colours": 2,  # 0 is always red, 3 always blue
        "station_spread": 1,
        "colour_station_spread": 2,
    }


def test_unfit_lists_are_named() -> None:
    asked = Asked(4, 1, 2, 1)
    assert list(faults(asked, [Match(((0, 1), (2, 3)))])) == []
    assert "match 1 has somebody twice, or somebody unknown" in faults(asked, [Match(((0, 1), (1, 3)))])
    assert "match 1 has sides of other sizes" in faults(asked, [Match(((0, 1, 2), (3,)))])
    assert "somebody plays more or less often than asked" in faults(asked, [Match(((0, 1), (2, 3)))] * 2)


@pytest.mark.parametrize(
    ("entries", "min_gap", "code", "limit"),
    [(5, 1, "too_few_entries", 6), (36, 7, "gap_too_large", 6), (100_000, 1, "too_many_entries", 2_000)],
)
def test_what_cannot_be_is_refused_with_what_could(entries: int, min_gap: int, code: str, limit: int) -> None:
    with pytest.raises(AskedTooMuch) as caught:
        Asked(entries, 10, 3, min_gap)
    assert (caught.value.code, caught.value.limit) == (code, limit)


def test_a_list_for_24_entries_is_good_and_the_same_for_the_same_seed() -> None:
    asked = Asked(24, 6, 3, 2)
    found = anneal(asked, seed=5, steps=QUICK)
    assert anneal(asked, seed=5, steps=QUICK) == found
    assert anneal(asked, seed=6, steps=QUICK) != found
    told = measured(asked, found)
    assert list(faults(asked, found)) == []
    assert told["min_gap"] >= 2
    assert told["partner_repeats"] == 0
    assert told["unbalanced_colours"] == 0
    assert (told["station_spread"], told["colour_station_spread"]) <= (1, 1)


@settings(max_examples=12, deadline=None)
@given(entries=st.integers(6, 40), rounds=st.integers(1, 8), side=st.integers(2, 3), seed=st.integers(0, 9))
def test_any_number_of_teams_gets_a_list_fit_for_use(entries: int, rounds: int, side: int, seed: int) -> None:
    asked = Asked(entries, rounds, side, 1)
    found = anneal(asked, seed, steps=QUICK // 8)
    assert list(faults(asked, found)) == []
    assert sum(len(match.surrogates) for match in found) == asked.surrogates < asked.seats
    assert measured(asked, found)["min_gap"] >= 1
