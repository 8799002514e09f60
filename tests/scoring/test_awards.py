"""Degrees by share and split, ties at a border, and who advances."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.advancing import advance
from scoring.awards import award, quotas
from scoring.contest import Advance, Awards
from scoring.ranking import Standing


def placed(*ranks: int | None, wins: int = 0) -> list[Standing]:
    return [Standing(f"e{at}", rank, None, {"wins": wins}, None, {}) for at, rank in enumerate(ranks)]


@pytest.mark.parametrize(
    ("participants", "made"),
    [(751, [67, 101, 169]), (0, [0, 0, 0]), (3, [0, 0, 1]), (20, [2, 3, 4]), (24, [2, 3, 5])],
)
def test_quotas_by_largest_remainder(participants: int, made: list[int]) -> None:
    assert quotas(participants, 0.45, [0.2, 0.3, 0.5]) == made


@given(st.integers(0, 2000))
def test_quotas_come_to_the_winners(participants: int) -> None:
    assert sum(quotas(participants, 0.45, [0.2, 0.3, 0.5])) == participants * 45 // 100


def test_a_tie_at_the_border_extends_the_degree() -> None:
    standings = placed(1, 2, 2, 4, 5, 6, 7, 8, 9, 10)
    made = award(standings, Awards(places=(2, 2)))
    assert made[0].entries == ("e0", "e1", "e2")
    assert made[0].level == ("e1", "e2")
    assert made[0].decision is None
    assert made[1].entries == ("e3", "e4")


def test_the_jury_can_leave_the_level_ones_out() -> None:
    made = award(placed(1, 2, 2, 4), Awards(places=(2, 2)), {1: "leave_out"})
    assert [degree.entries for degree in made] == [("e0",), ("e1", "e2")]


def test_only_entries_with_a_place_take_part() -> None:
    made = award(placed(1, 2, 3, 4, None, None, None, None), Awards(winners_share=0.5))
    assert sum(len(degree.entries) for degree in made) == 2


@pytest.mark.parametrize(
    ("ties", "entries", "level", "needed"),
    [
        ("extend", ("e0", "e1", "e2"), ("e1", "e2"), None),
        ("leave_out", ("e0",), ("e1", "e2"), None),
        ("draw", ("e0",), ("e1", "e2"), "draw"),
        ("extra_run", ("e0",), ("e1", "e2"), "extra_run"),
    ],
)
def test_ties_at_the_line(
    ties: str, entries: tuple[str, ...], level: tuple[str, ...], needed: str | None
) -> None:
    made = advance(placed(1, 2, 2, 4), Advance(top=2, ties=ties))
    assert (made.entries, made.level, made.needed) == (entries, level, needed)


def test_half_of_an_odd_number_is_rounded_up() -> None:
    assert advance(placed(1, 2, 3, 4, 5), Advance(share=0.5)).entries == ("e0", "e1", "e2")


def test_least_wins() -> None:
    assert advance(placed(1, 2, wins=2), Advance(least_wins=2)).entries == ("e0", "e1")
    assert advance(placed(1, 2, wins=1), Advance(least_wins=2)).entries == ()
