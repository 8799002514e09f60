"""Marks of several judges: severity taken out, doubts told, never a NaN."""

from __future__ import annotations

import math
from random import Random
from statistics import correlation, mean

from hypothesis import given
from hypothesis import strategies as st

from scoring.judged import Mark, judge, panels


def simulated(random: Random) -> tuple[dict[str, float], list[Mark]]:
    """Sixty projects of known worth, fifteen judges of unlike severity, three judges a project."""
    worth = {f"p{number:02}": random.gauss(0, 1) for number in range(60)}
    severity = {f"j{number:02}": random.gauss(0, 0.7) for number in range(15)}
    marks = [
        Mark(project, name, value + severity[name] + random.gauss(0, 1))
        for project, value in worth.items()
        for name in random.sample(sorted(severity), 3)
    ]
    return worth, marks


def test_the_adjusted_mean_is_nearer_the_truth() -> None:
    gains = []
    for seed in range(20):
        worth, marks = simulated(Random(seed))
        projects = judge(marks).projects
        true = [worth[project.project] for project in projects]
        raw, adjusted = [p.raw for p in projects], [p.adjusted for p in projects]
        gains.append(correlation(true, adjusted) - correlation(true, raw))
    assert mean(gains) > 0.02


def test_a_severe_judge_is_allowed_for() -> None:
    """Everyone is marked by the mild judge; the good half also by one two marks more severe."""
    marks = [Mark(f"p{at}", "mild", 10.0 + at) for at in range(8)]
    marks += [Mark(f"p{at}", "severe", 8.0 + at) for at in range(4, 8)]
    made = judge(marks)
    means = {project.project: project for project in made.projects}
    assert means["p4"].raw == 13.0
    assert abs(means["p4"].adjusted - means["p3"].adjusted - 1.0) < 0.01
    severity = {one.judge: one.severity for one in made.judges}
    assert severity["mild"] - severity["severe"] > 1.99


def test_disconnected_panels_are_told() -> None:
    marks = [
        Mark(p, j, 1.0 + at) for at, (p, j) in enumerate([("a", "x"), ("b", "x"), ("c", "y"), ("d", "y")])
    ]
    assert panels(marks) == [["a", "b"], ["c", "d"]]
    assert judge(marks).concerns[0].facts == {"panels": [["a", "b"], ["c", "d"]]}
    assert len(panels([*marks, Mark("a", "y", 2.0)])) == 1


def test_judges_that_tell_little_are_named() -> None:
    marks = [Mark(f"p{at}", "same", 5.0) for at in range(4)] + [
        Mark("p0", "few", 4.0),
        Mark("p1", "few", 6.0),
    ]
    assert {(c.code, c.facts["judge"]) for c in judge(marks).concerns} == {
        ("judge_few_marks", "few"),
        ("judge_same_marks", "same"),
    }


@given(
    st.lists(
        st.builds(
            Mark, st.sampled_from("pqrs"), st.sampled_from("xyz"), st.sampled_from([0.0, 1.0, 5.0, 1e6])
        ),
        unique_by=lambda mark: (mark.project, mark.judge),
    )
)
def test_never_a_nan(marks: list[Mark]) -> None:
    made = judge(marks)
    assert all(math.isfinite(p.raw) and math.isfinite(p.adjusted) for p in made.projects)
    assert all(math.isfinite(one.severity) for one in made.judges)
