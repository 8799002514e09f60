"""What a ruleset may say by its grammar but should not: the slips that let wrong definitions through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .bounds import Bounds, bounds_of_field, bounds_of_formula
from .cost import MOST_STEPS, cost
from .model import Ruleset
from .parts import Formula
from .placing import MATCH_CRITERIA
from .problems import RulesetProblem
from .source import Path, Source

LANGUAGES = ("kk", "ru", "en")
LEAST_EXAMPLES = 3
_WORDS = ("label", "hint", "message", "description", "text")


def lint(ruleset: Ruleset, source: Source) -> list[RulesetProblem]:
    """Every slip found that the ruleset does not ``allow`` with a reason."""
    allowed = {(allowance["code"], allowance.get("field")) for allowance in ruleset.allowed}
    found = [
        *_wrong_way_round(ruleset, source),
        *_unused_fields(ruleset, source),
        *_out_of_reach(ruleset, source),
        *_untranslated(source.content, (), source),
        *_costly(ruleset, source),
        *_few_examples(ruleset, source),
    ]
    return [p for p in found if (p.code, p.field) not in allowed and (p.code, None) not in allowed]


def _wrong_way_round(ruleset: Ruleset, source: Source) -> Iterator[RulesetProblem]:
    """Points that rank upwards, times that rank downwards; in the ranking and in what makes an attempt better."""
    types = {result.name: result.type for result in ruleset.results}
    types |= {combined.name: combined.type for combined in ruleset.combined}
    types |= {name: "points" for name in MATCH_CRITERIA if name != "score_against"}
    for path in (("ranking",), ("attempts", "better")):
        criteria = ruleset.ranking if path == ("ranking",) else ruleset.attempts.better
        for at, criterion in enumerate(criteria):
            wrong = {("points", "asc"): "points_ascending", ("time", "desc"): "time_descending"}
            code = wrong.get((types.get(criterion.by, ""), criterion.order))
            if code is not None:
                yield source.problem((*path, at), code, by=criterion.by)


def _formulas(ruleset: Ruleset) -> Iterator[tuple[Path, Formula]]:
    for at, value in enumerate(ruleset.values):
        yield ("values", at, "formula"), value.formula
    for at, result in enumerate(ruleset.results):
        yield ("results", at, "formula"), result.formula
    for at, constraint in enumerate(ruleset.constraints):
        yield ("constraints", at, "require"), constraint.require
    for at, field in enumerate(ruleset.fields):
        for column in (field, *field.fields):
            if column.visible_if is not None:
                yield ("fields", at, "visible_if"), column.visible_if


def _unused_fields(ruleset: Ruleset, source: Source) -> Iterator[RulesetProblem]:
    """Fields and row columns that no formula asks for; a text note is for people."""
    used = frozenset[str]().union(*(formula.uses for _, formula in _formulas(ruleset)))
    texts = " ".join(formula.cel for _, formula in _formulas(ruleset))
    for at, field in enumerate(ruleset.fields):
        if field.type != "text" and field.id not in used:
            yield source.problem(("fields", at), "field_unused", name=field.id)
        for place, column in enumerate(field.fields):
            if column.type != "text" and f".{column.id}" not in texts:
                yield source.problem(
                    ("fields", at, "fields", place), "field_unused", name=f"{field.id}.{column.id}"
                )


def _out_of_reach(ruleset: Ruleset, source: Source) -> Iterator[RulesetProblem]:
    """A declared ``max`` that no sheet can come to."""
    known: dict[str, Bounds] = {}
    for field in ruleset.fields:
        known |= bounds_of_field(field)
    formulas = {value.name: value.formula for value in ruleset.values}
    formulas |= {result.name: result.formula for result in ruleset.results}
    for name in ruleset.order:
        known[name] = bounds_of_formula(formulas[name], known, ruleset.tables)
    for at, result in enumerate(ruleset.results):
        most = known[result.name].high
        if result.max is not None and most < result.max:
            yield source.problem(("results", at, "max"), "max_unreachable", declared=result.max, most=most)


def _untranslated(part: Any, path: Path, source: Source) -> Iterator[RulesetProblem]:
    """Words for people that lack one of the languages."""
    if isinstance(part, Mapping):
        for key, item in part.items():
            if key in _WORDS and isinstance(item, Mapping):
                missing = [language for language in LANGUAGES if not str(item.get(language, "")).strip()]
                if missing:
                    yield source.problem((*path, key), "translation_missing", languages=missing)
            else:
                yield from _untranslated(item, (*path, key), source)
    elif isinstance(part, list):
        for at, item in enumerate(part):
            yield from _untranslated(item, (*path, at), source)


def _few_examples(ruleset: Ruleset, source: Source) -> Iterator[RulesetProblem]:
    found = len(ruleset.examples) + len(ruleset.ranking_examples)
    if found < LEAST_EXAMPLES:
        yield source.problem(("examples",), "examples_few", "warning", found=found, least=LEAST_EXAMPLES)


def _costly(ruleset: Ruleset, source: Source) -> Iterator[RulesetProblem]:
    rows = {field.id: field.max_rows for field in ruleset.fields if field.type == "rows"}
    rows |= {field.id: len(field.options) for field in ruleset.fields if field.type == "multiple_choice"}
    for path, formula in _formulas(ruleset):
        steps = cost(formula, rows)
        if steps > MOST_STEPS:
            yield source.problem(path, "formula_too_costly", steps=steps, most=MOST_STEPS)
