"""Free text on score sheets: sealed beside the log, where it stands in an event by reference, and told again.

A text is in ``State.texts`` until its team is taken down. Events of older versions hold the text itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from scoring.entries import problems_of
from scoring.model import Ruleset
from scoring.parts import Field

from .notes import Notes

NO_VALUE_OF_ITS_FIELD = frozenset(
    {
        "field_unknown",
        "type_wrong",
        "not_finite",
        "too_large",
        "too_long",
        "too_many_rows",
        "option_unknown",
        "option_repeated",
    }
)
"""What keeps even the sheet of a run with a mark out of the log; such a sheet may be incomplete or out of bounds."""

ERASED = "–"
"""Stands for a text that was erased where a sheet is scored again: a field that has to be filled in was."""

Sheet = Mapping[str, Any]


def sealed(fields: Iterable[Field], sheet: Sheet, notes: Notes) -> dict[str, Any]:
    """The sheet as an event tells it: of each text a reference to its row.

    Nothing else that was typed gets by: a hidden field is not scored, so nobody looked at what it holds.
    """
    return {field.id: _sealed(field, sheet[field.id], notes) for field in fields if field.id in sheet}


def _sealed(field: Field, value: Any, notes: Notes) -> Any:
    if value is None or any(found.code in NO_VALUE_OF_ITS_FIELD for found in problems_of(field, value, "")):
        return None
    if field.type == "rows":
        return [sealed(field.fields, row, notes) for row in value]
    return notes.take_text(value) if field.type == "text" else value


def told(value: Any, texts: Mapping[str, str], erased: str | None = None) -> Any:
    """A sheet, or what holds sheets, with its texts where their references are; ``erased`` where one is gone."""
    if isinstance(value, Mapping):
        if value.keys() == {"id", "digest"} and isinstance(value["id"], str):
            return texts.get(value["id"], erased)
        return {name: told(item, texts, erased) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [told(item, texts, erased) for item in value]
    return value


def told_event(data: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """An event's data with the texts of its sheets; other references stay as they are."""
    return {name: told(item, texts) if name in ("sheet", "bouts") else item for name, item in data.items()}


def without_texts(fields: Iterable[Field], sheet: Sheet) -> dict[str, Any]:
    """The sheet as the public may see it: a judge's remarks are for the desk and the tablets."""
    shown = {field.id: field for field in fields if field.type != "text"}
    return {
        name: [without_texts(shown[name].fields, row) for row in value]
        if shown[name].type == "rows" and value
        else value
        for name, value in sheet.items()
        if name in shown
    }


def text_ids(value: Any) -> Iterator[str]:
    """The ids of the texts that a sheet, or what holds sheets, refers to."""
    if isinstance(value, Mapping):
        if value.keys() == {"id", "digest"}:
            yield value["id"]
        else:
            for item in value.values():
                yield from text_ids(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from text_ids(item)


def values_without_texts(ruleset: Ruleset, values: Mapping[str, Any]) -> dict[str, Any]:
    """The named values of a sheet but for words that were made from what somebody typed."""
    typed = {field.id for field in ruleset.fields if field.type == "text"}
    typed |= {field.id for field in ruleset.fields if any(one.type == "text" for one in field.fields)}
    uses = {one.name: one.formula.uses for one in ruleset.values}
    uses |= {one.name: one.formula.uses for one in ruleset.results}
    for name in ruleset.order:
        if uses[name] & typed:
            typed.add(name)
    return {name: value for name, value in values.items() if not (isinstance(value, str) and name in typed)}
