"""An XLSX file as the archive it is: measured before anything unpacks it, and its first visible sheet surveyed."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from xml.parsers import expat

from .refusing import SpreadsheetRefused

MOST_UNPACKED_BYTES = 200 * 1024 * 1024
MOST_CELLS = 2_000_000
MOST_CELL_CHARACTERS = 10_000
"""Thrice what the longest list of members takes; a cell in Excel may hold 32,767."""
MOST_TEXT_CHARACTERS = 64 * 1024 * 1024
"""What all cells may say together: strings that cells share are stored once, and read as often as they are used."""
CHUNK_BYTES = 1 << 20
LOCAL_HEADER = struct.Struct("<26xHH")
WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
SHARED_STRINGS = "sharedstrings.xml"
VALUES = ("v", "t")
"""Elements whose text is what a cell says."""
OTHER_FORMATS = ("mimetype", "content.xml", "xl/workbook.bin")
"""What makes an archive an OpenDocument or a binary workbook as well: the reader might take it for one of these."""
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

    ``merges`` are areas that are one cell, ``(top, left, bottom, right)``; ``covered`` are the cells that one hides:
    all of its area but the first.
    """

    name: str
    height: int = 0
    width: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    covered: set[tuple[int, int]] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Note an area that is one cell."""
        self.merges.append((top, left, bottom, right))
        self.covered |= set(product(range(top, bottom + 1), range(left, right + 1))) - {(top, left)}


def survey(content: bytes) -> Survey:
    """Survey the first visible sheet of a workbook. Raises SpreadsheetRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_unpacked_size(content, archive)
            if WORKBOOK not in archive.namelist():
                raise SpreadsheetRefused("file_not_spreadsheet")
            _check_names(archive)
            name, path, shared = _first_visible_sheet(archive)
            surveyor = _Surveyor(Survey(name), _lengths_of(archive, shared))
            _parse(archive, path, surveyor)
            return surveyor.finished()
    except NOT_AN_XLSX as error:
        raise SpreadsheetRefused("file_broken") from error


def check_unpacked_size(content: bytes, archive: zipfile.ZipFile) -> None:
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


def _check_names(archive: zipfile.ZipFile) -> None:
    """Whoever reads the archive must find what was surveyed: no name twice, however written, and no second format."""
    names = [item.filename.replace("\\", "/").lower() for item in archive.infolist()]
    if len(set(names)) < len(names) or any(name in OTHER_FORMATS for name in names):
        raise SpreadsheetRefused("file_broken")


def _first_visible_sheet(archive: zipfile.ZipFile) -> tuple[str, str, set[str]]:
    """The name people see, the path in the archive, and the paths of strings that cells share."""
    sheets: list[Attributes] = []
    targets: dict[str, str] = {}
    shared = {name for name in archive.namelist() if name.lower().endswith(SHARED_STRINGS)}

    def sheet(tag: str, attributes: Attributes) -> None:
        if tag == "sheet" and attributes.get("state", "visible") == "visible":
            sheets.append(attributes)

    def relation(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            targets[attributes["Id"]] = _path_of(attributes["Target"])
        elif tag == "Relationship" and attributes.get("Type", "").endswith("/sharedStrings"):
            shared.add(_path_of(attributes["Target"]))

    _parse(archive, WORKBOOK, Listener(sheet))
    _parse(archive, RELATIONS, Listener(relation))
    for found in sheets:
        if found.get("id", "") in targets:
            return found["name"], targets[found["id"]], shared & set(archive.namelist())
    raise SpreadsheetRefused("file_empty")


def _path_of(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _lengths_of(archive: zipfile.ZipFile, shared: set[str]) -> Sequence[int]:
    """How many characters each string has that cells share, in their order."""
    if len(shared) > 1:
        raise SpreadsheetRefused("file_broken")
    strings = _SharedStrings()
    for path in shared:
        _parse(archive, path, strings)
    return strings.lengths


class Listener:
    """Told of an XML file's elements and their text; this one only of how elements start."""

    def __init__(self, start: Callable[[str, Attributes], None]) -> None:
        self.start = start

    def text(self, said: str) -> None:
        """A piece of text was passed."""

    def end(self, tag: str) -> None:
        """An element is over."""


class _SharedStrings(Listener):
    """The lengths of a workbook's shared strings; what is written over letters to say how they sound counts, too."""

    def __init__(self) -> None:
        super().__init__(self._start)
        self.lengths = array("L")

    def _start(self, tag: str, attributes: Attributes) -> None:
        if tag == "si":
            if len(self.lengths) >= MOST_CELLS:
                raise SpreadsheetRefused("file_unpacks_too_large")
            self.lengths.append(0)

    def text(self, said: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(said)


class _Surveyor(Listener):
    """Follows a sheet's XML. A cell may leave out its address; then it is the next one in its row."""

    def __init__(self, made: Survey, shared: Sequence[int]) -> None:
        super().__init__(self._start)
        self._survey, self._shared = made, shared
        self._row = self._column = 0
        self._merged: list[str] = []
        self._is_shared, self._is_value, self._said = False, False, ""
        self._in_cell = self._in_sheet = 0

    def _start(self, tag: str, attributes: Attributes) -> None:
        if tag == "row":
            self._row, self._column = int(attributes.get("r") or self._row + 1), 0
        elif tag == "c":
            address = attributes.get("r")
            self._row, self._column = _place(address) if address else (self._row, self._column + 1)
            self._is_shared, self._in_cell = attributes.get("t") == "s", 0
        if tag in VALUES:
            self._is_value, self._said = True, ""
        if tag in ("v", "is", "f"):
            self._filled(formula=tag == "f")
        elif tag == "mergeCell":
            self._merged.append(attributes["ref"])

    def text(self, said: str) -> None:
        if self._is_value and self._is_shared:
            self._said += said
        elif self._is_value:
            self._count(len(said))

    def end(self, tag: str) -> None:
        self._is_value = self._is_value and tag not in VALUES
        if tag == "v" and self._is_shared:
            if not (self._said.isascii() and self._said.isdecimal()) or int(self._said) >= len(self._shared):
                raise SpreadsheetRefused("file_broken")
            self._count(self._shared[int(self._said)])

    def _count(self, characters: int) -> None:
        self._in_cell += characters
        self._in_sheet += characters
        if self._in_cell > MOST_CELL_CHARACTERS:
            raise SpreadsheetRefused("file_cell_too_long", row=self._row, most=MOST_CELL_CHARACTERS)
        if self._in_sheet > MOST_TEXT_CHARACTERS:
            raise SpreadsheetRefused("file_unpacks_too_large")

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
            if rows and columns:
                made.merge(top, left, rows[-1], columns[-1])
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


def _parse(archive: zipfile.ZipFile, path: str, listener: Listener) -> None:
    """Tell of each element of an XML file, names without their namespace. A document type is refused.

    Of attributes that are called the same but for it, the one without a namespace counts.
    """

    def refuse(*_declaration: object) -> None:
        raise SpreadsheetRefused("file_broken")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: listener.start(
        _local(tag), {_local(name): value for name, value in attributes.items()} | attributes
    )
    parser.CharacterDataHandler = listener.text
    parser.EndElementHandler = lambda tag: listener.end(_local(tag))
    with archive.open(path) as file:
        parser.ParseFile(file)


def _local(name: str) -> str:
    return name.rpartition(":")[2]
