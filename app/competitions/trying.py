"""What is asked when a ruleset is tried before anyone relies on it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, field_validator

from scoring.ruleset import Ruleset

from .rulesets import pinned, shipped_text

MOST_CHARACTERS = 200_000
MOST_LINES = {"entries": 500, "matches": 5_000}


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
    """Results to be ranked, in the form ``flask rules rank`` takes: of a division, not of a country."""

    results: dict[str, Any]

    @field_validator("results")
    @classmethod
    def _of_a_division(cls, results: dict[str, Any]) -> dict[str, Any]:
        for name, most in MOST_LINES.items():
            lines = results.get(name)
            if isinstance(lines, list) and len(lines) > most:
                raise ValueError(f"more than {most} {name}")
        return results
