"""Results as JSON gives them (docs/rulesets.md, ``flask rules rank``), turned into records, matches and draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .model import Ruleset
from .problems import SheetProblem
from .ranking import Attempt, Match, Record, Standing, rank
from .sheet import evaluate


class RecordsRefused(Exception):
    """Results cannot be ranked; ``problems`` says where and why."""

    def __init__(self, problems: Sequence[SheetProblem]) -> None:
        super().__init__(problems[0].code)
        self.problems = list(problems)


def rank_json(ruleset: Ruleset, results: Mapping[str, Any]) -> list[Standing]:
    """The standings of ``{"entries", "matches", "draws"}``. Raises RecordsRefused."""
    problems: list[SheetProblem] = []
    records = [record_of(ruleset, entry, problems) for entry in results.get("entries", [])]
    matches = [match_of(match) for match in results.get("matches", [])]
    if problems:
        raise RecordsRefused(problems)
    return rank(ruleset, records, matches, results.get("draws"))


def record_of(ruleset: Ruleset, entry: Mapping[str, Any], problems: list[SheetProblem]) -> Record:
    """One entry; what its sheets get wrong is added to ``problems``, under ``entry.attempts.N.field``."""
    attempts = tuple(
        _attempt(ruleset, attempt, f"{entry['id']}.attempts.{at}", problems)
        for at, attempt in enumerate(entry.get("attempts", []))
    )
    return Record(str(entry["id"]), attempts, bool(entry.get("out_of_competition")), entry.get("mark"))


def match_of(match: Mapping[str, Any]) -> Match:
    return Match(
        sides=tuple(match["sides"]),
        winner=match.get("winner"),
        scores=tuple(match.get("scores", ())),
        phase=match.get("phase"),
        round=match.get("round"),
    )


def _attempt(
    ruleset: Ruleset, attempt: Mapping[str, Any] | None, path: str, problems: list[SheetProblem]
) -> Attempt | None:
    if attempt is None:
        return None
    if attempt.get("mark"):
        return Attempt(mark=attempt["mark"])
    evaluation = evaluate(ruleset, attempt["sheet"])
    problems += [
        SheetProblem(error.code, f"{path}.{error.field}", error.facts, error.message)
        for error in evaluation.errors
    ]
    return Attempt(evaluation.results)
