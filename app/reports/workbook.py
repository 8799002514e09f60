"""All results of a competition as one workbook: a sheet of first places, then a sheet for each division."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

from flask_babel import gettext as _
from openpyxl import Workbook

from ..competitions.state import Setup
from ..eventlog.fold import State
from ..languages import in_language
from ..papers.state import is_drawn
from .results import Cell, ResultTable, add_sheet, result_table

FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
LONGEST_NAME = 31
"""Signs a spreadsheet program takes in the name of a sheet, and which it does not."""

FIRST_PLACES = 3
BEFORE_VALUES = 5
"""Columns of a table of results before its figures: place, number, team, organisation, region."""


def all_results(state: State) -> list[ResultTable]:
    """Each division's results in the order the divisions were added, headings in the request's language."""
    return [result_table(state, division) for division in state[Setup].divisions.values()]


def as_workbook(state: State, tables: Sequence[ResultTable]) -> bytes:
    """XLSX with real numbers; no two sheets have one name, whatever the divisions are called."""
    divisions = list(state[Setup].divisions.values())
    names = sheet_names([_("First places"), *(in_language(division.name) for division in divisions)])
    book = Workbook(write_only=True)
    for name, table in zip(names, [_first_places(state, tables), *tables], strict=True):
        add_sheet(book, name, table)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Names a spreadsheet program takes: short, without its own signs, each once whatever the case."""
    names: list[str] = []
    for one in wanted:
        plain = " ".join(FORBIDDEN.sub(" ", one).split()).strip("'") or "–"
        name, taken = plain[:LONGEST_NAME].rstrip(), {name.casefold() for name in names}
        number = 2
        while name.casefold() in taken:
            ending = f" {number}"
            name, number = plain[: LONGEST_NAME - len(ending)].rstrip() + ending, number + 1
        names.append(name)
    return names


def _first_places(state: State, tables: Sequence[ResultTable]) -> ResultTable:
    """Those of divisions that were held: before, all of a division stand level at its head."""
    headings = (
        _("Division"),
        _("Place"),
        _("Number"),
        _("Team"),
        _("Organisation"),
        _("Region"),
        _("Result"),
    )
    rows: list[tuple[Cell, ...]] = []
    for division, table in zip(state[Setup].divisions.values(), tables, strict=True):
        for row in table.rows if is_drawn(state, division.code) else ():
            if isinstance(row[0], int) and row[0] <= FIRST_PLACES:
                value = row[BEFORE_VALUES] if len(table.data["columns"]) else None
                rows.append((in_language(division.name), *row[:BEFORE_VALUES], value))
    return ResultTable(in_language(state[Setup].name), headings, tuple(rows), {})
