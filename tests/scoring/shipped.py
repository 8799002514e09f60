"""The shipped rulesets, loaded once for the tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from scoring.model import Ruleset
from scoring.ruleset import load

DISCIPLINES = Path(__file__).parents[2] / "config" / "disciplines"
NAMES = sorted(path.stem for path in DISCIPLINES.glob("*.yaml"))


@cache
def shipped(name: str) -> Ruleset:
    """A shipped ruleset by the name of its file."""
    path = DISCIPLINES / f"{name}.yaml"
    return load(path.read_text("utf-8"), str(path))
