"""An XLS workbook measured before anything lays it out, and made harmless: what it states about itself may be lies."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from .archives import MOST_CELLS, MOST_TEXT_CHARACTERS, Survey
from .compound import CompoundBroken, alone, stream_of
from .refusing import SpreadsheetRefused

STREAMS = ("Workbook", "Book")
BEGIN, END, PASSWORD, SHEET, STRINGS, CONTINUED, SIZE, MERGED = (
    0x809,
    0x0A,
    0x2F,
    0x85,
    0xFC,
    0x3C,
    0x200,
    0xE5,
)
SHARED_STRING, FORMULA, NUMBERS = 0xFD, 0x06, 0xBD
CELLS = {FORMULA, SHARED_STRING, NUMBERS, 0x203, 0x204, 0x205, 0x27E, 0xD6}
"""Records that fill a cell, or several side by side."""
WORKSHEET, VERSION_8 = 0, 0x600
MOST_SHEETS = 256
Record = tuple[int, int, memoryview]
"""Kind, where its data begins, and the data."""


def survey_old_excel(content: bytes) -> tuple[Survey, bytes]:
    """Survey the first visible sheet, and give the workbook alone, safe to be read. Raises SpreadsheetRefused.

    What is given has no macros, and states the sizes of its sheets as they are.
    """
    try:
        stream = stream_of(content, STREAMS)
        if stream is None:
            raise SpreadsheetRefused("file_not_spreadsheet")
        book = _Book(bytearray(stream))
        return book.survey(), alone("Workbook", bytes(book.stream))
    except (CompoundBroken, struct.error, UnicodeError) as error:
        raise SpreadsheetRefused("file_broken") from error


class _Book:
    """The workbook's stream: what is common to it, then a part for each sheet."""

    def __init__(self, stream: bytearray) -> None:
        self.stream, self._as_it_came = stream, memoryview(bytes(stream))
        self._cells_left, self._characters_left, self._to_cover_left = (
            MOST_CELLS,
            MOST_TEXT_CHARACTERS,
            MOST_CELLS,
        )
        self._sheets: list[tuple[int, int, int, str]] = []
        self._lengths: Sequence[int] = ()

    def survey(self) -> Survey:
        self._read_common()
        found = None
        for begin, state, kind, name in self._sheets:
            made = self._sheet(begin, name)
            if found is None and kind == WORKSHEET and state == 0:
                found = made
        if found is None:
            raise SpreadsheetRefused("file_empty")
        return found

    def _records(self, at: int) -> Iterator[Record]:
        view = self._as_it_came
        while at + 4 <= len(view):
            kind, length = struct.unpack_from("<HH", view, at)
            yield kind, at + 4, view[at + 4 : at + 4 + length]
            if kind == END:
                return
            at += 4 + length

    def _read_common(self) -> None:
        strings: list[memoryview] = []
        last = version = 0
        for kind, _at, data in self._records(0):
            if kind == BEGIN:
                (version,) = struct.unpack_from("<H", data)
            elif kind == PASSWORD:
                raise SpreadsheetRefused("file_encrypted")
            elif kind == SHEET:
                begin, state, sort = struct.unpack_from("<IBB", data)
                self._sheets.append((begin, state & 3, sort, _short_text(data[6:], version)))
            elif kind == STRINGS or (kind == CONTINUED and last == STRINGS):
                strings.append(data)
            last = last if kind == CONTINUED else kind
        if not version or len(self._sheets) > MOST_SHEETS:
            raise SpreadsheetRefused("file_broken")
        if strings:
            self._lengths = list(_lengths(strings))

    def _sheet(self, begin: int, name: str) -> Survey:
        made = Survey(name)
        size_at = None
        for kind, at, data in self._records(begin):
            if kind == SIZE:
                size_at = at, len(data)
                self.stream[at : at + len(data)] = bytes(len(data))
            elif kind in CELLS:
                self._fill(made, kind, data)
            elif kind == MERGED:
                self._merge(made, data)
        self._cells_left -= made.height * made.width
        if self._cells_left < 0:
            raise SpreadsheetRefused("file_too_many_rows")
        self._state_size(size_at, made)
        return made

    def _fill(self, made: Survey, kind: int, data: memoryview) -> None:
        row, column = struct.unpack_from("<HH", data)
        right = column
        if kind == NUMBERS:
            (right,) = struct.unpack_from("<H", data, len(data) - 2)
        made.height, made.width = max(made.height, row + 1), max(made.width, column + 1, right + 1)
        if made.height * made.width > self._cells_left:
            raise SpreadsheetRefused("file_too_many_rows")
        if kind == FORMULA:
            made.formulas.add((row + 1, column + 1))
        elif kind == SHARED_STRING:
            (which,) = struct.unpack_from("<I", data, 6)
            if which >= len(self._lengths):
                raise SpreadsheetRefused("file_broken")
            self._characters_left -= self._lengths[which]
            if self._characters_left < 0:
                raise SpreadsheetRefused("file_unpacks_too_large")

    def _merge(self, made: Survey, data: memoryview) -> None:
        (count,) = struct.unpack_from("<H", data)
        for at in range(2, 2 + 8 * count, 8):
            top, bottom, left, right = struct.unpack_from("<4H", data, at)
            if bottom < top or right < left:
                raise SpreadsheetRefused("file_broken")
            self._to_cover_left -= (bottom - top + 1) * (right - left + 1)
            if self._to_cover_left < 0:
                raise SpreadsheetRefused("file_broken")
            made.merge(top + 1, left + 1, bottom + 1, right + 1)

    def _state_size(self, size_at: tuple[int, int] | None, made: Survey) -> None:
        """A reader makes room for as many cells as a sheet says it has; now it says how many it has."""
        if size_at is None:
            return
        at, length = size_at
        form = "<IIHH" if length >= 14 else "<HHHH"
        if length >= 10:
            struct.pack_into(form, self.stream, at, 0, made.height, 0, made.width)


def _short_text(data: memoryview, version: int) -> str:
    length = data[0]
    if version < VERSION_8:
        return bytes(data[1 : 1 + length]).decode("cp1251", "replace")
    if data[1] & 1:
        return bytes(data[2 : 2 + 2 * length]).decode("utf-16-le", "replace")
    return bytes(data[2 : 2 + length]).decode("latin-1")


def _lengths(pieces: Sequence[memoryview]) -> Iterator[int]:
    """How many characters each string has that cells share. Raises struct.error where there are fewer than stated."""
    reading = _Reading(pieces)
    _used, count = struct.unpack("<II", reading.take(8))
    if count > MOST_CELLS:
        raise SpreadsheetRefused("file_unpacks_too_large")
    for _ in range(count):
        length, flags = struct.unpack("<HB", reading.take(3))
        runs = struct.unpack("<H", reading.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", reading.take(4))[0] if flags & 4 else 0
        reading.pass_letters(length, 2 if flags & 1 else 1)
        reading.take(4 * runs + extra)
        yield length


class _Reading:
    """Goes through what is stored in pieces; letters that go over into the next begin there with their width."""

    def __init__(self, pieces: Sequence[memoryview]) -> None:
        self._pieces, self._piece, self._at = pieces, 0, 0

    def take(self, count: int) -> bytes:
        taken = b""
        while count:
            part = bytes(self._here()[self._at : self._at + count])
            taken, count, self._at = taken + part, count - len(part), self._at + len(part)
            if count:
                self._next()
        return taken

    def pass_letters(self, count: int, width: int) -> None:
        while count:
            here = min(count, (len(self._here()) - self._at) // width)
            self._at, count = self._at + here * width, count - here
            if count:
                self._next()
                width = 2 if self.take(1)[0] & 1 else 1

    def _here(self) -> memoryview:
        if self._piece >= len(self._pieces):
            raise struct.error("a string is cut off")
        return self._pieces[self._piece]

    def _next(self) -> None:
        self._piece, self._at = self._piece + 1, 0
