"""The server's evaluator and the tablet's agree on every sheet: results, values, errors and warnings, exactly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from scoring.sheet import evaluate
from tests.scoring.shipped import NAMES, shipped

from .sheets import sheets
from .tablet import SOURCE, Tablet, bundled

SHEETS_EACH = 1000


@pytest.fixture(scope="module")
def tablet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tablet]:
    with Tablet.running(bundled(SOURCE, tmp_path_factory.mktemp("rules"))) as running:
        yield running


@pytest.mark.parametrize("name", NAMES)
def test_random_sheets_agree(name: str, tablet: Tablet) -> None:
    ruleset = shipped(name)
    tablet.load(ruleset)

    @settings(
        max_examples=SHEETS_EACH,
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
        assert tablet.evaluate(dict(example.sheet)) == server_says(ruleset, example.sheet)


def server_says(ruleset: Any, sheet: Any) -> dict[str, Any]:
    """The server's evaluation in the shape the tablet gives."""
    made = evaluate(ruleset, sheet)
    return {
        "ok": made.ok,
        "results": dict(made.results),
        "values": dict(made.values),
        "warnings": [problem.to_json() for problem in made.warnings],
        "errors": [problem.to_json() for problem in made.errors],
    }
