"""How entries are placed, read from a ruleset's content: attempts, values combined over them, ranking criteria."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .parts import Attempts, Combined, Criterion, Normalised, Order, Result
from .problems import RulesetProblem
from .source import Path, Source

MATCH_CRITERIA = (
    "match_points",
    "points_per_match",
    "wins",
    "played",
    "head_to_head",
    "buchholz",
    "buchholz_cut_1",
    "buchholz_median",
    "sonneborn_berger",
    "score_for",
    "score_against",
    "score_difference",
)
"""Criteria that come from matches rather than attempts."""

ATTEMPT_NUMBER = "attempt_number"
"""The number of an attempt, counted from 1, beside its results."""

DRAW = "draw"
"""The criterion of a random draw, made once and stored."""

_FEWER_IS_BETTER = frozenset((ATTEMPT_NUMBER, DRAW, "score_against"))

Types = Mapping[str, str]
"""The type of each result or combined value by name."""


def attempts_of(source: Source, results: tuple[Result, ...]) -> Attempts:
    content, types = source.content.get("attempts", {"count": 1}), _types(results)
    better = _criteria(content.get("better"), types) or _better_from_ranking(source, types)
    return Attempts(
        count=content["count"],
        minimum=content.get("minimum", 1),
        limit_s=content.get("limit_s"),
        window_s=content.get("window_s"),
        unused=content.get("unused", "skipped"),
        better=better,
        normalise=tuple(_normalised(item, types) for item in content.get("normalise", ())),
    )


def combined_of(source: Source, results: tuple[Result, ...]) -> tuple[Combined, ...]:
    """The declared combinations, then for every result without one of its name: its value in the best attempt.

    Where sides meet in matches a result belongs to a match, so only what is declared is combined.
    """
    declared = source.content.get("combined", [])
    by_name = {result.name: result for result in results}
    made = [_combined(item, by_name.get(item["of"])) for item in declared]
    taken = {combined.name for combined in made}
    if source.content["kind"] == "head_to_head":
        return tuple(made)
    return (*made, *(_at_best(result) for result in results if result.name not in taken))


def ranking_of(
    source: Source, attempts: Attempts, combined: tuple[Combined, ...], results: tuple[Result, ...]
) -> tuple[tuple[Criterion, ...], list[RulesetProblem]]:
    """The ranking criteria, and what is wrong with them or with what they rest on."""
    result_names = {result.name for result in results}
    of_attempt = {*result_names, *(item.name for item in attempts.normalise), ATTEMPT_NUMBER}
    usable = {item.name for item in combined} | {*MATCH_CRITERIA, DRAW}
    used: list[tuple[Path, str, set[str]]] = [
        (("attempts", "better", at), c.by, of_attempt) for at, c in enumerate(attempts.better)
    ]
    used += [(("attempts", "normalise", at), c.of, result_names) for at, c in enumerate(attempts.normalise)]
    content = source.content
    used += [
        (("combined", at, "of"), c["of"], of_attempt) for at, c in enumerate(content.get("combined", []))
    ]
    used += [(("ranking", at, "by"), c["by"], usable) for at, c in enumerate(content.get("ranking", []))]
    problems = [
        source.problem(path, "name_unknown", name=name, known=sorted(known))
        for path, name, known in used
        if name not in known
    ]
    problems += [
        source.problem(("combined", at), "groups_missing")
        for at, c in enumerate(content.get("combined", []))
        if c["take"] == "groups" and "groups" not in c
    ]
    if not content.get("ranking") and not results:
        problems.append(source.problem((), "key_missing", key="ranking"))
    types = {**_types(results), **_types(combined)}
    return _criteria(content.get("ranking"), types) or attempts.better, problems


def _criteria(content: list[Mapping[str, Any]] | None, types: Types) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(item["by"], item.get("order", _natural_order(item["by"], types)), item.get("label"))
        for item in content or ()
    )


def _better_from_ranking(source: Source, types: Types) -> tuple[Criterion, ...]:
    """Unless said otherwise, an attempt is better by what ranks entries; failing that, by the first result."""
    ranked = [item for item in source.content.get("ranking", []) if item["by"] in types]
    return _criteria(ranked or [{"by": name} for name in list(types)[:1]], types)


def _types(results: Iterable[Result | Combined]) -> Types:
    return {result.name: result.type for result in results}


def _natural_order(name: str, types: Types) -> Order:
    """Less time is better, and a lower number drawn, an earlier attempt, fewer goals against; of the rest, more."""
    return "asc" if name in _FEWER_IS_BETTER or types.get(name) == "time" else "desc"


def _normalised(content: Mapping[str, Any], types: Types) -> Normalised:
    order = content.get("order", _natural_order(content["of"], types))
    return Normalised(content["name"], content["of"], order)


def _combined(content: Mapping[str, Any], of: Result | None) -> Combined:
    """``of`` is None for what is not a result of the sheet: a share of the best, or the number of the attempt."""
    return Combined(
        name=content["name"],
        of=content["of"],
        take=content["take"],
        count=content.get("count", 1),
        then=content.get("then", "mean" if content["take"] == "drop_worst" else "sum"),
        groups=tuple(tuple(group) for group in content.get("groups", ())),
        each=content.get("each", "best"),
        type=content.get("type", of.type if of else "number"),
        label=content.get("label", of.label if of else {}),
        shown=content.get("shown", True),
    )


def _at_best(result: Result) -> Combined:
    return Combined(
        result.name, result.name, "best", 1, "sum", (), "best", result.type, result.label, result.shown
    )
