"""A ruleset as the judge will meet it: the sheet, group by group, and sample runs with what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .model import Ruleset
from .parts import Field, Words
from .sheet import evaluate

_CONTROLS = {
    "yes_no": "switch",
    "whole": "stepper",
    "number": "number",
    "time": "clock",
    "choice": "buttons",
    "multiple_choice": "toggles",
    "text": "text",
    "rows": "rows",
}


def preview(ruleset: Ruleset, language: str) -> dict[str, Any]:
    """The sheet in one language, its result columns, and each worked example evaluated."""
    groups: dict[str | None, list[dict[str, Any]]] = {
        None: [],
        **{group["id"]: [] for group in ruleset.groups},
    }
    for field in ruleset.fields:
        groups[field.group].append(_field(field, language))
    labels: dict[str | None, Words] = {group["id"]: group["label"] for group in ruleset.groups}
    return {
        "label": said(ruleset.label, language),
        "attempts": {"count": ruleset.attempts.count, "limit_s": ruleset.attempts.limit_s},
        "groups": [
            {"label": said(labels.get(name), language), "fields": fields}
            for name, fields in groups.items()
            if fields
        ],
        "results": [
            {
                "name": result.name,
                "label": said(result.label, language),
                "type": result.type,
                "unit": result.unit,
            }
            for result in ruleset.results
            if result.shown
        ],
        "samples": [
            {"name": example.name, "sheet": dict(example.sheet), **evaluate(ruleset, example.sheet).to_json()}
            for example in ruleset.examples
        ],
    }


def said(words: Mapping[str, str] | None, language: str) -> str | None:
    """The words in ``language``, or in whichever there is."""
    if not words:
        return None
    return words.get(language) or next(iter(words.values()))


def _field(field: Field, language: str) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": field.id,
        "control": _CONTROLS[field.type],
        "label": said(field.label, language),
        "hint": said(field.hint, language),
        "unit": field.unit,
        "min": field.min,
        "max": field.max,
        "step": field.step,
        "required": field.required,
        "filled_by": field.source,
        "options": [said(option.label, language) for option in field.options],
        "columns": [_field(column, language) for column in field.fields],
    }
    return {key: value for key, value in shown.items() if value not in (None, [])}
