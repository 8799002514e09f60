"""What can be wrong with a ruleset or a sheet: codes and facts, never sentences."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

Facts = Mapping[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class RulesetProblem:
    """Something wrong in a ruleset file. ``line`` counts from 1; ``field`` is a path such as ``results.0.formula``."""

    file: str
    line: int
    field: str
    code: str
    facts: Facts = dataclasses.field(default_factory=dict)
    level: str = "error"

    def to_json(self) -> dict[str, Any]:
        return {
            "level": self.level,
            "file": self.file,
            "line": self.line,
            "field": self.field,
            "code": self.code,
            "facts": dict(self.facts),
        }


class RulesetError(Exception):
    """A ruleset cannot be used; ``problems`` holds at least one."""

    def __init__(self, problems: list[RulesetProblem]) -> None:
        first = problems[0]
        super().__init__(f"{first.file}:{first.line}: {first.field}: {first.code} {dict(first.facts)}")
        self.problems = problems


@dataclasses.dataclass(frozen=True, slots=True)
class SheetProblem:
    """Something wrong with a score sheet; ``message`` is the ruleset's own sentence by language, for constraints."""

    code: str
    field: str | None
    facts: Facts = dataclasses.field(default_factory=dict)
    message: Mapping[str, str] | None = None
    fields: tuple[str, ...] = ()
    """Every field a constraint is about; ``field`` is the first."""

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "field": self.field,
            "fields": list(self.fields or ([self.field] if self.field else [])),
            "facts": dict(self.facts),
            "message": dict(self.message) if self.message is not None else None,
        }
