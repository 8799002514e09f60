"""Sheets: unset is not zero, an error gives no total, constraints show where they arise."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.sheet import Evaluation, evaluate

from .making import made

RULESET = made("""
    fields:
      - {id: a, type: whole, max: 10, label: {en: A}}
      - {id: b, type: number, min: -5, max: 5, step: 0.1, label: {en: B}}
      - {id: extra, type: yes_no, required: false, otherwise: false, label: {en: Extra}}
      - {id: bonus, type: whole, visible_if: extra, otherwise: 0, max: 3, label: {en: Bonus}}
      - {id: note, type: text, label: {en: Note}}
      - id: laps
        type: rows
        required: false
        max_rows: 3
        label: {en: Laps}
        fields:
          - {id: time, type: time, label: {en: Time}}
          - {id: fell, type: yes_no, label: {en: Fell}}
          - id: where
            type: choice
            visible_if: fell
            label: {en: Where}
            options: [{id: left, label: {en: L}}, {id: right, label: {en: R}}]
    values:
      - {name: double_a, formula: 2 * a}
    results:
      - {name: points, type: points, label: {en: P}, formula: double_a + bonus + count(laps)}
      - {name: share, type: number, label: {en: S}, formula: 10 / (a - b)}
    constraints:
      - {code: a_above_b, require: a > b, message: {en: A is not above B}}
      - {code: many, level: warning, require: a < 9, message: {en: Many}}
""")


def errors(evaluation: Evaluation) -> list[tuple[str, str | None]]:
    return [(error.code, error.field) for error in evaluation.errors]


def test_a_whole_sheet() -> None:
    made = evaluate(
        RULESET, {"a": 4, "b": 1.5, "extra": True, "bonus": 2, "laps": [{"time": 3, "fell": False}]}
    )
    assert made.ok
    assert made.results == {"points": 11.0, "share": 4.0}
    assert made.values == {"double_a": 8.0}


def test_unset_is_not_zero() -> None:
    assert errors(evaluate(RULESET, {"b": 0})) == [("required", "a")]
    assert errors(evaluate(RULESET, {"a": None, "b": 0})) == [("required", "a")]
    assert evaluate(RULESET, {"a": 0, "b": -1}).results["points"] == 0


@pytest.mark.parametrize("sheet", [{"b": 0}, {"a": 1, "b": 1}, {"a": 99, "b": 0}, {"a": 1, "b": 2}])
def test_never_a_partial_total(sheet: dict[str, Any]) -> None:
    made = evaluate(RULESET, sheet)
    assert not made.ok
    assert not made.results
    assert not made.values


def test_a_hidden_field_counts_as_otherwise() -> None:
    assert evaluate(RULESET, {"a": 1, "b": 0, "bonus": 3}).results["points"] == 2
    assert errors(evaluate(RULESET, {"a": 1, "b": 0, "extra": True})) == [("required", "bonus")]


def test_not_finite_names_the_result() -> None:
    assert ("not_finite", "share") in errors(evaluate(RULESET, {"a": 1, "b": 1}))


def test_constraints_are_judged_where_they_can_be() -> None:
    broken = evaluate(RULESET, {"a": 1, "b": 3, "extra": True})
    assert errors(broken) == [("required", "bonus"), ("a_above_b", "a")]
    assert broken.errors[1].message == {"en": "A is not above B"}
    assert errors(evaluate(RULESET, {"b": 3})) == [("required", "a")]


def test_a_warning_does_not_refuse() -> None:
    made = evaluate(RULESET, {"a": 10, "b": 0})
    assert made.ok
    assert [warning.code for warning in made.warnings] == ["many"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("a", True, "type_wrong"),
        ("a", "4", "type_wrong"),
        ("a", 1.5, "not_whole"),
        ("a", -1, "below_min"),
        ("a", 11, "above_max"),
        ("b", 0.25, "off_step"),
        ("b", float("nan"), "not_finite"),
        ("b", 10**30, "too_large"),
        ("extra", 1, "type_wrong"),
        ("note", "x" * 3000, "too_long"),
        ("laps", [{}] * 4, "too_many_rows"),
        ("laps", ["x"], "type_wrong"),
        ("zzz", 1, "field_unknown"),
    ],
)
def test_what_does_not_fit(field: str, value: Any, code: str) -> None:
    assert errors(evaluate(RULESET, {"a": 4, "b": 0, field: value})) == [(code, field)]


def test_steps_are_decimal() -> None:
    assert evaluate(RULESET, {"a": 4, "b": 0.3}).ok


def test_errors_inside_rows_name_the_cell() -> None:
    rows = [{"time": 1, "fell": False}, {"time": -1, "fell": True, "zzz": 1}]
    found = errors(evaluate(RULESET, {"a": 4, "b": 0, "laps": rows}))
    assert found == [
        ("below_min", "laps.1.time"),
        ("required", "laps.1.where"),
        ("field_unknown", "laps.1.zzz"),
    ]
