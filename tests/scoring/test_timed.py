"""Attempts combined in every way the language has."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.ranking import Attempt, Record, rank
from scoring.timed import exact

from .making import with_results


def attempts(*points: float | None) -> tuple[Attempt | None, ...]:
    return tuple(
        None if value is None else Attempt({"points": value, "time": 100 - value}) for value in points
    )


def value(body: str, *points: float | None) -> Any:
    """What one entry's attempts combine to, as ``v``."""
    return rank(with_results(body), [Record("a", attempts(*points))])[0].values["v"]


@pytest.mark.parametrize(
    ("take", "made"),
    [
        ("take: best", 30),
        ("take: nth_best, count: 2", 20),
        ("take: last", 20),
        ("take: attempt, count: 1", 10),
        ("take: sum", 60),
        ("take: mean", 20),
        ("take: mean_of_best, count: 2", 25),
        ("take: drop_worst", 25),
        ("take: drop_worst, then: sum", 50),
        ("take: drop_worst, count: 5", 30),
        ("take: sorted", [30, 20, 10, None]),
        ("take: groups, groups: [[1, 2], [3, 4]]", 50),
        ("take: groups, groups: [[1, 3], [2, 4]], each: sum, then: best", 30),
    ],
)
def test_combinations(take: str, made: Any) -> None:
    assert value(f"attempts: {{count: 4}}\ncombined: [{{name: v, of: points, {take}}}]", 10, 30, 20) == made


def test_best_of_ab_plus_best_of_cd() -> None:
    body = "attempts: {count: 4}\ncombined: [{name: v, of: points, take: groups, groups: [[1, 2], [3, 4]]}]"
    assert value(body, 5, 9, 8, 1) == 17


def test_an_unused_attempt_counts_only_if_the_rules_say_so() -> None:
    body = "attempts: {count: 4, unused: %s}\ncombined: [{name: v, of: points, take: mean}]"
    assert value(body % "skipped", 10, None, 20) == 15
    assert value(body % "zero", 10, None, 20) == 7.5


def test_a_failed_attempt_counts_as_an_unused_one() -> None:
    ruleset = with_results("attempts: {count: 2, unused: zero}\ncombined: [{name: v, of: points, take: sum}]")
    made = rank(ruleset, [Record("a", (*attempts(10), Attempt(mark="DNF")))])
    assert (made[0].values["v"], made[0].mark) == (10, None)


SHARES = """
    attempts:
      count: 3
      normalise: [{name: share, of: points}]
      better: [{by: share}]
    combined: [{name: v, of: share, take: drop_worst, then: mean}]
    ranking: [{by: v}]
"""


def test_rounds_divided_by_the_best_of_the_field() -> None:
    field = [Record("a", attempts(180, 300, 90)), Record("best", attempts(240, 300, 150))]
    made = {standing.id: standing.values["v"] for standing in rank(with_results(SHARES), field)}
    assert made == {"a": 0.875, "best": 1.0}


def test_editing_one_run_changes_everyones_share() -> None:
    before = rank(
        with_results(SHARES), [Record("a", attempts(50, 50, 50)), Record("b", attempts(100, 100, 100))]
    )
    after = rank(
        with_results(SHARES), [Record("a", attempts(50, 50, 50)), Record("b", attempts(50, 100, 50))]
    )
    assert [standing.values["v"] for standing in before] == [1.0, 0.5]
    assert {standing.id: standing.values["v"] for standing in after} == {"a": 1.0, "b": 1.0}


def test_those_out_of_competition_do_not_set_the_best() -> None:
    guest = Record("guest", attempts(1000, 1000, 1000), out_of_competition=True)
    made = rank(with_results(SHARES), [Record("a", attempts(50, 50, 50)), guest])
    assert (made[0].id, made[0].values["v"]) == ("a", 1.0)


def test_means_that_look_equal_are_equal() -> None:
    assert exact(0.1) + exact(0.2) == exact(0.15) + exact(0.15)
    ruleset = with_results(
        "attempts: {count: 2}\ncombined: [{name: v, of: points, take: mean}]\nranking: [{by: v}]"
    )
    made = rank(ruleset, [Record("a", attempts(0.1, 0.2)), Record("b", attempts(0.15, 0.15))])
    assert [standing.rank for standing in made] == [1, 1]
