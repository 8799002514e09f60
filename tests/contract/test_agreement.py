"""The server's evaluator and the tablet's agree on every sheet: results, values, errors and warnings, exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from scoring.model import Ruleset
from scoring.sheet import evaluate
from tests.scoring.shipped import NAMES, shipped

from .random_sheets import random_sheet
from .sheets import sheets
from .tablet import SOURCE, Tablet, bundled

SHEETS_EACH = 2000
DRAWN_EACH = 50


@pytest.fixture(scope="module")
def tablet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tablet]:
    with Tablet.running(bundled(SOURCE, tmp_path_factory.mktemp("rules"))) as running:
        yield running


@pytest.mark.parametrize("name", NAMES)
def test_random_sheets_agree(name: str, tablet: Tablet) -> None:
    ruleset, random = shipped(name), Random(name)
    tablet.load(ruleset)
    drawn = [random_sheet(ruleset, random) for _ in range(SHEETS_EACH)]
    for sheet, made in zip(drawn, tablet.evaluate_all(drawn), strict=True):
        assert made == server_says(ruleset, sheet), sheet


@pytest.mark.parametrize("name", NAMES)
def test_drawn_sheets_agree(name: str, tablet: Tablet) -> None:
    ruleset = shipped(name)
    tablet.load(ruleset)

    @settings(
        max_examples=DRAWN_EACH,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(sheets(ruleset))
    def agree(sheet: dict[str, Any]) -> None:
        assert tablet.evaluate(sheet) == server_says(ruleset, sheet)

    agree()


@pytest.mark.parametrize("name", NAMES)
def test_examples_agree(name: str, tablet: Tablet) -> None:
    ruleset = shipped(name)
    tablet.load(ruleset)
    for example in ruleset.examples:
        assert tablet.evaluate(example.sheet) == server_says(ruleset, example.sheet)


def test_half_of_the_random_sheets_score() -> None:
    """The comparison would be empty if every sheet were refused, or none."""
    random = Random(1)
    scored = [
        evaluate(shipped(name), random_sheet(shipped(name), random)).ok
        for name in NAMES
        for _ in range(100)
        if shipped(name).fields
    ]
    assert 0.3 < sum(scored) / len(scored) < 0.8


def server_says(ruleset: Ruleset, sheet: Mapping[str, Any]) -> dict[str, Any]:
    """The server's evaluation in the shape the tablet gives."""
    made = evaluate(ruleset, sheet)
    return {
        "ok": made.ok,
        "results": dict(made.results),
        "values": dict(made.values),
        "warnings": [problem.to_json() for problem in made.warnings],
        "errors": [problem.to_json() for problem in made.errors],
    }
