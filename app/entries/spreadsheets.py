"""Reading a spreadsheet somebody made: XLSX or CSV in whatever encoding, to rows of text, within bounds."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass, field

from python_calamine import CalamineError, CalamineWorkbook

from .archives import survey
from .csv_reading import read_csv
from .refusing import SpreadsheetRefused

ZIP, OLE, ELF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x7fELF"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MOJIBAKE = "ЈјЄєЌќЅѕҐґЎўЇїЋћ"
"""Letters that Kazakh ones become when KZ-1048 text is read as Windows-1251."""


@dataclass(slots=True)
class Spreadsheet:
    """Rows of text cells, the first with its row number 1. ``formulas`` and ``covered`` (hidden by a merged cell)
    are places: (row, column) from 1."""

    rows: list[list[str]]
    formulas: set[tuple[int, int]] = field(default_factory=set)
    covered: set[tuple[int, int]] = field(default_factory=set)


def read_spreadsheet(content: bytes) -> Spreadsheet:
    """Read XLSX or CSV by what is in it, not by its name. Raises SpreadsheetRefused."""
    if not content.strip():
        raise SpreadsheetRefused("file_empty")
    if content.startswith(ZIP):
        return _read_xlsx(content)
    if content.startswith(OLE):
        raise SpreadsheetRefused("file_encrypted" if ENCRYPTED in content else "file_old_excel")
    if content.startswith((ELF, b"%PDF")):
        raise SpreadsheetRefused("file_not_spreadsheet")
    return Spreadsheet([[_clean(cell) for cell in row] for row in read_csv(content)])


def mended(text: str) -> str | None:
    """Text of the old Kazakh code page that was read as Windows-1251, set right; None where it is not such text."""
    if not any(letter in MOJIBAKE for letter in text):
        return None
    try:
        return text.encode("cp1251").decode("kz1048")
    except UnicodeError:
        return None


def _read_xlsx(content: bytes) -> Spreadsheet:
    surveyed = survey(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_name(surveyed.name).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise SpreadsheetRefused("file_broken") from error
    cells = [[_text(cell) for cell in row] for row in rows]
    return Spreadsheet(cells, surveyed.formulas, surveyed.covered)


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else _clean(str(cell))


def _clean(text: str) -> str:
    """Composed letters, and nothing that cannot be seen: no control characters, no marks of writing direction."""
    if text.isascii() and text.isprintable():
        return text.strip()
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return unicodedata.normalize("NFC", "".join(kept)).strip()
