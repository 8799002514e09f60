"""The shipped disciplines, and rulesets pinned into a competition's log."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from scoring.ruleset import Ruleset, load

DISCIPLINES = Path(__file__).parents[2] / "config" / "disciplines"


def shipped() -> list[str]:
    """The ids of the disciplines in ``config/disciplines``, in order."""
    return sorted(path.stem for path in DISCIPLINES.glob("*.yaml"))


def shipped_text(discipline: str) -> str | None:
    """The YAML of a shipped discipline, or None where there is none of that id."""
    return (DISCIPLINES / f"{discipline}.yaml").read_text("utf-8") if discipline in shipped() else None


@lru_cache(maxsize=256)
def pinned(text: str, on_the_day: tuple[tuple[str, float], ...] = ()) -> Ruleset:
    """The ruleset of a text, with parameters set on the day; the same is parsed once in a process.

    Raises RulesetError.
    """
    return load(text, "ruleset", dict(on_the_day))
