"""What is asked when a ruleset is tried before anyone relies on it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

from scoring.ruleset import Ruleset

from .rulesets import pinned, shipped_text

MOST_CHARACTERS = 200_000


class RulesTried(BaseModel):
    """Which rules are tried: a shipped discipline, or the text of a ruleset file; with numbers set on the day."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    discipline: Annotated[str, Field(max_length=64)] | None = None
    text: Annotated[str, Field(max_length=MOST_CHARACTERS)] | None = None
    parameters: dict[str, FiniteFloat] = {}

    def ruleset(self) -> Ruleset | None:
        """None where there is no such discipline. Raises RulesetError."""
        text = self.text if self.text is not None else shipped_text(self.discipline or "")
        return None if text is None else pinned(text, tuple(sorted(self.parameters.items())))


class SheetTried(RulesTried):
    """A score sheet to be evaluated: ``{field: value}``."""

    sheet: dict[str, Any]


class ResultsTried(RulesTried):
    """Results to be ranked, in the form ``flask rules rank`` takes."""

    results: dict[str, Any]
