"""An XLSX file as the archive it is: measured before anything unpacks it, and its first visible sheet surveyed."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product
from xml.parsers import expat

from .refusing import SpreadsheetRefused

MOST_UNPACKED_BYTES = 200 * 1024 * 1024
MOST_CELLS = 2_000_000
CHUNK_BYTES = 1 << 20
LOCAL_HEADER = struct.Struct("<26xHH")
WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
NOT_AN_XLSX = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    KeyError,
    ValueError,
    RuntimeError,
    expat.ExpatError,
)
"""What reading an archive that is damaged, encrypted or no workbook may raise."""

Attributes = dict[str, str]


@dataclass(slots=True)
class Survey:
    """What a sheet's XML says besides its values; rows and columns count from 1.

    ``covered`` are cells that a merged one hides: all of its area but the first.
    """

    name: str
    height: int = 0
    width: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    covered: set[tuple[int, int]] = field(default_factory=set)


def survey(content: bytes) -> Survey:
    """Survey the first visible sheet of a workbook. Raises SpreadsheetRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_unpacked_size(content, archive)
            if WORKBOOK not in archive.namelist():
                raise SpreadsheetRefused("file_not_spreadsheet")
            name, path = _first_visible_sheet(archive)
            surveyor = _Surveyor(Survey(name))
            _parse(archive, path, surveyor.start)
            return surveyor.finished()
    except NOT_AN_XLSX as error:
        raise SpreadsheetRefused("file_broken") from error


def _check_unpacked_size(content: bytes, archive: zipfile.ZipFile) -> None:
    """Unpack everything once and drop it, counting: the sizes an archive states about itself may be lies."""
    left = MOST_UNPACKED_BYTES
    for item in archive.infolist():
        if item.compress_type == zipfile.ZIP_STORED:
            left -= item.compress_size
        elif item.compress_type == zipfile.ZIP_DEFLATED:
            left -= sum(_unpacked_sizes(content, item, left))
        else:
            raise SpreadsheetRefused("file_broken")
        if left < 0:
            raise SpreadsheetRefused("file_unpacks_too_large")


def _unpacked_sizes(content: bytes, item: zipfile.ZipInfo, most: int) -> Iterator[int]:
    name_bytes, extra_bytes = LOCAL_HEADER.unpack_from(content, item.header_offset)
    begin = item.header_offset + LOCAL_HEADER.size + name_bytes + extra_bytes
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    packed, total = content[begin : begin + item.compress_size], 0
    while packed and total <= most and not unpacking.eof:
        unpacked = len(unpacking.decompress(packed, CHUNK_BYTES))
        packed = unpacking.unconsumed_tail
        total += unpacked
        yield unpacked


def _first_visible_sheet(archive: zipfile.ZipFile) -> tuple[str, str]:
    """The name people see and the path in the archive."""
    sheets: list[Attributes] = []
    targets: dict[str, str] = {}

    def sheet(tag: str, attributes: Attributes) -> None:
        if tag == "sheet" and attributes.get("state", "visible") == "visible":
            sheets.append(attributes)

    def relation(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            targets[attributes["Id"]] = attributes["Target"]

    _parse(archive, WORKBOOK, sheet)
    _parse(archive, RELATIONS, relation)
    for found in sheets:
        if found.get("id", "") in targets:
            target = targets[found["id"]]
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            return found["name"], path
    raise SpreadsheetRefused("file_empty")


class _Surveyor:
    """Follows a sheet's XML. A cell may leave out its address; then it is the next one in its row."""

    def __init__(self, made: Survey) -> None:
        self._survey = made
        self._row = self._column = 0
        self._merged: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "row":
            self._row, self._column = int(attributes.get("r") or self._row + 1), 0
        elif tag == "c":
            address = attributes.get("r")
            self._row, self._column = _place(address) if address else (self._row, self._column + 1)
        elif tag in ("v", "is", "f"):
            self._filled(formula=tag == "f")
        elif tag == "mergeCell":
            self._merged.append(attributes["ref"])

    def finished(self) -> Survey:
        """The survey with merged areas laid out, as far as the sheet is filled."""
        made, left_to_cover = self._survey, MOST_CELLS
        for reference in self._merged:
            first, _, last = reference.partition(":")
            (top, left), (bottom, right) = _place(first), _place(last or first)
            rows = range(top, min(bottom, made.height) + 1)
            columns = range(left, min(right, made.width) + 1)
            left_to_cover -= len(rows) * len(columns)
            if left_to_cover < 0:
                raise SpreadsheetRefused("file_broken")
            made.covered |= set(product(rows, columns)) - {(top, left)}
        return made

    def _filled(self, *, formula: bool) -> None:
        made = self._survey
        made.height, made.width = max(made.height, self._row), max(made.width, self._column)
        if made.height * made.width > MOST_CELLS:
            raise SpreadsheetRefused("file_too_many_rows")
        if formula:
            made.formulas.add((self._row, self._column))


def _place(address: str) -> tuple[int, int]:
    """``C12`` is (12, 3). Raises ValueError where it is no address."""
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    if not 0 < column <= 16_384:
        raise ValueError(address)
    return int(address[len(letters) :]), column


def _parse(archive: zipfile.ZipFile, path: str, start: Callable[[str, Attributes], None]) -> None:
    """Tell ``start`` of each element of an XML file, names without their namespace. A document type is refused."""

    def refuse(*_declaration: object) -> None:
        raise SpreadsheetRefused("file_broken")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, attributes: start(
        _local(tag), {_local(name): value for name, value in attributes.items()}
    )
    with archive.open(path) as file:
        parser.ParseFile(file)


def _local(name: str) -> str:
    return name.rpartition(":")[2]
