"""Every column of the standings has a value in every line."""

from __future__ import annotations

import pytest

from scoring.columns import standings_columns
from scoring.records import rank_json

from .shipped import NAMES, shipped


@pytest.mark.parametrize("name", NAMES)
def test_columns_are_values_of_the_standings(name: str) -> None:
    ruleset = shipped(name)
    columns = standings_columns(ruleset)
    assert columns
    for example in ruleset.ranking_examples:
        results = {"entries": list(example.entries), "matches": list(example.matches)}
        for standing in rank_json(ruleset, results):
            assert {column.name for column in columns} <= standing.values.keys()


def test_the_ranking_comes_first() -> None:
    assert [column.name for column in standings_columns(shipped("fll-2025"))] == ["points"]
    assert [column.name for column in standings_columns(shipped("rcj-rescue-line"))] == [
        "score",
        "time",
        "points",
    ]
