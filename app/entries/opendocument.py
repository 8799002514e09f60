"""An OpenDocument spreadsheet measured before anything lays it out: a few bytes may repeat a row a million times."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from itertools import product
from xml.parsers import expat

from .archives import MOST_CELLS, MOST_TEXT_CHARACTERS, NOT_AN_XLSX, Survey, check_unpacked_size
from .refusing import SpreadsheetRefused

CONTENT = "content.xml"
MANIFEST = "META-INF/manifest.xml"
BINARY_WORKBOOK = "xl/workbook.bin"
"""Beside an OpenDocument's content it would be read instead."""
CELLS = ("table:table-cell", "table:covered-table-cell")
"""Names are compared with their prefixes as everybody writes them: so the reader of the values does."""
Attributes = dict[str, str]


def is_opendocument(content: bytes) -> bool:
    """Whether an archive holds an OpenDocument's content and no workbook of Excel's."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except NOT_AN_XLSX:
        return False
    return CONTENT in names and "xl/workbook.xml" not in names


def survey_opendocument(content: bytes) -> Survey:
    """Survey the first visible sheet, and see that no sheet is too large. Raises SpreadsheetRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_unpacked_size(content, archive)
            names = [name.replace("\\", "/").lower() for name in archive.namelist()]
            if len(set(names)) < len(names) or BINARY_WORKBOOK in names:
                raise SpreadsheetRefused("file_broken")
            if MANIFEST in archive.namelist():
                _parse(archive, MANIFEST, _Manifest())
            surveyor = _Surveyor()
            _parse(archive, CONTENT, surveyor)
            return surveyor.finished()
    except NOT_AN_XLSX as error:
        raise SpreadsheetRefused("file_broken") from error


class _Listener:
    """Told of an XML file's elements and text; this one passes over everything."""

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element is over."""

    def text(self, said: str) -> None:
        """Text was passed."""


class _Manifest(_Listener):
    def start(self, tag: str, attributes: Attributes) -> None:
        if tag.rpartition(":")[2] == "encryption-data":
            raise SpreadsheetRefused("file_encrypted")


def _parse(archive: zipfile.ZipFile, path: str, listener: _Listener) -> None:
    """Tell the listener of an XML file. A document type is refused."""

    def refuse(*_declaration: object) -> None:
        raise SpreadsheetRefused("file_broken")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = listener.start
    parser.EndElementHandler = listener.end
    parser.CharacterDataHandler = listener.text
    with archive.open(path) as file:
        parser.ParseFile(file)


@dataclass(slots=True)
class _Cell:
    """The cell that is being read; as many stand side by side as ``repeated`` says."""

    column: int
    repeated: int
    columns: int
    rows: int
    formula: bool
    filled: bool
    characters: int = 0


@dataclass(slots=True)
class _Row:
    first: int
    repeated: int
    cells: list[_Cell] = field(default_factory=list)
    column: int = 1


class _Surveyor(_Listener):
    """Follows the content's XML; a row is laid out when it is over, as far as it is filled."""

    def __init__(self) -> None:
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._sheets: list[tuple[Survey, bool]] = []
        self._depth = 0
        self._row: _Row | None = None
        self._next_row = 1
        self._cell: _Cell | None = None
        self._in_paragraph = False
        self._left_to_cover = MOST_CELLS
        self._characters = self._earlier_cells = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "style:style":
            self._style = attributes.get("style:name", "")
        elif tag == "style:table-properties" and attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)
        elif tag == "table:table":
            self._begin_sheet(attributes)
        elif tag == "table:table-row":
            if self._row is not None or not self._depth:
                raise SpreadsheetRefused("file_broken")
            self._row = _Row(self._next_row, _count(attributes, "table:number-rows-repeated"))
        elif tag in CELLS:
            self._begin_cell(attributes)
        elif tag == "text:p":
            self._in_paragraph = True
        elif tag == "text:s":
            self._say(_count(attributes, "text:c"))

    def text(self, said: str) -> None:
        if self._in_paragraph:
            self._say(len(said))

    def _say(self, characters: int) -> None:
        if self._cell is not None:
            self._cell.characters += characters
            self._cell.filled = True

    def end(self, tag: str) -> None:
        if tag == "text:p":
            self._in_paragraph = False
        elif tag in CELLS:
            self._cell = None
        elif tag == "table:table-row" and self._row is not None:
            self._lay_out(self._row)
            self._next_row, self._row = self._row.first + self._row.repeated, None
        elif tag == "table:table":
            self._depth -= 1

    def finished(self) -> Survey:
        """The first sheet that is not hidden. Raises SpreadsheetRefused where there is none."""
        found = next((made for made, hidden in self._sheets if not hidden), None)
        if found is None:
            raise SpreadsheetRefused("file_empty")
        return found

    def _begin_sheet(self, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > 1:
            raise SpreadsheetRefused("file_broken")
        if self._sheets:
            self._earlier_cells += self._sheets[-1][0].height * self._sheets[-1][0].width
        hidden = attributes.get("table:style-name", "") in self._hidden_styles
        self._sheets.append((Survey(attributes["table:name"]), hidden))
        self._next_row = 1
        self._left_to_cover = MOST_CELLS

    def _begin_cell(self, attributes: Attributes) -> None:
        row = self._row
        if row is None or self._cell is not None:
            raise SpreadsheetRefused("file_broken")
        repeated = _count(attributes, "table:number-columns-repeated")
        self._cell = _Cell(
            row.column,
            repeated,
            _count(attributes, "table:number-columns-spanned"),
            _count(attributes, "table:number-rows-spanned"),
            formula="table:formula" in attributes,
            filled="office:value-type" in attributes or "table:formula" in attributes,
        )
        row.column += repeated
        row.cells.append(self._cell)

    def _lay_out(self, row: _Row) -> None:
        made = self._sheets[-1][0]
        filled = [cell for cell in row.cells if cell.filled]
        if filled:
            made.height = row.first + row.repeated - 1
            made.width = max(made.width, filled[-1].column + filled[-1].repeated - 1)
        if self._earlier_cells + made.height * made.width > MOST_CELLS:
            raise SpreadsheetRefused("file_too_many_rows")
        self._characters += row.repeated * sum(cell.characters * cell.repeated for cell in filled)
        if self._characters > MOST_TEXT_CHARACTERS:
            raise SpreadsheetRefused("file_unpacks_too_large")
        for cell in filled:
            self._mark(made, row, cell)

    def _mark(self, made: Survey, row: _Row, cell: _Cell) -> None:
        """Note a filled cell's formula, and what it covers: no further than the sheet can be filled."""
        if cell.formula:
            rows = range(row.first, row.first + row.repeated)
            made.formulas |= set(product(rows, range(cell.column, cell.column + cell.repeated)))
        if cell.rows > 1 or cell.columns > 1:
            bottom, right = row.first + cell.rows - 1, cell.column + cell.columns - 1
            self._left_to_cover -= cell.rows * cell.columns
            if self._left_to_cover < 0:
                raise SpreadsheetRefused("file_broken")
            made.merge(row.first, cell.column, bottom, right)


def _count(attributes: Attributes, name: str) -> int:
    """Raises ValueError where it is no number, or none that counts."""
    count = int(attributes.get(name, 1))
    if not 0 < count <= 1 << 32:
        raise ValueError(name)
    return count
