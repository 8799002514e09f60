"""From a spreadsheet to entries: every row read, every problem named by row and column, nothing stored yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..registry.regions import find_region
from .columns import HEADINGS, REQUIRED, find_columns, plain
from .refusing import SpreadsheetRefused
from .schemas import MOST_ROWS
from .spreadsheets import Spreadsheet, mended, read_spreadsheet

UNREADABLE = "\N{REPLACEMENT CHARACTER}"
LONGEST = {"team": 200, "organisation": 300, "coach": 200, "members": 2000}


@dataclass(slots=True)
class Preview:
    """What an import would bring. Rows and problems carry the spreadsheet's own row numbers.

    ``refused`` is the code of why the file could not be read at all, ``facts`` what its sentence needs.
    """

    columns: dict[str, str] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    refused: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    def problem(self, code: str, row: int, column: str, **facts: Any) -> None:
        level = "warning" if code in WARNINGS else "error"
        self.problems.append({"code": code, "row": row, "column": column, "facts": facts, "level": level})

    def to_json(self) -> dict[str, Any]:
        return {
            "columns": self.columns,
            "rows": self.rows,
            "problems": self.problems,
            "refused": self.refused,
            "facts": self.facts,
        }


WARNINGS = {"text_mended"}


def preview(content: bytes, divisions: Mapping[str, Sequence[str]]) -> Preview:
    """Read a spreadsheet for a competition with these divisions: ``{code: names}``."""
    made = Preview()
    try:
        sheet = read_spreadsheet(content)
    except SpreadsheetRefused as refusal:
        made.refused, made.facts = refusal.code, refusal.facts
        return made
    heading_row, columns = find_columns(sheet.rows)
    made.columns = {column: sheet.rows[heading_row][index] for column, index in columns.items()}
    if not _has_what_it_needs(made, columns, divisions, sheet, heading_row):
        return made
    spellings = {plain(name): code for code, names in divisions.items() for name in (code, *names)}
    for at in range(heading_row + 1, len(sheet.rows)):
        if any(sheet.rows[at]):
            _read_row(made, sheet, at, columns, spellings)
    if not made.rows:
        made.refused = "file_without_rows"
    return made


def _has_what_it_needs(
    made: Preview,
    columns: Mapping[str, int],
    divisions: Mapping[str, Sequence[str]],
    sheet: Spreadsheet,
    heading_row: int,
) -> bool:
    needed = REQUIRED if len(divisions) == 1 else ("division", *REQUIRED)
    found = ", ".join(cell for cell in sheet.rows[heading_row] if cell) if sheet.rows else ""
    for column in needed:
        if column not in columns:
            examples = ", ".join(HEADINGS[column][:3])
            made.problem("heading_missing", heading_row + 1, column, examples=examples, found=found)
    if sum(map(any, sheet.rows[heading_row + 1 :])) > MOST_ROWS:
        made.refused = "file_too_many_rows"
    return not made.problems and made.refused is None


def _read_row(
    made: Preview, sheet: Spreadsheet, at: int, columns: Mapping[str, int], spellings: Mapping[str, str]
) -> None:
    number, problems_before = at + 1, len(made.problems)
    cells = {column: _cell(made, sheet, at, column, index) for column, index in columns.items()}
    row = {
        "row": number,
        "division": _division(made, number, cells.get("division", ""), spellings),
        "team": cells["team"],
        "organisation": cells["organisation"],
        "region": _region(made, number, cells.get("region", "")),
        "coach": cells.get("coach") or None,
        "members": _people(cells.get("members", "")),
    }
    named = {problem["column"] for problem in made.problems[problems_before:]}
    for column in REQUIRED:
        if not row[column] and column not in named:
            made.problem("cell_empty", number, column)
    made.rows.append(row)


def _cell(made: Preview, sheet: Spreadsheet, at: int, column: str, index: int) -> str:
    text = sheet.rows[at][index] if index < len(sheet.rows[at]) else ""
    text = " ".join(text.split()) if column != "members" else text
    place = at + 1, index + 1
    if place in sheet.formulas or text.startswith("="):
        made.problem("formula_in_cell", at + 1, column)
    if place in sheet.covered:
        made.problem("cell_merged", at + 1, column)
    if UNREADABLE in text:
        made.problem("cell_unreadable", at + 1, column)
    set_right = mended(text)
    if set_right is not None:
        made.problem("text_mended", at + 1, column, was=text, now=set_right)
        text = set_right
    if len(text) > LONGEST.get(column, 200):
        made.problem("cell_too_long", at + 1, column, most=LONGEST.get(column, 200))
    return text


def _division(made: Preview, number: int, written: str, spellings: Mapping[str, str]) -> str | None:
    codes = sorted(set(spellings.values()))
    if not written and len(codes) == 1:
        return codes[0]
    code = spellings.get(plain(written))
    if code is None:
        made.problem("division_unknown", number, "division", division=written, known=", ".join(codes))
    return code


def _region(made: Preview, number: int, written: str) -> str | None:
    if not written:
        return None
    code = find_region(written)
    if code is None:
        made.problem("region_unknown", number, "region", region=written)
    return code


def _people(written: str) -> list[str]:
    """Names one under another, or parted by commas or semicolons."""
    for separator in ("\n", ";"):
        written = written.replace(separator, ",")
    return [" ".join(name.split()) for name in written.split(",") if name.strip()]
