"""A ruleset file checked before anyone relies on it: structure, formulas, worked examples and lint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .building import build
from .examples import Failure, failures
from .lint import lint
from .problems import RulesetError, RulesetProblem
from .source import Source, read


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found; the file is fit for use if no problem is an error."""

    file: str
    id: str | None
    digest: str | None
    examples: int
    problems: tuple[RulesetProblem, ...]

    @property
    def ok(self) -> bool:
        return all(problem.level != "error" for problem in self.problems)

    def to_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "ok": self.ok,
            "id": self.id,
            "digest": self.digest,
            "examples": self.examples,
            "problems": [problem.to_json() for problem in self.problems],
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Report:
        """A report that was made elsewhere."""
        problems = tuple(RulesetProblem(**problem) for problem in told["problems"])
        return cls(told["file"], told["id"], told["digest"], told["examples"], problems)


def check(text: str, file: str) -> Report:
    """Everything that is wrong with a ruleset file."""
    try:
        source = read(text, file)
        ruleset = build(source, {})
    except RulesetError as error:
        return Report(file, None, None, 0, tuple(error.problems))
    problems = [_failed(source, failure) for failure in failures(ruleset)] + lint(ruleset, source)
    examples = len(ruleset.examples) + len(ruleset.ranking_examples)
    return Report(file, ruleset.id, ruleset.digest, examples, tuple(sorted(problems, key=lambda p: p.line)))


def _failed(source: Source, failure: Failure) -> RulesetProblem:
    facts = {
        "example": failure.name,
        "what": failure.what,
        "expected": failure.expected,
        "found": failure.found,
    }
    return source.problem((failure.section, failure.at), "example_failed", **facts)
