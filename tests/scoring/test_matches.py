"""What matches add up to, worked by hand."""

from __future__ import annotations

from scoring.contest import MatchPoints
from scoring.contest import MatchRules as Rules
from scoring.matches import Match, head_to_head, match_values

CHESS = Rules(points=MatchPoints(1.0, 0.5, 0.0))
"""Four entries, three rounds of a round robin: a 2.5, b 2, c 1, d 0.5."""
PLAYED = [
    Match(("a", "b"), "a"),
    Match(("c", "d"), "c"),
    Match(("a", "c"), "a"),
    Match(("b", "d"), "b"),
    Match(("a", "d"), None),
    Match(("b", "c"), "b"),
]


def test_strength_of_the_opponents_met() -> None:
    made = match_values("abcd", PLAYED, CHESS)
    assert [float(made[entry]["match_points"]) for entry in "abcd"] == [2.5, 2.0, 1.0, 0.5]
    assert [float(made[entry]["buchholz"]) for entry in "abcd"] == [3.5, 4.0, 5.0, 5.5]
    assert float(made["a"]["buchholz_cut_1"]) == 3.0
    assert float(made["a"]["buchholz_median"]) == 1.0
    assert float(made["a"]["sonneborn_berger"]) == 2 + 1 + 0.25


def test_a_bye_gives_points_and_no_opponent() -> None:
    made = match_values("ab", [Match(("a",), "a"), Match(("a", "b"), "b")], CHESS)
    assert (made["a"]["match_points"], made["a"]["wins"], made["a"]["played"], made["a"]["buchholz"]) == (
        1,
        1,
        1,
        1,
    )


def test_average_per_played_match_is_exact() -> None:
    rules = Rules(points=MatchPoints(1.0, 0.5, 0.0))
    third = [Match(("a", "x"), "a"), Match(("a", "y"), "y"), Match(("a", "z"), "z")]
    sixths = [
        Match(("b", other), winner)
        for other, winner in zip("uvwxyz", ("b", "b", "v", "v", "v", "v"), strict=True)
    ]
    made = match_values("ab", third + sixths, rules)
    assert made["a"]["points_per_match"] == made["b"]["points_per_match"]


def test_the_difference_of_a_match_is_capped() -> None:
    made = match_values("ab", [Match(("a", "b"), "a", (17.0, 1.0))], Rules(score_difference_cap=10))
    assert (made["a"]["score_difference"], made["b"]["score_difference"]) == (10, -10)
    assert made["a"]["score_for"] == 17


def test_head_to_head_counts_only_matches_among_the_level() -> None:
    made = head_to_head(["b", "c"], PLAYED, CHESS)
    assert made == {"b": 1, "c": 0}


def test_a_match_to_which_neither_side_came_is_lost_by_both_and_no_draw() -> None:
    absent = Match(("a", "b"), None, lost_by_both=True)
    made = match_values("ab", [absent], Rules())
    for side in "ab":
        assert (made[side]["match_points"], made[side]["wins"], made[side]["played"]) == (0, 0, 1)
        assert made[side]["sonneborn_berger"] == 0
    assert head_to_head(["a", "b"], [absent], Rules()) == {"a": 0, "b": 0}
