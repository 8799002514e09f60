"""A ruleset's content held against the JSON Schema, every mismatch told by a code and its line."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from jsonschema import Draft202012Validator, ValidationError

from .problems import RulesetProblem, SheetProblem
from .source import Source

_FOLDER = Path(__file__).parents[1] / "config" / "disciplines"
SCHEMA = _FOLDER / "ruleset.schema.json"
RESULTS_SCHEMA = _FOLDER / "results.schema.json"
MARKS_SCHEMA = _FOLDER / "marks.schema.json"

_CODES = {
    "additionalProperties": "key_unknown",
    "required": "key_missing",
    "type": "type_wrong",
    "enum": "value_not_allowed",
    "const": "value_not_allowed",
    "pattern": "text_malformed",
    "minItems": "too_few",
    "minProperties": "too_few",
    "minLength": "too_short",
    "maxItems": "too_many",
    "maxLength": "too_long",
    "minimum": "below_min",
    "exclusiveMinimum": "below_min",
    "maximum": "above_max",
    "uniqueItems": "repeated",
}


@lru_cache(maxsize=3)
def _validator(schema: Path) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema.read_text("utf-8")))


def mismatches(source: Source) -> list[RulesetProblem]:
    """Every way in which the content does not fit the schema, in the order of the file."""
    problems = [
        problem
        for error in _validator(SCHEMA).iter_errors(source.content)
        for problem in _problems(source, _innermost(error))
    ]
    return sorted(problems, key=lambda problem: (problem.line, problem.field, problem.code))


def malformed(results: object, schema: Path = RESULTS_SCHEMA) -> list[SheetProblem]:
    """Every way in which results, or a judge's marks, do not fit their schema."""
    return [
        SheetProblem(
            _CODES.get(str(error.validator), "schema_mismatch"),
            ".".join(map(str, error.absolute_path)) or None,
            {"expected": error.validator_value, "found": _brief(error.instance)},
        )
        for error in map(_innermost, _validator(schema).iter_errors(results))
    ]


def _innermost(error: ValidationError) -> ValidationError:
    """Of several allowed shapes, the first is the one a person most likely meant."""
    while error.validator == "anyOf" and error.context:
        error = error.context[0]
    return error


def _problems(source: Source, error: ValidationError) -> list[RulesetProblem]:
    path, expected = tuple(error.absolute_path), cast(Any, error.validator_value)
    code = _CODES.get(str(error.validator), "schema_mismatch")
    if code == "key_unknown":
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        strange = [key for key in cast(dict[str, Any], error.instance) if key not in known]
        return [source.problem((*path, key), code, key=key, known=sorted(known)) for key in strange]
    if code == "key_missing":
        missing = next(key for key in expected if error.message.startswith(repr(key)))
        return [source.problem(path, code, key=missing)]
    return [source.problem(path, code, expected=expected, found=_brief(error.instance))]


def _brief(instance: object) -> object:
    return instance if isinstance(instance, bool | int | float) else str(instance)[:60]
