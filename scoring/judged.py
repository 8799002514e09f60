"""Marks of several judges brought together: the raw mean, and the mean adjusted for each judge's severity.

The adjusted mean comes from the additive model ``mark = project + judge + error`` with projects fixed and judges
random, solved as Henderson's mixed model equations; the ratio of the variances is the one of greatest restricted
likelihood (Searle, Casella and McCulloch, Variance Components). Judges are drawn towards zero severity the less is
known of them, so a panel that cannot be compared with the others is left near its raw mean.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .linear import Matrix, cholesky, log_determinant, solve

LEAST_MARKS = 3
_LEAST_VARIANCE = 1e-9
"""The error variance is kept above this share of a squared mark, so that no spread at all divides by zero."""
_RATIOS = [math.exp(step / 2) for step in range(-16, 29)]
"""Ratios of error to judge variance that are tried first, from judges that explain all to judges alike."""
_GOLDEN = (math.sqrt(5) - 1) / 2
_NARROWINGS = 25


@dataclass(frozen=True, slots=True)
class Mark:
    """What one judge gave one project."""

    project: str
    judge: str
    value: float


@dataclass(frozen=True, slots=True)
class ProjectMean:
    project: str
    marks: int
    raw: float
    adjusted: float


@dataclass(frozen=True, slots=True)
class JudgeSeverity:
    """``severity`` is how much the judge gives above (or, negative, below) the others, as far as can be told."""

    judge: str
    marks: int
    severity: float


@dataclass(frozen=True, slots=True)
class Concern:
    """A reason to look twice: ``panels_disconnected``, ``judge_few_marks``, ``judge_same_marks``."""

    code: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    projects: tuple[ProjectMean, ...]
    judges: tuple[JudgeSeverity, ...]
    concerns: tuple[Concern, ...]


def judge(marks: Iterable[Mark]) -> Judged:
    """Both means of every project, every judge's severity, and what makes them doubtful. Ids are in order."""
    given = sorted(marks, key=lambda mark: (mark.project, mark.judge))
    by_project, by_judge = _grouped(given, "project"), _grouped(given, "judge")
    severity = _severities(given, sorted(by_judge)) if given else {}
    projects = tuple(_project(name, own, severity) for name, own in sorted(by_project.items()))
    judges = tuple(JudgeSeverity(name, len(own), severity[name]) for name, own in sorted(by_judge.items()))
    return Judged(projects, judges, (*_about_panels(given), *_about_judges(by_judge)))


def panels(marks: Iterable[Mark]) -> list[list[str]]:
    """The projects in sets that share judges, directly or through others; more than one set cannot be compared."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            node = parent[node] = parent[parent[node]]
        return node

    for mark in marks:
        parent[root(f"p:{mark.project}")] = root(f"j:{mark.judge}")
    sets: dict[str, list[str]] = defaultdict(list)
    for node in parent:
        if node.startswith("p:"):
            sets[root(node)].append(node[2:])
    return sorted(sorted(projects) for projects in sets.values())


def _grouped(marks: Iterable[Mark], by: str) -> dict[str, list[Mark]]:
    groups: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        groups[getattr(mark, by)].append(mark)
    return groups


def _project(name: str, marks: Sequence[Mark], severity: dict[str, float]) -> ProjectMean:
    raw = sum(mark.value for mark in marks) / len(marks)
    adjusted = sum(mark.value - severity[mark.judge] for mark in marks) / len(marks)
    return ProjectMean(name, len(marks), raw, adjusted)


def _about_panels(marks: Sequence[Mark]) -> list[Concern]:
    sets = panels(marks)
    return [Concern("panels_disconnected", {"panels": sets})] if len(sets) > 1 else []


def _about_judges(by_judge: dict[str, list[Mark]]) -> list[Concern]:
    concerns = []
    for name, own in sorted(by_judge.items()):
        if len(own) < LEAST_MARKS:
            concerns.append(
                Concern("judge_few_marks", {"judge": name, "marks": len(own), "least": LEAST_MARKS})
            )
        elif len({mark.value for mark in own}) == 1:
            concerns.append(
                Concern("judge_same_marks", {"judge": name, "marks": len(own), "value": own[0].value})
            )
    return concerns


def _severities(marks: Sequence[Mark], judges: Sequence[str]) -> dict[str, float]:
    """The judges' random effects at the likeliest ratio of error to judge variance."""
    equations = _Equations(marks, judges)
    tried = min(range(len(_RATIOS)), key=lambda at: equations.deviance(_RATIOS[at]))
    low, high = _RATIOS[max(tried - 1, 0)], _RATIOS[min(tried + 1, len(_RATIOS) - 1)]
    ratio = _least(equations.deviance, math.log(low), math.log(high))
    return dict(zip(judges, equations.effects(ratio), strict=True))


def _least(deviance: Callable[[float], float], low: float, high: float) -> float:
    """The ratio of least deviance between two logarithms, by golden section."""
    for _ in range(_NARROWINGS):
        left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        if deviance(math.exp(left)) <= deviance(math.exp(right)):
            high = right
        else:
            low = left
    return math.exp((low + high) / 2)


class _Equations:
    """The mixed model equations with the projects absorbed: one row a judge."""

    def __init__(self, marks: Sequence[Mark], judges: Sequence[str]) -> None:
        self._place = {name: at for at, name in enumerate(judges)}
        self._projects = [
            [(self._place[mark.judge], mark.value) for mark in own]
            for own in _grouped(marks, "project").values()
        ]
        self._marks = len(marks)
        self._floor = (max(mark.value**2 for mark in marks) or 1.0) * _LEAST_VARIANCE
        count = len(judges)
        self._matrix = [[0.0] * count for _ in range(count)]
        self._right = [0.0] * count
        for own in self._projects:
            self._absorb(own)

    def _absorb(self, own: Sequence[tuple[int, float]]) -> None:
        mean = sum(value for _, value in own) / len(own)
        for at, value in own:
            self._matrix[at][at] += 1.0
            self._right[at] += value - mean
            for other, _ in own:
                self._matrix[at][other] -= 1.0 / len(own)

    def effects(self, ratio: float) -> list[float]:
        """The judges' effects for this ratio of error to judge variance."""
        return solve(self._factored(ratio), self._right)

    def deviance(self, ratio: float) -> float:
        """Minus twice the restricted log-likelihood of this ratio, but for a constant."""
        factored = self._factored(ratio)
        free = max(self._marks - len(self._projects), 1)
        left = max(self._left(solve(factored, self._right)), self._floor)
        return free * math.log(left) + log_determinant(factored) - len(self._right) * math.log(ratio)

    def _factored(self, ratio: float) -> Matrix:
        size = range(len(self._right))
        return cholesky(
            [[self._matrix[row][column] + ratio * (row == column) for column in size] for row in size]
        )

    def _left(self, effects: Sequence[float]) -> float:
        """The sum of squares that the projects and these effects leave unexplained."""
        left = 0.0
        for own in self._projects:
            fitted = sum(value - effects[at] for at, value in own) / len(own)
            left += sum(value * (value - fitted - effects[at]) for at, value in own)
        return left
