"""Every worked example of every shipped ruleset comes out as it says."""

from __future__ import annotations

import pytest

from scoring.examples import failures

from .shipped import NAMES, shipped


@pytest.mark.parametrize("name", NAMES)
def test_examples_come_out(name: str) -> None:
    assert failures(shipped(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_has_three_examples_and_sources(name: str) -> None:
    ruleset = shipped(name)
    assert len(ruleset.examples) + len(ruleset.ranking_examples) >= 3
    assert ruleset.sources
