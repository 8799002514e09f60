"""Reading a spreadsheet somebody made: XLSX or CSV in whatever encoding, to rows of text, within bounds."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

MOST_UNPACKED_BYTES = 200 * 1024 * 1024
MOST_CELLS = 2_000_000
DELIMITERS = ",;\t|"
FORMULA = re.compile(rb"<f[ >/]")
CELL_WITH_FORMULA = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*>\s*<f[ >/]')

MOJIBAKE = "ЈјЄєЌќЅѕҐґЎўЇїЋћ"
"""Letters that Kazakh ones become when KZ-1048 text is read as Windows-1251."""


class SpreadsheetRefused(Exception):
    """The file cannot be read as a spreadsheet; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Spreadsheet:
    """Rows of text cells, the first with its row number 1, and where formulas stand: (row, column) from 1."""

    rows: list[list[str]]
    formulas: set[tuple[int, int]] = field(default_factory=set)


def read_spreadsheet(content: bytes) -> Spreadsheet:
    """Read XLSX or CSV by what is in it, not by its name. Raises SpreadsheetRefused."""
    if not content.strip():
        raise SpreadsheetRefused("file_empty")
    if content[:4] == b"PK\x03\x04":
        return _read_xlsx(content)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise SpreadsheetRefused("file_old_excel")
    if b"\0" in content[:2000] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SpreadsheetRefused("file_not_spreadsheet")
    return Spreadsheet(list(_read_csv(_decoded(content))))


def mended(text: str) -> str | None:
    """Text of the old Kazakh code page that was read as Windows-1251, set right; None where it is not such text."""
    if not any(letter in MOJIBAKE for letter in text):
        return None
    try:
        return text.encode("cp1251").decode("kz1048")
    except UnicodeError:
        return None


def _read_xlsx(content: bytes) -> Spreadsheet:
    try:
        formulas = _checked_archive(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        visible = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        if not visible:
            raise SpreadsheetRefused("file_empty")
        sheet = book.get_sheet_by_name(visible[0])
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            raise SpreadsheetRefused("file_too_many_rows")
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile) as error:
        raise SpreadsheetRefused("file_broken") from error
    return Spreadsheet([[_text(cell) for cell in row] for row in rows], formulas)


def _checked_archive(content: bytes) -> set[tuple[int, int]]:
    """Bound what the archive unpacks to; where the first sheet has formulas. Raises SpreadsheetRefused."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(item.file_size for item in archive.infolist()) > MOST_UNPACKED_BYTES:
            raise SpreadsheetRefused("file_unpacks_too_large")
        names = archive.namelist()
        if "xl/workbook.xml" not in names:
            raise SpreadsheetRefused("file_not_spreadsheet")
        sheets = sorted(name for name in names if name.startswith("xl/worksheets/sheet"))
        xml = archive.read(sheets[0]) if sheets else b""
    if not FORMULA.search(xml):
        return set()
    return {(int(row), _column_number(letters)) for letters, row in CELL_WITH_FORMULA.findall(xml)}


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _decoded(content: bytes) -> str:
    """The text of a CSV: UTF-16 by its mark, else UTF-8, else KZ-1048, of which Windows-1251 is the Russian part."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("kz1048", "replace")


def _read_csv(text: str) -> Iterator[list[str]]:
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:10_000], DELIMITERS)
    except csv.Error:
        dialect = csv.excel
    try:
        for row in csv.reader(io.StringIO(text, newline=""), dialect):
            yield [cell.strip() for cell in row]
    except csv.Error as error:
        raise SpreadsheetRefused("file_broken") from error


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
