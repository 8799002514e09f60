"""A score sheet as a plain form: read from what was typed, and filled from what is stored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from scoring.parts import Field

PREFIX = "sheet."
NONE_OF_THEM = "-"
"""What a form sends for a multiple choice that was answered with nothing chosen."""

_TIME = re.compile(r"\s*(?:(\d{1,3}):)?(\d{1,5}(?:[.,]\d{1,6})?)\s*")

Typed = Mapping[str, list[str]]
"""What was typed, by path: ``time``, ``victims.0.kind``."""


def typed_in(form: MultiDict[str, str]) -> Typed:
    """The sheet's part of a form that was sent."""
    return {name.removeprefix(PREFIX): form.getlist(name) for name in form if name.startswith(PREFIX)}


def typed_of(fields: Iterable[Field], sheet: Mapping[str, Any]) -> Typed:
    """A stored sheet as somebody would have typed it."""
    typed: dict[str, list[str]] = {}
    for field in fields:
        value = sheet.get(field.id)
        if field.type == "rows":
            for at, row in enumerate(value or ()):
                columns = typed_of(field.fields, row)
                typed |= {f"{field.id}.{at}.{name}": texts for name, texts in columns.items()}
        elif value is not None:
            typed[field.id] = _texts(value)
    return typed


def read_sheet(fields: Iterable[Field], typed: Typed) -> dict[str, Any]:
    """The sheet that was typed. What is no value of its field stays text, so that scoring names the field."""
    sheet: dict[str, Any] = {}
    for field in fields:
        value = _rows(field, typed) if field.type == "rows" else _value(field, typed.get(field.id, []))
        if value is not None:
            sheet[field.id] = value
    return sheet


def _rows(field: Field, typed: Typed) -> list[dict[str, Any]] | None:
    """The rows of which anything was filled in, in order."""
    rows = []
    for at in range(field.max_rows):
        start = f"{field.id}.{at}."
        row = {path.removeprefix(start): texts for path, texts in typed.items() if path.startswith(start)}
        read = read_sheet(field.fields, row)
        if read:
            rows.append(read)
    return rows


def _value(field: Field, texts: list[str]) -> Any:
    filled = [text.strip() for text in texts if text.strip()]
    if not filled:
        return None
    match field.type:
        case "multiple_choice":
            return [text for text in filled if text != NONE_OF_THEM]
        case "yes_no":
            return {"yes": True, "no": False}.get(filled[0], filled[0])
        case "time":
            return _seconds(filled[0])
        case "whole" | "number":
            return _number(filled[0])
        case _:
            return filled[0]


def _seconds(text: str) -> float | str:
    """Seconds from ``1:23.456``, ``83,456`` or ``83``; the text itself where that is not a time."""
    found = _TIME.fullmatch(text)
    if found is None:
        return text
    minutes, rest = found.groups()
    seconds = float(rest.replace(",", "."))
    if minutes is not None and seconds >= 60:
        return text
    return round(int(minutes or 0) * 60 + seconds, 6)


def _number(text: str) -> float | int | str:
    plain = text.replace(",", ".").replace("\u2212", "-")
    try:
        number = float(plain)
    except ValueError:
        return text
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _texts(value: Any) -> list[str]:
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, list):
        return [str(item) for item in value] or [NONE_OF_THEM]
    return [f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)]
