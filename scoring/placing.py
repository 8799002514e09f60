"""How entries are placed, read from a ruleset's content: attempts, values combined over them, ranking criteria."""

from __future__ import annotations

from collections.abc import Mapping
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


def attempts_of(source: Source, results: tuple[Result, ...]) -> Attempts:
    content = source.content.get("attempts", {"count": 1})
    better = _criteria(content.get("better"), results) or _better_from_ranking(source, results)
    return Attempts(
        count=content["count"],
        minimum=content.get("minimum", 1),
        limit_s=content.get("limit_s"),
        window_s=content.get("window_s"),
        unused=content.get("unused", "skipped"),
        better=better,
        normalise=tuple(_normalised(item, results) for item in content.get("normalise", ())),
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
    return _criteria(content.get("ranking"), results) or attempts.better, problems


def _criteria(content: list[Mapping[str, Any]] | None, results: tuple[Result, ...]) -> tuple[Criterion, ...]:
    types = {result.name: result.type for result in results}
    return tuple(
        Criterion(item["by"], item.get("order", _natural_order(types.get(item["by"]))), item.get("label"))
        for item in content or ()
    )


def _better_from_ranking(source: Source, results: tuple[Result, ...]) -> tuple[Criterion, ...]:
    """Unless said otherwise, an attempt is better by what ranks entries; failing that, by the first result."""
    names = {result.name for result in results}
    ranked = [item for item in source.content.get("ranking", []) if item["by"] in names]
    return _criteria(ranked or [{"by": result.name} for result in results[:1]], results)


def _natural_order(result_type: str | None) -> Order:
    """Less time is better; more of anything else is."""
    return "asc" if result_type == "time" else "desc"


def _normalised(content: Mapping[str, Any], results: tuple[Result, ...]) -> Normalised:
    types = {result.name: result.type for result in results}
    return Normalised(
        content["name"], content["of"], content.get("order", _natural_order(types.get(content["of"])))
    )


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
