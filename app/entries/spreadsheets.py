"""Reading a spreadsheet somebody made: XLSX, XLS, ODS, or CSV in whatever encoding, to rows of text, within bounds."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass, field

from python_calamine import CalamineError, CalamineWorkbook

from ..eventlog.visible import visible
from .archives import MOST_CELL_CHARACTERS, Survey, survey
from .compound import SIGNATURE
from .csv_reading import read_csv
from .old_excel import survey_old_excel
from .opendocument import is_opendocument, survey_opendocument
from .refusing import SpreadsheetRefused

ZIP, ELF = b"PK\x03\x04", b"\x7fELF"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(slots=True)
class Spreadsheet:
    """Rows of text cells, the first with its row number 1. ``formulas`` and ``covered`` (hidden by a merged cell)
    are places: (row, column) from 1; ``merges`` are merged cells: (top, left, bottom, right)."""

    rows: list[list[str]]
    formulas: set[tuple[int, int]] = field(default_factory=set)
    covered: set[tuple[int, int]] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)


def read_spreadsheet(content: bytes) -> Spreadsheet:
    """Read XLSX, XLS, ODS or CSV by what is in it, not by its name. Raises SpreadsheetRefused."""
    sheet = _read(content)
    for number, row in enumerate(sheet.rows, 1):
        if max(map(len, row), default=0) > MOST_CELL_CHARACTERS:
            raise SpreadsheetRefused("file_cell_too_long", row=number, most=MOST_CELL_CHARACTERS)
    return sheet


def _read(content: bytes) -> Spreadsheet:
    if not content.strip():
        raise SpreadsheetRefused("file_empty")
    if content.startswith(ZIP):
        surveying = survey_opendocument if is_opendocument(content) else survey
        return _read_surveyed(content, surveying(content))
    if content.startswith(SIGNATURE):
        if ENCRYPTED in content:
            raise SpreadsheetRefused("file_encrypted")
        surveyed, harmless = survey_old_excel(content)
        return _read_surveyed(harmless, surveyed)
    if content.startswith((ELF, b"%PDF")):
        raise SpreadsheetRefused("file_not_spreadsheet")
    return Spreadsheet([[_clean(cell) for cell in row] for row in read_csv(content)])


def _read_surveyed(content: bytes, surveyed: Survey) -> Spreadsheet:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_name(surveyed.name).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise SpreadsheetRefused("file_broken") from error
    except BaseException as error:
        # What the reader cannot make sense of at all it says by an exception of no kind that can be named.
        if type(error).__name__ != "PanicException":
            raise
        raise SpreadsheetRefused("file_broken") from error
    cells = [[_text(cell) for cell in row] for row in rows]
    return Spreadsheet(cells, surveyed.formulas, surveyed.covered, surveyed.merges)


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else _clean(str(cell))


def _clean(text: str) -> str:
    """Composed letters, and nothing that cannot be seen: no control characters, no marks of writing direction."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return unicodedata.normalize("NFC", visible(text)).strip()
