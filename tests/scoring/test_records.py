"""Results as JSON: matches decided by bouts or sheets, and rubbish refused with what is wrong in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.matches import Match
from scoring.playing import bracket_of, next_swiss_round
from scoring.ranking import Record, rank
from scoring.records import RecordsRefused, judge_json, rank_json

from .shipped import shipped

SUMO, SOCCER, JUNIOR = shipped("sumo-mini"), shipped("rcj-soccer"), shipped("big-journey-junior")
RESULTS: dict[str, Any] = {
    "entries": [{"id": "a", "attempts": [{"mark": "DNF"}]}, {"id": "b"}, {"id": "c"}],
    "matches": [
        {"sides": ["a", "b"], "bouts": [{"winner": "a", "warnings": {"a": 1}}, {"timed_out": True}, "a"]},
        {"sides": ["c"], "round": 1, "phase": "groups"},
        {"sides": ["b", "c"], "winner": "c", "scores": [1, 2]},
    ],
    "draws": {"a": 1, "b": 2},
}
JUNK: tuple[Any, ...] = (None, True, -1, 1e300, "", "zz", [], {}, [None], {"winner": 3}, "a", ["a", "b"])

names = st.sampled_from("abcdef")
matches = st.lists(
    st.tuples(names, names, st.integers(-1, 1))
    .filter(lambda played: played[0] != played[1])
    .map(
        lambda played: Match(
            (played[0], played[1]), {1: played[0], -1: played[1], 0: None}[played[2]], (float(played[2]), 0.0)
        )
    ),
    max_size=15,
)


@given(matches, st.randoms(use_true_random=False))
def test_tables_of_matches_do_not_depend_on_input_order(played: list[Match], random: Random) -> None:
    entries = [Record(name) for name in "abcdef"]
    shuffled = rank(SUMO, random.sample(entries, 6), random.sample(played, len(played)))
    assert shuffled == rank(SUMO, entries, played)


def test_a_sheet_decides_a_match() -> None:
    sheet = {"goals_left": 2, "goals_right": 0, "late_left": 95, "late_right": 0}
    results = {"entries": [{"id": "a"}, {"id": "b"}], "matches": [{"sides": ["a", "b"], "sheet": sheet}]}
    assert [standing.id for standing in rank_json(SOCCER, results)] == ["b", "a"]


def test_a_wrong_sheet_is_told_with_its_place() -> None:
    results = {"entries": [{"id": "a", "attempts": [{"sheet": {"maze": 81}}]}]}
    with pytest.raises(RecordsRefused) as refused:
        rank_json(JUNIOR, results)
    told = [(problem.code, problem.field) for problem in refused.value.problems]
    assert ("above_max", "a.attempts.0.maze") in told
    assert ("required", "a.attempts.0.time") in told


def test_more_attempts_than_the_rules_allow() -> None:
    with pytest.raises(RecordsRefused) as refused:
        rank_json(JUNIOR, {"entries": [{"id": "a", "attempts": [{"mark": "DNF"}] * 3}]})
    assert refused.value.problems[0].facts == {"found": 3, "most": 2}


@pytest.mark.parametrize("attempt", [None, {"mark": None}])
def test_an_attempt_that_was_not_made(attempt: Any) -> None:
    made = rank_json(JUNIOR, {"entries": [{"id": "a", "attempts": [attempt]}]})
    assert made[0].reason == {"code": "no_result"}


def test_elimination_matches_decide_no_table() -> None:
    results = deepcopy(RESULTS)
    results["matches"].append({"sides": ["b", "a"], "winner": "b", "phase": "playoff"})
    assert rank_json(SUMO, results) == rank_json(SUMO, RESULTS)


@pytest.mark.parametrize("read", [rank_json, next_swiss_round, bracket_of, judge_json])
@pytest.mark.parametrize("seed", range(40))
def test_rubbish_is_ranked_or_refused_but_breaks_nothing(read: Callable[..., Any], seed: int) -> None:
    random, results = Random(seed), deepcopy(RESULTS)
    for _ in range(random.randint(1, 3)):
        spoil(results, random)
    with suppress(RecordsRefused):
        read(SUMO if read is not judge_json else JUNIOR, results)


def spoil(part: Any, random: Random) -> None:
    keys = list(part) if isinstance(part, dict) else list(range(len(part)))
    if not keys:
        return
    key = random.choice(keys)
    if isinstance(part[key], dict | list) and random.random() < 0.7:
        spoil(part[key], random)
    else:
        part[key] = random.choice(JUNK)


def test_a_match_to_which_neither_side_came_gives_nobody_points() -> None:
    results = {
        "entries": [{"id": "a"}, {"id": "b"}],
        "matches": [{"sides": ["a", "b"], "lost_by_both": True}],
    }
    assert [standing.values["match_points"] for standing in rank_json(SUMO, results)] == [0, 0]
