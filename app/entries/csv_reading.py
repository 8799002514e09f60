"""Reading a CSV somebody saved: whatever the encoding and the delimiter, told from the text itself."""

from __future__ import annotations

import csv
import io
from itertools import islice

from .columns import FIRST_ROWS
from .headings import find_headings
from .refusing import SpreadsheetRefused

DELIMITERS = ";,\t|"
MARKS_OF_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
LOOKED_AT_BYTES = 4_000
MOST_ROWS_OF_TEXT = 200_000


def read_csv(content: bytes) -> list[list[str]]:
    """Rows of cells without spaces around them. Raises SpreadsheetRefused: it is no text, or a quote stays open."""
    text = decoded(content)
    delimiter = max(DELIMITERS, key=lambda tried: _headings_known(text, tried))
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun_at = 1
    try:
        for row in reader:
            rows.append([cell.strip() for cell in row])
            if len(rows) > MOST_ROWS_OF_TEXT:
                raise SpreadsheetRefused("file_too_many_rows")
            begun_at = reader.line_num + 1
    except csv.Error as error:
        raise SpreadsheetRefused("file_quotes_open", line=begun_at) from error
    return rows


def decoded(content: bytes) -> str:
    """The text: UTF-16 by its mark or its zeros, else UTF-8, else KZ-1048, whose Russian part is Windows-1251's.

    What no encoding explains becomes U+FFFD, so that the cell can be named. Raises SpreadsheetRefused for what
    is no text.
    """
    if content.startswith(MARKS_OF_UTF_16):
        return content.decode("utf-16", "replace")
    beginning = content[:LOOKED_AT_BYTES]
    even_zeros, odd_zeros = beginning[::2].count(0), beginning[1::2].count(0)
    if even_zeros and odd_zeros:
        raise SpreadsheetRefused("file_not_spreadsheet")
    # In UTF-16 line ends and separators have a zero byte each, all on the same side; a stray zero stands elsewhere.
    if b"\n\0" in beginning or b"\0\n" in beginning:
        return content.decode("utf-16-le" if odd_zeros else "utf-16-be", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("kz1048", "replace")


def _headings_known(text: str, delimiter: str) -> tuple[int, int]:
    """How well a delimiter explains the first rows: by headings that are known, then by how many cells it makes."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = list(islice(reader, FIRST_ROWS))
    except csv.Error:
        return 0, 0
    return len(find_headings(rows).columns), max(map(len, rows), default=0)
