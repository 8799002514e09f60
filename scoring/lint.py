"""What a ruleset may say by its grammar but should not: the slips that let wrong definitions through."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Ruleset
from .problems import RulesetProblem
from .source import Source

LANGUAGES = ("kk", "ru", "en")
LEAST_EXAMPLES = 3


def lint(ruleset: Ruleset, source: Source) -> list[RulesetProblem]:
    """Every slip found that the ruleset does not ``allow`` with a reason."""
    allowed = {(allowance["code"], allowance.get("field")) for allowance in ruleset.allowed}
    found = [*_ascending_points(ruleset, source)]
    return [p for p in found if (p.code, p.field) not in allowed and (p.code, None) not in allowed]


def _ascending_points(ruleset: Ruleset, source: Source) -> Iterator[RulesetProblem]:
    types = {result.name: result.type for result in ruleset.results}
    for at, criterion in enumerate(ruleset.ranking):
        kind = types.get(criterion.by)
        if (kind, criterion.order) == ("points", "asc"):
            yield source.problem(("ranking", at, "order"), "points_ascending", by=criterion.by)
        if (kind, criterion.order) == ("time", "desc"):
            yield source.problem(("ranking", at, "order"), "time_descending", by=criterion.by)
