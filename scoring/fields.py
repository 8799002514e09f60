"""The fields of a sheet read from a ruleset's content, with what their declarations must agree on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .formula.types import NUMBER
from .formulas import FormulaReader
from .parts import FROM_JUDGE, Field, Option
from .source import Path, Source

_NUMBERS = ("whole", "number", "time")
_CHOICES = ("choice", "multiple_choice")
_LISTS = ("multiple_choice", "rows")
_ONLY_FOR = {
    "min": _NUMBERS,
    "max": _NUMBERS,
    "step": _NUMBERS,
    "options": _CHOICES,
    "fields": ("rows",),
    "min_rows": ("rows",),
    "max_rows": ("rows",),
}
_DEFAULT_STEP = {"whole": 1.0}


class FieldReader:
    """Reads fields in their order; a ``visible_if`` may use the fields above it."""

    def __init__(self, source: Source, formulas: FormulaReader) -> None:
        self._source = source
        self._formulas = formulas

    def read(self) -> tuple[Field, ...]:
        return tuple(
            self._known(self._field(content, ("fields", at)))
            for at, content in enumerate(self._source.content.get("fields", []))
        )

    def _known(self, field: Field, prefix: str = "") -> Field:
        self._formulas.know_field(field, prefix)
        return field

    def _field(self, content: Mapping[str, Any], path: Path) -> Field:
        self._agree(content, path)
        kind = content["type"]
        visible_if = content.get("visible_if")
        shown = (
            self._formulas.read(visible_if, (*path, "visible_if"), "bool") if visible_if is not None else None
        )
        return Field(
            id=content["id"],
            type=kind,
            label=content["label"],
            hint=content.get("hint"),
            unit=content.get("unit", "s" if kind == "time" else None),
            min=_bound(content, "min", 0.0 if kind in ("whole", "time") else None),
            max=_bound(content, "max", None),
            step=_bound(content, "step", _DEFAULT_STEP.get(kind)),
            required=content.get("required", kind != "text"),
            otherwise=_otherwise(content),
            visible_if=shown,
            group=content.get("group"),
            source=content.get("source", FROM_JUDGE),
            options=tuple(_option(option) for option in content.get("options", ())),
            fields=self._columns(content, path),
            min_rows=content.get("min_rows", 0),
            max_rows=content.get("max_rows", 0),
        )

    def _columns(self, content: Mapping[str, Any], path: Path) -> tuple[Field, ...]:
        outside = self._formulas.scope
        if content["type"] == "rows":
            self._formulas.know("index", NUMBER)
        columns = tuple(
            self._known(self._field(column, (*path, "fields", at)), f"{content['id']}.")
            for at, column in enumerate(content.get("fields", ()))
        )
        self._formulas.scope = outside
        return columns

    def _agree(self, content: Mapping[str, Any], path: Path) -> None:
        """What the schema cannot say: which keys go with which type, bounds in order, rows without rows inside."""
        kind = content["type"]
        for key, kinds in _ONLY_FOR.items():
            if key in content and kind not in kinds:
                self._note((*path, key), "key_not_for_type", key=key, type=kind)
        if content.get("min", 0) > content.get("max", float("inf")):
            self._note((*path, "max"), "bounds_crossed", min=content["min"], max=content["max"])
        if "otherwise" in content and not _fits(content["otherwise"], content):
            self._note((*path, "otherwise"), "type_wrong", expected=kind, found=content["otherwise"])
        if kind == "rows" and len(path) > 2:
            self._note(path, "rows_inside_rows")
        self._unique(content.get("options", ()), (*path, "options"))
        self._unique(content.get("fields", ()), (*path, "fields"))
        known = {group["id"] for group in self._source.content.get("groups", ())}
        if "group" in content and content["group"] not in known:
            self._note((*path, "group"), "group_unknown", group=content["group"])

    def _unique(self, items: Any, path: Path) -> None:
        seen: set[str] = set()
        for at, item in enumerate(items):
            if item["id"] in seen or item["id"] == "index":
                self._note((*path, at, "id"), "name_repeated", name=item["id"])
            seen.add(item["id"])

    def _note(self, path: Path, code: str, **facts: Any) -> None:
        self._formulas.problems.append(self._source.problem(path, code, **facts))


def _bound(content: Mapping[str, Any], key: str, default: float | None) -> float | None:
    return float(content[key]) if key in content else default


def _otherwise(content: Mapping[str, Any]) -> float | bool | str | None:
    value = content.get("otherwise")
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _fits(value: object, content: Mapping[str, Any]) -> bool:
    match content["type"]:
        case "yes_no":
            return isinstance(value, bool)
        case "choice":
            return value in [option["id"] for option in content.get("options", ())]
        case "whole" | "number" | "time":
            return isinstance(value, int | float) and not isinstance(value, bool)
    return False


def _option(content: Mapping[str, Any]) -> Option:
    points = content.get("points")
    return Option(content["id"], content["label"], None if points is None else float(points))
