"""What was entered on a sheet, held against its fields: checked, and turned into what formulas see."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
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
            self._field(field, sheet.get(field.id))
        known = {field.id for field in fields}
        self.problems += [SheetProblem("field_unknown", str(name)) for name in sheet if name not in known]

    def _field(self, field: Field, entered: Value) -> None:
        problems: list[SheetProblem] = []
        self.values[field.id] = self._value(field, entered, field.id, self.values, problems)
        if problems:
            self.problems += problems
            self.missing.add(field.id)

    def _value(
        self, field: Field, entered: Value, path: str, seen: Mapping[str, Any], problems: list[SheetProblem]
    ) -> Any:
        """What formulas see for one field; ``seen`` are the values its ``visible_if`` may use."""
        hidden = field.visible_if is not None and not self._shown(field.visible_if, seen)
        if hidden or entered is None:
            if field.required and not hidden:
                problems.append(SheetProblem("required", path))
            return unset(field)
        found = next(problems_of(field, entered, path), None)
        if found is not None:
            problems.append(found)
            return unset(field)
        if field.type == "rows":
            return self._rows(field, entered, problems)
        return float(entered) if field.type in ("whole", "number", "time") else entered  # type: ignore[arg-type]

    def _rows(self, field: Field, entered: Any, problems: list[SheetProblem]) -> list[dict[str, Any]]:
        return [self._row(field, at, row, problems) for at, row in enumerate(entered)]

    def _row(
        self, field: Field, at: int, entered: Mapping[str, Any], problems: list[SheetProblem]
    ) -> dict[str, Any]:
        row: dict[str, Any] = {"index": float(at)}
        for column in field.fields:
            path = f"{field.id}.{at}.{column.id}"
            row[column.id] = self._value(
                column, entered.get(column.id), path, {**self.values, **row}, problems
            )
        known = {column.id for column in field.fields}
        problems += [
            SheetProblem("field_unknown", f"{field.id}.{at}.{name}") for name in entered if name not in known
        ]
        return row


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
    return (Decimal(repr(entered)) - Decimal(repr(start))) % Decimal(repr(step)) == 0


def _choice(field: Field, entered: str, path: str) -> Iterator[SheetProblem]:
    if entered not in field.option_ids:
        yield SheetProblem("option_unknown", path, {"option": entered[:60]})


def _choices(field: Field, entered: list[Any], path: str) -> Iterator[SheetProblem]:
    for item in entered:
        if not isinstance(item, str) or item not in field.option_ids:
            yield SheetProblem("option_unknown", path, {"option": str(item)[:60]})
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
