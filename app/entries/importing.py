"""From a spreadsheet to entries: every row read, every problem named by row and column, nothing stored yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .columns import HEADINGS, NAMES, OF_PERSONS, REQUIRED, heading_key, plain
from .grouping import grouped
from .headings import Headings, find_headings
from .mends import find_mends
from .previews import Preview
from .reading_rows import Columns, layout_of, read_row
from .refusing import SpreadsheetRefused
from .schemas import MOST_HEADINGS, MOST_ROWS
from .spreadsheets import Spreadsheet, read_spreadsheet

__all__ = ["Preview", "preview"]

EXAMPLES, EXAMPLE_ROWS = 3, 20
"""How many filled cells of a column are shown, and in how many rows they are looked for."""


def preview(
    content: bytes, divisions: Mapping[str, Sequence[str]], said: Mapping[str, str] | None = None
) -> Preview:
    """Read a spreadsheet for a competition with these divisions: ``{code: names}``.

    ``said`` are headings that a person gave a meaning to, as ``find_headings`` takes them.
    """
    made = Preview()
    try:
        sheet = read_spreadsheet(content)
    except SpreadsheetRefused as refusal:
        made.refused, made.facts = refusal.code, refusal.facts
        return made
    found = find_headings(sheet.rows, sheet.merges, said)
    columns = _useful(found.columns)
    made.headings = _headings(sheet, found, columns)
    made.columns = {column: found.texts[indexes[0]] for column, indexes in columns.items()}
    made.says = sorted({*columns} - {*OF_PERSONS} | ({"members"} & _people_of(columns)))
    if _has_what_it_needs(made, divisions, sheet, found):
        _read_rows(made, sheet, found.body, columns, divisions)
    return made


def _read_rows(
    made: Preview,
    sheet: Spreadsheet,
    body: int,
    columns: Columns,
    divisions: Mapping[str, Sequence[str]],
) -> None:
    spellings = {plain(name): code for code, names in divisions.items() for name in (code, *names)}
    layout = layout_of(sheet, columns, spellings)
    rows: list[dict[str, Any]] = []
    for at in range(body, len(sheet.rows)):
        if any(sheet.rows[at]):
            rows.append(read_row(made, sheet, at, layout, rows[-1] if rows else None))
    made.rows = grouped(made, rows) if layout.is_list else rows
    made.mends = find_mends(made.rows)
    for row in made.rows:
        del row["as_written"]
    if not made.rows:
        made.refused = "file_without_rows"


def _useful(columns: Columns) -> Columns:
    """Columns without those that say something of people nobody names."""
    has_names, has_coach = _people_of(columns), "coach" in columns
    return {
        column: indexes
        for column, indexes in columns.items()
        if (has_names or column not in OF_PERSONS) and (has_coach or column != "contact")
    }


def _people_of(columns: Columns) -> set[str]:
    """``{"members"}`` where there is a column that names some."""
    return {"members"} if columns.keys() & {"members", *NAMES} else set()


def _headings(sheet: Spreadsheet, found: Headings, columns: Columns) -> list[dict[str, Any]]:
    """Every column that holds anything, with what was found in it, for a person to say what it is."""
    meant = {index: column for column, indexes in found.columns.items() for index in indexes}
    used = {index for indexes in columns.values() for index in indexes}
    below = sheet.rows[found.body : found.body + EXAMPLE_ROWS]
    width = max(len(found.texts), max(map(len, below), default=0))
    headings = []
    for index in range(min(width, MOST_HEADINGS)):
        text = found.texts[index] if index < len(found.texts) else ""
        examples = [row[index] for row in below if index < len(row) and row[index]][:EXAMPLES]
        if text or examples:
            headings.append(
                {
                    "key": heading_key(text, index),
                    "text": text,
                    "column": meant.get(index, ""),
                    "used": index in used,
                    "examples": examples,
                }
            )
    return headings


def _has_what_it_needs(
    made: Preview, divisions: Mapping[str, Sequence[str]], sheet: Spreadsheet, found: Headings
) -> bool:
    needed = REQUIRED if len(divisions) == 1 else ("division", *REQUIRED)
    there = ", ".join(text for text in found.texts if text)
    for column in needed:
        if column not in found.columns:
            examples = ", ".join(HEADINGS[column][:3])
            made.problem("heading_missing", found.first + 1, column, examples=examples, found=there)
    if sum(map(any, sheet.rows[found.body :])) > MOST_ROWS:
        made.refused = "file_too_many_rows"
    return not made.problems and made.refused is None
