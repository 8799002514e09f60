"""Small rulesets for the tests, written as YAML around what a test is about."""

from __future__ import annotations

from textwrap import dedent

from scoring.model import Ruleset
from scoring.ruleset import load

HEAD = """
id: test
version: "1"
kind: timed
label: {kk: Сынақ, ru: Проба, en: Test}
sources: [{where: made for this test}]
"""

POINTS_AND_TIME = """
fields:
  - {id: p, type: number, label: {kk: Ұпай, ru: Баллы, en: Points}}
  - {id: t, type: number, label: {kk: Уақыт, ru: Время, en: Time}}
results:
  - {name: points, type: points, label: {kk: Ұпай, ru: Баллы, en: Points}, formula: p}
  - {name: time, type: time, label: {kk: Уақыт, ru: Время, en: Time}, formula: t}
"""


def made(body: str, head: str = HEAD) -> Ruleset:
    """A ruleset with this body under a plain head."""
    return load(head + dedent(body), "test.yaml")


def with_results(body: str) -> Ruleset:
    """A ruleset whose sheets have points and a time, and this body."""
    return made(POINTS_AND_TIME + dedent(body))
