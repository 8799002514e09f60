"""Matches of bouts: warnings and false starts that cost a bout, time-outs, draws, replays."""

from __future__ import annotations

import pytest

from scoring.contest import Countdown, MatchRules
from scoring.head_to_head import Bout, Outcome, decide

SUMO = MatchRules(bouts=3, target=2, warnings_to_loss=2, false_starts_to_loss=2, on_time_out="judge")


def of(rules: MatchRules, *bouts: Bout, decision: str | None = None) -> Outcome:
    return decide(rules, ("a", "b"), bouts, decision)


def won(side: str) -> Bout:
    return Bout(winner=side)


def test_closes_as_soon_as_it_is_decided() -> None:
    assert of(SUMO, won("a")).status == "open"
    assert (of(SUMO, won("a"), won("a")).status, of(SUMO, won("a"), won("a")).winner) == ("won", "a")
    assert of(SUMO, won("a"), won("b"), won("b")).score == (1.0, 2.0)


def test_warnings_add_up_over_the_match() -> None:
    first, second = Bout(winner="a", warnings={"a": 1}), Bout(winner="a", warnings={"a": 1})
    made = of(SUMO, first, second)
    assert [(taken.winner, taken.by) for taken in made.bouts] == [("a", "bout"), ("b", "warnings")]
    assert made.status == "open"


def test_a_time_out_waits_for_the_judge() -> None:
    assert of(SUMO, won("a"), Bout(timed_out=True)).bouts[-1].by == "to_decide"
    assert of(SUMO, won("a"), Bout(timed_out=True, decision="a")).winner == "a"


@pytest.mark.parametrize(("on_time_out", "status"), [("draw", "drawn"), ("replay", "open")])
def test_a_time_out_drawn_or_replayed(on_time_out: str, status: str) -> None:
    rules = MatchRules(bouts=1, on_time_out=on_time_out)
    assert of(rules, Bout(timed_out=True)).status == status


def test_yuhkoh_points_up_to_a_target() -> None:
    rules = MatchRules(bouts=5, decided_by="points", target=2, false_starts_to_loss=2)
    assert of(rules, Bout(points={"a": 1}), Bout(points={"b": 1})).status == "open"
    assert of(rules, Bout(points={"a": 1}), Bout(false_starts={"b": 2})).winner == "a"


@pytest.mark.parametrize(
    ("draws", "status"), [("allowed", "drawn"), ("replayed", "replay"), ("decided", "to_decide")]
)
def test_level_scores(draws: str, status: str) -> None:
    rules = MatchRules(decided_by="score", draws=draws)
    assert of(rules, Bout(points={"a": 2, "b": 2})).status == status
    assert of(rules, Bout(points={"a": 2, "b": 3})).winner == "b"


def test_a_countdown_takes_a_bout_or_has_it_fought_again() -> None:
    still = Countdown("still", {"en": "Not moving"}, 5, "side", "lost")
    standstill = Countdown("standstill", {"en": "No progress"}, 5, "both", "restart")
    rules = MatchRules(bouts=3, target=2, on_time_out="judge", countdowns=(still, standstill))
    made = of(
        rules, Bout(winner="b", countdown="still"), Bout(countdown="standstill"), Bout(countdown="other")
    )
    assert [(taken.winner, taken.by) for taken in made.bouts] == [
        ("b", "countdown"),
        (None, "restarted"),
        (None, "open"),
    ]
    assert made.score == (0.0, 1.0)
    assert of(rules, *[Bout(countdown="standstill")] * 3).status == "open"


def test_the_judge_decides_between_the_level() -> None:
    rules = MatchRules(decided_by="score", draws="decided")
    assert of(rules, Bout(points={"a": 2, "b": 2}), decision="b").winner == "b"
