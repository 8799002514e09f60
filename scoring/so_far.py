"""What an unfinished sheet comes to so far: with its open fields at their least, as its tablet shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .model import Ruleset
from .parts import Field
from .sheet import evaluate


@dataclass(frozen=True, slots=True)
class SoFar:
    """Results with every open field at its least, None where that cannot be told; ``open`` are fields still unset."""

    results: Mapping[str, float] | None
    open: tuple[str, ...]


def so_far(ruleset: Ruleset, sheet: Mapping[str, Any]) -> SoFar:
    """Never a result: only what to show of a sheet nobody handed in."""
    evaluation = evaluate(ruleset, sheet)
    if evaluation.ok:
        return SoFar(evaluation.results, ())
    paths = tuple(error.field or "" for error in evaluation.errors if error.code == "required")
    if len(paths) < len(evaluation.errors):
        return SoFar(None, paths)
    return SoFar(_least(ruleset, sheet, paths), paths)


def _least(ruleset: Ruleset, sheet: Mapping[str, Any], paths: tuple[str, ...]) -> Mapping[str, float] | None:
    probe = dict(sheet)
    for path in paths:
        place = path.split(".")
        field = _field_at(ruleset.fields, place)
        value = _least_value(field) if field else None
        if value is None:
            return None
        probe[place[0]] = value if len(place) == 1 else _with_column(probe[place[0]], place, value)
    evaluation = evaluate(ruleset, probe)
    return evaluation.results if evaluation.ok else None


def _field_at(fields: tuple[Field, ...], place: list[str]) -> Field | None:
    """The field a problem's path leads to: ``maze``, or ``victims.0.kind`` for a column of a row."""
    field = next((one for one in fields if one.id == place[0]), None)
    if field is None or len(place) == 1:
        return field
    return next((column for column in field.fields if column.id == place[-1]), None)


def _with_column(rows: list[dict[str, Any]], place: list[str], value: Any) -> list[dict[str, Any]]:
    return [row | {place[2]: value} if at == int(place[1]) else row for at, row in enumerate(rows)]


def _least_value(field: Field) -> Any:
    match field.type:
        case "yes_no":
            return False
        case "whole" | "number" | "time":
            return max(0, field.min or 0)
        case "choice":
            return _cheapest(field)
        case "multiple_choice" | "rows":
            return []
    return None


def _cheapest(field: Field) -> str | None:
    points = [option.points for option in field.options]
    if not points or None in points:
        return None
    return min(field.options, key=lambda option: option.points or 0).id
