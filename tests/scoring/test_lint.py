"""The lint finds each slip it is for, and leaves the shipped rulesets alone."""

from __future__ import annotations

import pytest

from scoring.check import check

from .making import HEAD, POINTS_AND_TIME

RESULT = "results:\n  - {name: points, type: points, label: {kk: Ұ, ru: Б, en: P}, formula: FORMULA}\n"
FIELD = "fields:\n  - {id: x, type: whole, max: 10, label: {kk: Икс, ru: Икс, en: X}}\n"


def codes(text: str) -> list[tuple[str, str]]:
    """What is wrong; that these small files have few examples is only a warning."""
    problems = check(text, "lint.yaml").problems
    return [(problem.code, problem.field) for problem in problems if problem.level == "error"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            HEAD + POINTS_AND_TIME + "ranking: [{by: points, order: asc}, {by: time}]",
            ("points_ascending", "ranking.0"),
        ),
        (
            HEAD + POINTS_AND_TIME + "ranking: [{by: points}, {by: time, order: desc}]",
            ("time_descending", "ranking.1"),
        ),
        (
            HEAD + POINTS_AND_TIME + "match: {}\nranking: [{by: wins, order: asc}]",
            ("points_ascending", "ranking.0"),
        ),
        (HEAD + FIELD + RESULT.replace("FORMULA", "5"), ("field_unused", "fields.0")),
        (HEAD + FIELD + RESULT.replace("FORMULA", "3 * x, max: 31"), ("max_unreachable", "results.0.max")),
        (
            HEAD + FIELD + RESULT.replace("FORMULA", "'min(x, 7)', max: 8"),
            ("max_unreachable", "results.0.max"),
        ),
        (
            HEAD + FIELD.replace("kk: Икс, ", "") + RESULT.replace("FORMULA", "x"),
            ("translation_missing", "fields.0.label"),
        ),
    ],
)
def test_finds(text: str, problem: tuple[str, str]) -> None:
    assert problem in codes(text)


def test_a_reachable_maximum_is_left_alone() -> None:
    assert codes(HEAD + FIELD + RESULT.replace("FORMULA", "3 * x, max: 30")) == []


def test_a_costly_formula() -> None:
    rows = "fields:\n  - id: rows\n    type: rows\n    max_rows: 200\n    label: {kk: а, ru: а, en: a}\n"
    rows += "    fields: [{id: a, type: number, label: {kk: а, ru: а, en: a}}]\n"
    inner = "sum(rows, r, sum(rows, s, sum(rows, u, r.a + s.a + u.a)))"
    assert ("formula_too_costly", "results.0.formula") in codes(
        HEAD + rows + RESULT.replace("FORMULA", f"'{inner}'")
    )


def test_what_is_allowed_with_a_reason_is_not_told() -> None:
    text = HEAD + FIELD + RESULT.replace("FORMULA", "5")
    allow = "allow: [{code: field_unused, field: fields.0, because: kept for the protocol only}]\n"
    assert codes(text + allow) == []


def test_few_examples_are_a_warning() -> None:
    report = check(HEAD + FIELD + RESULT.replace("FORMULA", "x"), "lint.yaml")
    assert report.ok
    assert [(problem.code, problem.level) for problem in report.problems] == [("examples_few", "warning")]


def test_a_wrong_example_is_told_with_its_line() -> None:
    text = HEAD + FIELD + RESULT.replace("FORMULA", "x")
    text += "examples:\n  - {name: wrong, sheet: {x: 2}, expect: {results: {points: 3}}}\n"
    problem = next(p for p in check(text, "lint.yaml").problems if p.level == "error")
    assert (problem.code, problem.line) == ("example_failed", 12)
    assert problem.facts["found"] == {"points": 2.0}
