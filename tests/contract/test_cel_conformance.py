"""The part of CEL's conformance tests that covers what formulas use passes on both raw libraries.

That part is every test of the sections below whose expression our own parser reads: it has no maps, bytes, unsigned
numbers, types or messages. What a library gets wrong is listed by name, and how formulas keep clear of it.
"""

from __future__ import annotations

import json
import math
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cel
import pytest

from scoring.formula.nodes import FormulaError
from scoring.formula.parse import parse

from .tablet import bundled

SECTIONS = (
    "fp_math",
    "logic",
    "lists",
    "macros/",
    "comparisons",
    "parse/nest",
    "parse/whitespace",
    "parse/comments",
)

_WHOLE = "no formula holds a whole number but an index: the loader promotes literals"
_TYPED = "formulas are typed when they are loaded, so such a one never runs"
_BIG = "numbers of this size are refused on a sheet (too_large)"

PYTHON_EXCEPTIONS: dict[str, str] = {
    "comparisons/eq_literal/not_eq_dyn_timestamp_null": "formulas have no timestamps",
    "lists/index/zero_based_double": "an index that is not a whole literal is wrapped in int()",
    "macros/all/list_elem_error_shortcircuit": "all() is rewritten with filter(), where an error is an error",
}
TABLET_EXCEPTIONS: dict[str, str] = {
    "comparisons/eq_literal/eq_list_elem_mixed_types": _WHOLE,
    "comparisons/eq_literal/eq_mixed_types": _WHOLE,
    "comparisons/eq_literal/not_eq_list_length": "lists are not compared",
    "comparisons/gt_literal/not_gt_double": "numbers are written out anew, with a digit before the point",
    "comparisons/gt_literal/not_gt_dyn_big_double_int": _BIG,
    "comparisons/gte_literal/gte_dyn_int_big_lossy_double": _BIG,
    "comparisons/lt_literal/not_lt_dyn_int_big_lossy_double": _BIG,
    "comparisons/lte_literal/lte_dyn_big_double_int": _BIG,
    "logic/AND/short_circuit_type_left": _TYPED,
    "logic/AND/short_circuit_type_right": _TYPED,
    "logic/OR/short_circuit_type_left": _TYPED,
    "logic/OR/short_circuit_type_right": _TYPED,
    "logic/conditional/mixed_type": _TYPED,
    "macros/all/list_empty": "an empty list literal is refused (list_mixed); empty rows come from the sheet",
    "parse/nest/funcall": "formulas have no unsigned numbers",
}

Case = dict[str, Any]


@cache
def cases() -> dict[str, Case]:
    """The tests by name, each with what the tablet's library made of it."""
    with TemporaryDirectory() as folder:
        module = bundled(Path(__file__).with_name("conformance_lines.ts"), Path(folder))
        told = subprocess.run(["node", module, *SECTIONS], capture_output=True, text=True, check=True)
    return {case["name"]: case for case in json.loads(told.stdout) if ours(case["expr"])}


def ours(expression: str) -> bool:
    """Whether formulas could say this."""
    try:
        parse(expression)
    except FormulaError:
        return False
    return True


def test_there_are_many() -> None:
    assert len(cases()) > 200


def test_server_library() -> None:
    wrong = {name for name, case in cases().items() if not same(evaluated(case), case["expected"])}
    assert wrong == PYTHON_EXCEPTIONS.keys()


def test_tablet_library() -> None:
    wrong = {name for name, case in cases().items() if not same(case["found"], case["expected"])}
    assert wrong == TABLET_EXCEPTIONS.keys()


def evaluated(case: Case) -> Any:
    bindings = {name: read(bound["value"]) for name, bound in case["bindings"].items()}
    try:
        return written(cel.evaluate(case["expr"], bindings))
    except (RuntimeError, ValueError, TypeError, LookupError, ArithmeticError):
        return None


def read(value: Case) -> Any:
    (kind, held), *_ = value.items()
    match kind:
        case "int64Value":
            return int(held)
        case "doubleValue":
            return float(held)
        case "listValue":
            return [read(item) for item in held.get("values", [])]
    return held


def written(value: Any) -> Any:
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int):
        return {"int64Value": str(value)}
    if isinstance(value, float):
        return {"doubleValue": value}
    if isinstance(value, str):
        return {"stringValue": value}
    if isinstance(value, list):
        return {"listValue": {"values": [written(item) for item in value]}}
    return {"nullValue": None}


def same(found: Any, expected: Any) -> bool:
    """Equal as the tests mean it: NaN is itself, an empty list may leave out its values, an error is an error."""
    if found is None or expected is None:
        return found is expected
    left, right = read(found), read(expected)
    if isinstance(left, float) and isinstance(right, float) and math.isnan(left):
        return math.isnan(right)
    return type(left) is type(right) and bool(left == right)


@pytest.mark.parametrize("exceptions", [PYTHON_EXCEPTIONS, TABLET_EXCEPTIONS])
def test_exceptions_say_why(exceptions: dict[str, str]) -> None:
    assert all(exceptions.values())
