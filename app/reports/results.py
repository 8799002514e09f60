"""A division's results as a table, and the table as XLSX, CSV and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from ..competitions.state import Division, Setup
from ..eventlog.fold import State
from ..eventlog.visible import visible
from ..languages import in_language
from ..live.shapes import standings_shape
from ..standings.reasons import reason_sentence

Cell = str | int | float | None
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
TIME_FORMAT = "0.000"
WIDEST_COLUMN = 60
BOLD = Font(bold=True)


@dataclass(frozen=True, slots=True)
class ResultTable:
    """Results with their headings; ``data`` is the same as the standings' live snapshot, for programs."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Format:
    content_type: str
    write: Callable[[ResultTable], bytes]


def result_table(state: State, division: Division) -> ResultTable:
    """The standings of a division with every attempt, headings in the request's language."""
    data = standings_shape(state, division)
    most_attempts = max((len(row["attempts"]) for row in data["rows"]), default=0)
    columns = data["columns"]
    headings = [_("Place"), _("Number"), _("Team"), _("Organisation"), _("Region")]
    headings += [in_language(column["label"]) for column in columns]
    headings += [_("Mark")]
    headings += [
        f"{_('Attempt')} {attempt}: {in_language(column['label'])}"
        for attempt in range(1, most_attempts + 1)
        for column in data["attempt_columns"]
    ]
    headings.append(_("Reason"))
    teams = {row["entry"]["id"]: row["entry"]["team"] for row in data["rows"]}
    names = [column["name"] for column in columns]
    attempt_names = [column["name"] for column in data["attempt_columns"]]
    reasons = [reason_sentence(division.ruleset, row["reason"], teams) for row in data["rows"]]
    rows = [
        (*_row(row, names, attempt_names, most_attempts), reason)
        for row, reason in zip(data["rows"], reasons, strict=True)
    ]
    title = f"{in_language(state[Setup].name)}, {in_language(division.name)}"
    return ResultTable(title, tuple(headings), tuple(rows), data)


def as_xlsx(table: ResultTable) -> bytes:
    """A workbook of one sheet."""
    book = Workbook(write_only=True)
    add_sheet(book, _("Results"), table)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def add_sheet(book: Workbook, name: str, table: ResultTable) -> None:
    """A sheet with real numbers, frozen bold headings, a filter, and columns as wide as what is in them."""
    sheet: Any = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.headings))}{len(table.rows) + 1}"
    for at, column in enumerate(zip(table.headings, *table.rows, strict=True), 1):
        widest = max(len(str(cell)) for cell in column if cell is not None)
        sheet.column_dimensions[get_column_letter(at)].width = min(widest + 2, WIDEST_COLUMN)
    sheet.append([_text_cell(sheet, heading, bold=True) for heading in table.headings])
    for row in table.rows:
        sheet.append([_sheet_cell(sheet, cell) for cell in row])


def as_csv(table: ResultTable) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark, which Excel needs; text that looks like a formula is disarmed."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow([_disarmed(heading) for heading in table.headings])
    writer.writerows([_disarmed(cell) for cell in row] for row in table.rows)
    return written.getvalue().encode("utf-8-sig")


def as_json(table: ResultTable) -> bytes:
    return orjson.dumps({"title": table.title, **table.data}, option=orjson.OPT_INDENT_2)


FORMATS: dict[str, Format] = {
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "csv": Format("text/csv; charset=utf-8", as_csv),
    "json": Format("application/json", as_json),
}


def _row(
    row: dict[str, Any], names: list[str], attempt_names: list[str], most_attempts: int
) -> tuple[Cell, ...]:
    entry = row["entry"]
    region = in_language(entry["region"]) if entry["region"] else None
    cells: list[Cell] = [row["rank"], entry["number"], entry["team"], entry["organisation"], region]
    cells += [_number(row["values"].get(name)) for name in names]
    cells.append(row["mark"])
    for at in range(most_attempts):
        attempt = row["attempts"][at] if at < len(row["attempts"]) else None
        cells += [_attempt_cell(attempt, name) for name in attempt_names]
    return tuple(cells)


def _attempt_cell(attempt: dict[str, Any] | None, name: str) -> Cell:
    if attempt is None:
        return None
    if attempt["mark"]:
        return str(attempt["mark"])
    return _number((attempt["values"] or {}).get(name))


def _number(value: Any) -> Cell:
    return value if isinstance(value, int | float) else None


def _sheet_cell(sheet: Any, value: Cell) -> Any:
    if isinstance(value, str):
        return _text_cell(sheet, value)
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, float) and not value.is_integer():
        cell.number_format = TIME_FORMAT
    return cell


def _text_cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    """A cell that is text whatever it begins with: never a formula, and nothing a workbook cannot hold."""
    cell = WriteOnlyCell(sheet, visible(text))
    cell.data_type = "s"
    if bold:
        cell.font = BOLD
    return cell


def _disarmed(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
