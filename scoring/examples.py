"""A ruleset's worked examples, played and compared with what they promise."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .model import Ruleset
from .parts import Example, RankingExample
from .records import RecordsRefused, rank_json
from .sheet import evaluate

_NEAR = 1e-9
"""Examples are written in decimals; results are doubles."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that came out otherwise: where it stands, and what was expected and found."""

    section: str
    at: int
    name: str
    what: str
    expected: Any
    found: Any


def failures(ruleset: Ruleset) -> list[Failure]:
    """The examples that do not come out as they say."""
    sheets = [
        failure for at, example in enumerate(ruleset.examples) for failure in _sheet(ruleset, at, example)
    ]
    tables = [
        failure
        for at, example in enumerate(ruleset.ranking_examples)
        for failure in _table(ruleset, at, example)
    ]
    return sheets + tables


def _sheet(ruleset: Ruleset, at: int, example: Example) -> list[Failure]:
    evaluation = evaluate(ruleset, example.sheet)
    found: dict[str, Any] = {
        "results": evaluation.results,
        "values": evaluation.values,
        "errors": sorted({error.code for error in evaluation.errors}),
        "warnings": sorted({warning.code for warning in evaluation.warnings}),
    }
    expected = {"errors": [], **example.expect}
    return [
        Failure("examples", at, example.name, what, wanted, _part(found[what], wanted))
        for what, wanted in expected.items()
        if not _same(_part(found[what], wanted), sorted(wanted) if isinstance(wanted, list) else wanted)
    ]


def _table(ruleset: Ruleset, at: int, example: RankingExample) -> list[Failure]:
    results = {"entries": list(example.entries), "matches": list(example.matches), "draws": example.draws}
    try:
        standings = {standing.id: standing for standing in rank_json(ruleset, results)}
    except RecordsRefused as refused:
        problems = [problem.to_json() for problem in refused.problems]
        return [Failure("ranking_examples", at, example.name, "errors", [], problems)]
    failed = []
    for expected in example.expect:
        standing = standings.get(expected["id"])
        found = None if standing is None else {"rank": standing.rank, "values": dict(standing.values)}
        wanted = {"rank": expected["rank"], "values": expected.get("values", {})}
        if found is None or not _same({**found, "values": _part(found["values"], wanted["values"])}, wanted):
            failed.append(Failure("ranking_examples", at, example.name, str(expected["id"]), wanted, found))
    return failed


def _part(found: Any, wanted: Any) -> Any:
    """Of the found values, those the example speaks of."""
    return {key: found.get(key) for key in wanted} if isinstance(wanted, Mapping) else found


def _same(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, Mapping):
        return found.keys() == wanted.keys() and all(
            _same(found[key], value) for key, value in wanted.items()
        )
    if isinstance(wanted, list) and isinstance(found, list):
        return len(found) == len(wanted) and all(map(_same, found, wanted))
    if isinstance(wanted, int | float) and isinstance(found, int | float):
        return math.isclose(found, wanted, rel_tol=_NEAR, abs_tol=_NEAR)
    return bool(found == wanted)
