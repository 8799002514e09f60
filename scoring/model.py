"""A whole ruleset, as a frozen value."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from .contest import Awards, MatchRules, Phase, Rubric
from .parts import (
    Attempts,
    Combined,
    Constraint,
    Criterion,
    Example,
    Field,
    Formula,
    Parameter,
    RankingExample,
    Result,
    Table,
    Value,
    Words,
)


@dataclass(frozen=True, eq=False)
class Ruleset:
    """The versioned rules of one discipline.

    ``robot`` holds the largest mass and sizes that inspection lets through, such as ``mass_g``. ``values`` and
    ``results`` stand in the order of the file; ``order`` names both so that each comes after what it uses.
    ``digest`` is the SHA-256 of the file's content, comments and layout apart, so a competition can pin it; numbers
    set on the day count as if they were written there.
    """

    id: str
    version: str
    kind: str
    label: Words
    description: Words | None
    sources: tuple[Mapping[str, str], ...]
    robot: Mapping[str, float]
    parameters: tuple[Parameter, ...]
    groups: tuple[Mapping[str, Any], ...]
    fields: tuple[Field, ...]
    tables: Mapping[str, Table]
    values: tuple[Value, ...]
    results: tuple[Result, ...]
    order: tuple[str, ...]
    constraints: tuple[Constraint, ...]
    attempts: Attempts
    combined: tuple[Combined, ...]
    match: MatchRules | None
    ranking: tuple[Criterion, ...]
    marks: tuple[str, ...]
    phases: tuple[Phase, ...]
    rubric: Rubric | None
    awards: Awards | None
    protest_window_min: float
    protest_fee: bool
    sheets_per_run: int
    examples: tuple[Example, ...] = field(repr=False)
    ranking_examples: tuple[RankingExample, ...] = field(repr=False)
    allowed: tuple[Mapping[str, str], ...] = field(repr=False)
    digest: str

    def to_json(self) -> dict[str, Any]:
        """The normalised form: plain CEL formulas, every default filled in. The tablet evaluates this."""
        left_out = ("examples", "ranking_examples", "allowed")
        return {
            part.name: plain(getattr(self, part.name)) for part in fields(self) if part.name not in left_out
        }


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of a ruleset's content in a canonical form."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def plain(value: Any) -> Any:
    """A part of a ruleset as JSON has it."""
    if isinstance(value, Formula):
        return value.to_json()
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value
