"""What was entered on a sheet, held against its fields: checked, and turned into what formulas see."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from .parts import Field, Formula
from .problems import SheetProblem

Value = bool | int | float | str | list[str] | list[dict[str, Any]] | None
"""What a field can hold; None is unset."""

Shown = Callable[[Formula, Mapping[str, Any]], bool]
"""Whether a ``visible_if`` holds with these values; False where it cannot be told yet."""

MOST_MAGNITUDE = 1e12
MOST_TEXT = 2000


class SheetReader:
    """Reads one sheet; ``values`` is what formulas see, ``missing`` the fields they cannot see for a problem."""

    def __init__(self, shown: Shown) -> None:
        self.values: dict[str, Any] = {}
        self.problems: list[SheetProblem] = []
        self.missing: set[str] = set()
        self._shown = shown

    def read(self, fields: tuple[Field, ...], sheet: Mapping[str, Any]) -> None:
        """Check every field of the sheet in order."""
        for field in fields:
            self.values[field.id] = self._value(
                field, sheet.get(field.id), field.id, self.values, self.missing
            )
        self._unknown(fields, sheet, "")

    def _value(
        self, field: Field, entered: Value, path: str, seen: Mapping[str, Any], missing: set[str]
    ) -> Any:
        """What formulas see for one field; ``seen`` and ``missing`` are the names its ``visible_if`` may use."""
        before = len(self.problems)
        value = self._checked(field, entered, path, seen, missing)
        if len(self.problems) > before:
            missing.add(field.id)
        return value

    def _checked(
        self, field: Field, entered: Value, path: str, seen: Mapping[str, Any], missing: set[str]
    ) -> Any:
        if field.visible_if and (field.visible_if.uses & missing or not self._shown(field.visible_if, seen)):
            return unset(field)
        if entered is None:
            if field.required:
                self.problems.append(SheetProblem("required", path))
            return unset(field)
        found = next(problems_of(field, entered, path), None)
        if found is not None:
            self.problems.append(found)
            return unset(field)
        if field.type == "rows":
            return [self._row(field, at, row) for at, row in enumerate(entered)]  # type: ignore[arg-type]
        return float(entered) if field.type in ("whole", "number", "time") else entered  # type: ignore[arg-type]

    def _row(self, field: Field, at: int, entered: Mapping[str, Any]) -> dict[str, Any]:
        row: dict[str, Any] = {"index": float(at)}
        missing = set(self.missing)
        for column in field.fields:
            path = f"{field.id}.{at}.{column.id}"
            row[column.id] = self._value(
                column, entered.get(column.id), path, {**self.values, **row}, missing
            )
        self._unknown(field.fields, entered, f"{field.id}.{at}.")
        return row

    def _unknown(self, fields: tuple[Field, ...], entered: Mapping[str, Any], prefix: str) -> None:
        strange = sorted(entered.keys() - {field.id for field in fields}, key=_as_javascript_sorts)
        self.problems += [SheetProblem("field_unknown", f"{prefix}{name}") for name in strange]


def _as_javascript_sorts(name: str) -> bytes:
    return str(name).encode("utf-16-be", "surrogatepass")


def unset(field: Field) -> Any:
    """What formulas see for a field without a value."""
    return [] if field.type in ("rows", "multiple_choice") else field.otherwise


def problems_of(field: Field, entered: Any, path: str) -> Iterator[SheetProblem]:
    """What is wrong with the value entered for ``field``, which is not unset."""
    match field.type:
        case "yes_no":
            fits = isinstance(entered, bool)
        case "whole" | "number" | "time":
            fits = isinstance(entered, int | float) and not isinstance(entered, bool)
        case "choice" | "text":
            fits = isinstance(entered, str)
        case _:
            fits = isinstance(entered, list)
    if not fits:
        yield SheetProblem("type_wrong", path, {"expected": field.type})
    else:
        yield from _OF_TYPE[field.type](field, entered, path)


def _yes_no(field: Field, entered: bool, path: str) -> Iterator[SheetProblem]:
    return iter(())


def _number(field: Field, entered: int | float, path: str) -> Iterator[SheetProblem]:
    if isinstance(entered, float) and not math.isfinite(entered):
        yield SheetProblem("not_finite", path)
    elif abs(entered) > MOST_MAGNITUDE:
        yield SheetProblem("too_large", path)
    elif field.type == "whole" and not float(entered).is_integer():
        yield SheetProblem("not_whole", path)
    elif field.min is not None and entered < field.min:
        yield SheetProblem("below_min", path, {"min": field.min})
    elif field.max is not None and entered > field.max:
        yield SheetProblem("above_max", path, {"max": field.max})
    elif _has_steps(field) and not _on_step(float(entered), field.step or 1.0, field.min or 0.0):
        yield SheetProblem("off_step", path, {"step": field.step})


def _has_steps(field: Field) -> bool:
    """Whether steps say more than the type: whole numbers are always in steps of one."""
    return field.step is not None and not (field.type == "whole" and field.step == 1)


def _on_step(entered: float, step: float, start: float) -> bool:
    """Whether ``entered`` is a whole number of steps from ``start``, in decimal arithmetic: 0.3 is three of 0.1."""
    return (Fraction(repr(entered)) - Fraction(repr(start))) % Fraction(repr(step)) == 0


def _choice(field: Field, entered: str, path: str) -> Iterator[SheetProblem]:
    if entered not in field.option_ids:
        yield SheetProblem("option_unknown", path, {"option": entered[:60]})


def _choices(field: Field, entered: list[Any], path: str) -> Iterator[SheetProblem]:
    for item in entered:
        if not isinstance(item, str) or item not in field.option_ids:
            yield SheetProblem("option_unknown", path, {"option": item[:60]} if isinstance(item, str) else {})
            return
    if len(set(entered)) < len(entered):
        yield SheetProblem("option_repeated", path)


def _text(field: Field, entered: str, path: str) -> Iterator[SheetProblem]:
    if len(entered) > MOST_TEXT:
        yield SheetProblem("too_long", path, {"max": MOST_TEXT})


def _rows(field: Field, entered: list[Any], path: str) -> Iterator[SheetProblem]:
    if len(entered) < field.min_rows:
        yield SheetProblem("too_few_rows", path, {"min": field.min_rows})
    elif len(entered) > field.max_rows:
        yield SheetProblem("too_many_rows", path, {"max": field.max_rows})
    elif not all(isinstance(row, dict) for row in entered):
        yield SheetProblem("type_wrong", path, {"expected": "rows"})


_OF_TYPE: Mapping[str, Callable[..., Iterator[SheetProblem]]] = {
    "yes_no": _yes_no,
    "whole": _number,
    "number": _number,
    "time": _number,
    "choice": _choice,
    "multiple_choice": _choices,
    "text": _text,
    "rows": _rows,
}
