"""Every function and operator of formulas gives the same on both sides, for numbers chosen to be awkward."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from scoring.model import Ruleset
from scoring.ruleset import load

from .tablet import SOURCE, Tablet, bundled
from .test_agreement import server_says

SHEETS = 4000

FORMULAS = {
    "ratio": "x / y",
    "third": "x / 3",
    "rounded": "round(x)",
    "to_cents": "round(x, 2)",
    "to_hundreds": "round(x, -2)",
    "rounded_ratio": "round(x / 7, 3)",
    "cube": "pow(x, 3)",
    "to_count": "pow(y, n)",
    "inverse": "pow(x, 0 - n)",
    "clamped": "clamp(x, -1, y)",
    "least": "min(x, y, n)",
    "most": "max(x, y, n)",
    "floored": "floor(x / 10) + ceil(y / 10)",
    "distance": "abs(x - y)",
    "total": "sum(rows, r, r.a * x)",
    "all_of_them": "product(rows, r, r.a)",
    "mean": "avg(rows, r, r.a)",
    "greatest": "max(rows, r, r.a)",
    "above": "sum(rows, r, count(before(rows, r), b, b.a > r.a))",
    "third_row": "rows[2].a",
    "row_of_n": "rows[n].a",
    "banded": "lookup(bands, x)",
    "listed": "lookup(steps, n)",
    "chosen": 'points(kinds) + count(kinds) + ("b" in kinds)',
    "asked": "if_set(maybe, y) + is_set(maybe)",
    "kept": "is_set(maybe) && maybe > 1 ? maybe : 0",
    "absorbed_or": "(x / y > 1 || n >= 0) + 0",
    "absorbed_and": "(x / y > 1 && n < 0) + 0",
    "kept_error": "(n >= 0 && x / y > 1) + 0",
    "all_rows": "rows.all(r, 6 / r.a > 1) + 0",
    "some_row": "rows.exists(r, 1 / r.a > 2) + 0",
    "one_row": "rows.exists_one(r, r.a > 0) + 0",
    "exponents": "x * 1e-7 + y * 1e21",
}

RULESET = """
id: laboratory
version: "1"
kind: timed
label: {en: Laboratory}
sources: [{where: made for this test}]
tables:
  steps: [1, 2, 4, 8]
  bands: [{from: -5, value: 1}, {from: 0, value: 2}, {from: 100.5, value: 3}]
fields:
  - {id: x, type: number, label: {en: x}}
  - {id: y, type: number, label: {en: y}}
  - {id: n, type: whole, max: 6, label: {en: n}}
  - {id: maybe, type: number, required: false, label: {en: maybe}}
  - id: kinds
    type: multiple_choice
    label: {en: kinds}
    options:
      - {id: a, points: 1.1, label: {en: a}}
      - {id: b, points: 2.2, label: {en: b}}
      - {id: c, points: 3.3, label: {en: c}}
  - id: rows
    type: rows
    max_rows: 4
    label: {en: rows}
    fields: [{id: a, type: number, label: {en: a}}]
results:
  - {name: answer, type: number, label: {en: Answer}, formula: FORMULA}
"""

AWKWARD = (
    0.0,
    -0.0,
    0.1,
    0.5,
    1.005,
    2.5,
    -2.5,
    1.15,
    2.675,
    1e-7,
    1e12,
    -1e12,
    123456.789,
    0.30000000000000004,
    1 / 3,
)


@pytest.fixture(scope="module")
def tablet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tablet]:
    with Tablet.running(bundled(SOURCE, tmp_path_factory.mktemp("rules"))) as running:
        yield running


@pytest.mark.parametrize("name", FORMULAS)
def test_function_agrees(name: str, tablet: Tablet) -> None:
    ruleset, random = laboratory(FORMULAS[name]), Random(name)
    tablet.load(ruleset)
    sheets = [sheet(random) for _ in range(SHEETS // len(FORMULAS))]
    for drawn, made in zip(sheets, tablet.evaluate_all(sheets), strict=True):
        assert made == server_says(ruleset, drawn), drawn


def laboratory(formula: str) -> Ruleset:
    """A ruleset whose only result is this formula."""
    return load(RULESET.replace("FORMULA", f"'{formula}'"), "laboratory.yaml")


def sheet(random: Random) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "x": number(random),
        "y": number(random),
        "n": random.randint(0, 6),
        "kinds": random.sample(["a", "b", "c"], random.randint(0, 3)),
        "rows": [{"a": number(random)} for _ in range(random.randint(0, 4))],
    }
    return drawn if random.random() < 0.5 else {**drawn, "maybe": number(random)}


def number(random: Random) -> float:
    return random.choice(
        [random.choice(AWKWARD), random.uniform(-100, 100), round(random.uniform(-100, 100), 3)]
    )
