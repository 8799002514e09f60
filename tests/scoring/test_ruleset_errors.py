"""A wrong ruleset is refused with the file, the line, the field and a code."""

from __future__ import annotations

import pytest

from scoring.ruleset import RulesetError, load

from .making import HEAD, POINTS_AND_TIME, with_results

FIELD = "fields:\n  - {id: x, type: whole, label: {en: X}}\n"
RESULT = "results:\n  - {name: r, type: points, label: {en: R}, formula: x}\n"


@pytest.mark.parametrize(
    ("text", "line", "field", "code"),
    [
        ("id: [", 1, "", "yaml_malformed"),
        ("- a", 1, "", "yaml_not_mapping"),
        (HEAD + "id: again\n", 7, "id", "key_repeated"),
        (HEAD + "colour: red\n", 7, "colour", "key_unknown"),
        (HEAD.replace("kind: timed", "kind: timd") + FIELD + RESULT, 4, "kind", "value_not_allowed"),
        (HEAD + FIELD.replace("whole", "hole") + RESULT, 8, "fields.0.type", "value_not_allowed"),
        (
            HEAD + FIELD + RESULT.replace("formula: x", "formula: x + z"),
            10,
            "results.0.formula",
            "name_unknown",
        ),
        (HEAD + FIELD + RESULT.replace("name: r", "name: sum"), 10, "results.0.name", "name_reserved"),
        (
            HEAD
            + FIELD.replace("label: {en: X}", "label: {en: X}, options: [{id: a, label: {en: A}}]")
            + RESULT,
            8,
            "fields.0.options",
            "key_not_for_type",
        ),
        (
            HEAD + FIELD.replace("whole", "whole, min: 5, max: 1") + RESULT,
            8,
            "fields.0.max",
            "bounds_crossed",
        ),
        (HEAD + FIELD.replace("whole", "whole, max: $most") + RESULT, 8, "fields.0.max", "parameter_unknown"),
        (HEAD + FIELD + RESULT + "ranking: [{by: nothing}]\n", 11, "ranking.0.by", "name_unknown"),
        (
            HEAD + "values:\n  - {name: a, formula: b}\n  - {name: b, formula: a}\n" + FIELD + RESULT,
            8,
            "values.0.formula",
            "formula_circular",
        ),
    ],
)
def test_names_file_line_and_field(text: str, line: int, field: str, code: str) -> None:
    with pytest.raises(RulesetError) as refused:
        load(text, "wrong.yaml")
    problem = refused.value.problems[0]
    assert (problem.file, problem.line, problem.field, problem.code) == ("wrong.yaml", line, field, code)


def test_every_problem_is_told() -> None:
    text = (
        HEAD
        + FIELD
        + "results:\n"
        + "".join(
            f"  - {{name: r{at}, type: points, label: {{en: R}}, formula: nothing{at}}}\n" for at in range(3)
        )
    )
    with pytest.raises(RulesetError) as refused:
        load(text, "wrong.yaml")
    assert [problem.line for problem in refused.value.problems] == [10, 11, 12]


def test_yaml_1_2_words_stay_words() -> None:
    ruleset = load(
        HEAD + "fields:\n  - id: kind\n    type: choice\n    label: {en: Kind}\n    options:\n"
        "      - {id: no, label: {en: no}}\n      - {id: on, label: {en: on}}\n"
        "results:\n  - {name: r, type: points, label: {en: R}, formula: \"kind == 'no' ? 1 : 2\"}\n",
        "words.yaml",
    )
    assert [option.id for option in ruleset.fields[0].options] == ["no", "on"]


def test_digest_is_of_the_content() -> None:
    text = HEAD + POINTS_AND_TIME
    same = load(text + "# a comment\n", "a.yaml").digest
    assert load(text, "b.yaml").digest == same
    assert load(text.replace("formula: p", "formula: p + 1"), "a.yaml").digest != same


PARAMETER = """
parameters:
  - {name: limit, label: {en: Limit}, value: 3, min: 1, max: 9, on_the_day: true}
  - {name: fixed, label: {en: Fixed}, value: 3}
attempts: {count: $limit}
"""


def test_parameters_on_the_day() -> None:
    text = HEAD + POINTS_AND_TIME + PARAMETER
    chosen = load(text, "p.yaml", {"limit": 5.0})
    assert chosen.attempts.count == 5
    written = load(text.replace("value: 3, min", "value: 5, min"), "p.yaml")
    assert chosen.digest == written.digest != load(text, "p.yaml").digest
    assert [parameter.value for parameter in chosen.parameters] == [5.0, 3.0]


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"limit": 10}, "out_of_bounds"),
        ({"fixed": 4}, "parameter_fixed"),
        ({"other": 1}, "parameter_unknown"),
        ({"limit": 2.5}, "type_wrong"),
    ],
)
def test_parameters_refused(chosen: dict[str, float], code: str) -> None:
    with pytest.raises(RulesetError) as refused:
        load(HEAD + POINTS_AND_TIME + PARAMETER, "p.yaml", chosen)
    assert refused.value.problems[0].code == code


def test_aliases_cannot_unfold_without_end() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefghijklmnopqrs", "bcdefghijklmnopqrst", strict=True)
    )
    with pytest.raises(RulesetError) as refused:
        load(bomb, "bomb.yaml")
    assert refused.value.problems[0].code == "file_too_large"


def test_the_natural_order_of_criteria() -> None:
    ruleset = with_results("""
        combined: [{name: all_time, of: time, take: sum}, {name: run, of: attempt_number, take: best}]
        ranking: [{by: points}, {by: all_time}, {by: draw}, {by: score_against}]
    """)
    assert [criterion.order for criterion in ruleset.ranking] == ["desc", "asc", "asc", "asc"]


def test_ranking_defaults_to_the_first_result() -> None:
    assert [(criterion.by, criterion.order) for criterion in with_results("").ranking] == [("points", "desc")]
