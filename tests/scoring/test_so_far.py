"""An unfinished sheet so far: open fields at their least, and nothing where that cannot be told."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.sheet import evaluate
from scoring.so_far import so_far

from .making import made
from .shipped import NAMES, shipped

ROWS = """
fields:
  - {id: base, type: whole, label: {kk: Б, ru: Б, en: Base}, min: 2}
  - id: kind
    type: choice
    label: {kk: Т, ru: Т, en: Kind}
    options:
      - {id: dear, label: {kk: Қ, ru: Д, en: Dear}, points: 9}
      - {id: cheap, label: {kk: А, ru: Д, en: Cheap}, points: 4}
  - id: found
    type: rows
    label: {kk: Т, ru: Н, en: Found}
    max_rows: 3
    fields:
      - {id: far, type: whole, label: {kk: А, ru: Д, en: Far}}
results:
  - name: points
    type: points
    label: {kk: Ұпай, ru: Баллы, en: Points}
    formula: base + points(kind) + sum(found, row, row.far)
"""


@pytest.mark.parametrize(
    ("sheet", "points", "still_open"),
    [
        ({}, 6.0, ("base", "kind", "found")),
        ({"base": 5}, 9.0, ("kind", "found")),
        ({"base": 5, "kind": "dear", "found": [{"far": 3}, {}]}, 17.0, ("found.1.far",)),
        ({"base": 5, "kind": "dear", "found": [{"far": 3}]}, 17.0, ()),
    ],
)
def test_open_fields_count_at_their_least(sheet: dict[str, Any], points: float, still_open: Any) -> None:
    found = so_far(made(ROWS), sheet)
    assert (found.open, found.results) == (still_open, {"points": points})


def test_a_sheet_that_breaks_a_rule_comes_to_nothing_yet() -> None:
    found = so_far(made(ROWS), {"base": 1})
    assert (found.results, set(found.open)) == (None, {"kind", "found"})


@pytest.mark.parametrize("name", NAMES)
def test_of_every_shipped_ruleset_a_whole_sheet_is_what_it_comes_to(name: str) -> None:
    ruleset = shipped(name)
    for example in ruleset.examples:
        evaluation = evaluate(ruleset, example.sheet)
        found = so_far(ruleset, example.sheet)
        assert found.results == (evaluation.results if evaluation.ok else found.results)
        so_far(ruleset, {})
