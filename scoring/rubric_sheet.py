"""A rubric as a score sheet: one field a criterion, and the weighted total."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TOTAL_LABEL = {"kk": "Барлығы", "ru": "Всего", "en": "Total"}
NOTE_LABEL = {"kk": "Ескертпе", "ru": "Замечание", "en": "Note"}


def with_rubric_fields(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content, with the fields and the ``total`` that follow from its rubric put after its own."""
    rubric = content.get("rubric")
    if rubric is None:
        return dict(content)
    fields = [field for criterion in rubric["criteria"] for field in _fields(criterion)]
    total = {
        "name": "total",
        "type": "points",
        "label": TOTAL_LABEL,
        "formula": " + ".join(_term(criterion) for criterion in rubric["criteria"]),
    }
    declared = content.get("results", [])
    own = any(result["name"] == "total" for result in declared)
    return {
        **content,
        "fields": [*content.get("fields", []), *fields],
        "results": declared if own else [*declared, total],
    }


def _term(criterion: Mapping[str, Any]) -> str:
    weight = criterion.get("weight", 1)
    return str(criterion["id"]) if weight == 1 else f"{weight} * {criterion['id']}"


def _fields(criterion: Mapping[str, Any]) -> list[dict[str, Any]]:
    mark = {
        "id": criterion["id"],
        "type": "number",
        "label": criterion["label"],
        "min": criterion.get("min", 0),
        "max": criterion["max"],
        "step": criterion.get("step", 1),
    }
    if "group" in criterion:
        mark["group"] = criterion["group"]
    if not criterion.get("note"):
        return [mark]
    note = {"id": f"{criterion['id']}_note", "type": "text", "label": NOTE_LABEL, "required": False}
    return [mark, {**note, "group": criterion["group"]} if "group" in criterion else note]
