"""Formulas: whole literals promoted, types checked, what the libraries treat differently refused."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.formula.check import check
from scoring.formula.functions import FunctionFailed, avg, power, rounded, total
from scoring.formula.nodes import FormulaError
from scoring.formula.parse import parse
from scoring.formula.scope import Scope
from scoring.formula.text import text
from scoring.formula.types import BOOL, NUMBER, Type, list_of, row_of

KIND = Type("text", options="@kind")
SCOPE = Scope(
    names={
        "x": NUMBER,
        "y": NUMBER,
        "flag": BOOL,
        "maybe": Type("number", optional=True),
        "kind": KIND,
        "note": Type("note"),
        "rows": list_of(row_of({"a": NUMBER, "u": Type("number", optional=True), "index": NUMBER})),
    },
    constants={"limit": 180.0},
    tables={"steps": "number"},
    options={"@kind": frozenset({"living", "dead"})},
)


def cel(source: str) -> str:
    return text(check(parse(source), SCOPE).node)


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("1.4 * 3", "1.4 * 3.0"),
        ("x * 5", "x * 5.0"),
        ("x / 2", "x / 2.0"),
        ("x / y", "div(x, y)"),
        ("x / 0", "div(x, 0.0)"),
        ("rows[0].a", "rows[0].a"),
        ("rows[x].a", "rows[int(x)].a"),
        ("10 * flag", "10.0 * (flag ? 1.0 : 0.0)"),
        ("limit - x", "180.0 - x"),
        ("min(x, y, 3)", "min([x, y, 3.0])"),
        ("count(rows)", "double(size(rows))"),
        ("count(rows, r, r.a > 1)", "double(size(rows.filter(r, r.a > 1.0)))"),
        ("before(rows, rows[0])", "rows.filter(_above, _above.index < rows[0].index)"),
        ("points(kind)", 'lookup("@kind", kind)'),
        ("lookup(steps, x)", 'lookup("steps", x)'),
        ("if_set(maybe, 2)", "maybe != null ? maybe : 2.0"),
        ("is_set(maybe) ? maybe + 1 : 0", "maybe != null ? maybe + 1.0 : 0.0"),
        ("is_set(maybe) && maybe > 1", "maybe != null && maybe > 1.0"),
        ("!is_set(maybe) || maybe > 1", "!(maybe != null) || maybe > 1.0"),
        ("rows.all(r, r.a > 0)", "size(rows.filter(r, r.a > 0.0)) == size(rows)"),
        ("x - (y - 1)", "x - (y - 1.0)"),
        ("round(x)", "round(x, 0.0)"),
    ],
)
def test_written_as_cel(source: str, written: str) -> None:
    assert cel(source) == written


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("x +", "token_unexpected"),
        ("x $ y", "character_unexpected"),
        ("x + z", "name_unknown"),
        ("nothing(x)", "function_unknown"),
        ("kind.startsWith('l')", "function_unknown"),
        ("size(kind)", "type_mismatch"),
        ("maybe + 1", "may_be_unset"),
        ("rows.map(r, r.u * 2)", "may_be_unset"),
        ("is_set(maybe) || maybe > 1", "may_be_unset"),
        ("kind + 1", "type_mismatch"),
        ("kind < 'm'", "type_mismatch"),
        ("note == 'a'", "type_mismatch"),
        ("kind == 'asleep'", "option_unknown"),
        ("flag ? x : 'none'", "type_mismatch"),
        ("1 < x < 3", "comparison_chained"),
        ("lookup(nothing, x)", "table_unknown"),
        ("[x, 'a']", "list_mixed"),
        ("rows.map(x, x.a)", "name_taken"),
        ("pow(x)", "arguments_wrong"),
        ("(" * 100 + "x" + ")" * 100, "formula_too_deep"),
    ],
)
def test_refused(source: str, code: str) -> None:
    with pytest.raises(FormulaError) as refused:
        cel(source)
    assert refused.value.code == code


@given(
    st.recursive(
        st.sampled_from(["x", "y", "2", "0.5"]),
        lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner),
        max_leaves=12,
    )
)
def test_writing_keeps_the_meaning(source: str) -> None:
    assert text(parse(text(parse(source)))) == text(parse(source))
    known = {"x": 3.7, "y": -0.3}
    assert eval(text(parse(source)), {}, known) == eval(source, {}, known)


@pytest.mark.parametrize(
    ("value", "digits", "made"),
    [
        (1.005, 2, 1.01),
        (2.5, 0, 3.0),
        (-2.5, 0, -3.0),
        (0.5, 0, 1.0),
        (2.675, 2, 2.68),
        (1234.0, -2, 1200.0),
        (-0.4, 0, 0.0),
        (1e300, 2, 1e300),
    ],
)
def test_round_half_away_from_zero_by_decimal_form(value: float, digits: float, made: float) -> None:
    assert rounded(value, digits) == made
    assert math.copysign(1, rounded(value, digits)) == math.copysign(1, made)


@pytest.mark.parametrize(
    "call",
    [
        lambda: power(2, 0.5),
        lambda: power(0, -1),
        lambda: power(1e300, 2),
        lambda: avg([]),
        lambda: total([1e308, 1e308]),
    ],
)
def test_functions_without_a_value(call: object) -> None:
    with pytest.raises(FunctionFailed):
        call()  # type: ignore[operator]
