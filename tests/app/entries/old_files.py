"""Writes XLS and ODS by hand, so that tests can write what no program would."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from app.entries.compound import alone

Rows = Sequence[Sequence[object]]
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)


@dataclass(slots=True)
class Sheet:
    """A sheet to write. Places and areas count from 1; a merge is (top, left, bottom, right)."""

    rows: Rows
    name: str = "Тізім"
    hidden: bool = False
    merges: Sequence[tuple[int, int, int, int]] = ()
    formulas: Sequence[tuple[int, int]] = ()


def xls_of(*sheets: Sheet, size: tuple[int, int] | None = None, strings: int | None = None) -> bytes:
    """A workbook of Excel 97. ``size`` and ``strings`` are what it is to state, if not the truth."""
    return alone("Workbook", stream_of_book(*sheets, size=size, strings=strings))


def stream_of_book(*sheets: Sheet, size: tuple[int, int] | None = None, strings: int | None = None) -> bytes:
    shared: list[str] = []
    parts = [_sheet(sheet, shared, size) for sheet in sheets]
    table = _strings(shared, strings)
    names = [sheet.name.encode("utf-16-le") for sheet in sheets]
    head_bytes = len(_begin(5)) + sum(4 + 8 + len(name) for name in names) + len(table) + 4
    begins = [head_bytes + sum(map(len, parts[:at])) for at in range(len(parts))]
    bounds = b"".join(
        record(0x85, struct.pack("<IBBBB", begin, int(sheet.hidden), 0, len(sheet.name), 1) + name)
        for sheet, name, begin in zip(sheets, names, begins, strict=True)
    )
    return _begin(5) + bounds + table + record(0x0A) + b"".join(parts)


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _begin(sort: int) -> bytes:
    return record(0x809, struct.pack("<HHHHII", 0x600, sort, 0, 0, 0, 0))


def _strings(shared: Sequence[str], stated: int | None) -> bytes:
    """The table of strings: records of 8,224 bytes at most; a string cut in two says its width again."""
    pieces = [struct.pack("<II", len(shared), len(shared) if stated is None else stated)]
    for text in shared:
        letters = text.encode("utf-16-le")
        if len(pieces[-1]) > 8_200:
            pieces.append(b"")
        pieces[-1] += struct.pack("<HB", len(text), 1)
        while len(pieces[-1]) + len(letters) > 8_224:
            here = (8_224 - len(pieces[-1])) // 2 * 2
            pieces[-1] += letters[:here]
            letters = letters[here:]
            pieces.append(b"\x01")
        pieces[-1] += letters
    return b"".join(record(0x3C if at else 0xFC, piece) for at, piece in enumerate(pieces))


def _sheet(sheet: Sheet, shared: list[str], size: tuple[int, int] | None) -> bytes:
    height, width = size or (len(sheet.rows), max(map(len, sheet.rows), default=0))
    parts = [_begin(0x10), record(0x200, struct.pack("<IIHHH", 0, height, 0, width, 0))]
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HHH", row, column, 0)
            if (row + 1, column + 1) in sheet.formulas:
                formula = struct.pack("<dHIH", 7.0, 0, 0, 3) + b"\x1e\x07\x00"
                parts.append(record(0x06, place + formula))
            elif isinstance(cell, int | float):
                parts.append(record(0x203, place + struct.pack("<d", cell)))
            elif cell:
                shared.append(str(cell))
                parts.append(record(0xFD, place + struct.pack("<I", len(shared) - 1)))
    if sheet.merges:
        areas = [struct.pack("<4H", t - 1, b - 1, left - 1, r - 1) for t, left, b, r in sheet.merges]
        parts.append(record(0xE5, struct.pack("<H", len(areas)) + b"".join(areas)))
    return b"".join(parts) + record(0x0A)


def ods_of(*sheets: Sheet) -> bytes:
    """An OpenDocument spreadsheet."""
    return ods_with("".join(_table(sheet) for sheet in sheets))


def ods_with(tables: str, manifest: str = "<manifest/>") -> bytes:
    """One with tables as XML."""
    hiding = '<style:table-properties table:display="false"/>'
    styles = f'<style:style style:name="out" style:family="table">{hiding}</style:style>'
    content = (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return written.getvalue()


def _table(sheet: Sheet) -> str:
    starts = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sheet.merges}
    rows = []
    for at, cells in enumerate(sheet.rows, 1):
        written = []
        for column, cell in enumerate(cells, 1):
            attributes = ""
            if (at, column) in sheet.formulas:
                attributes += ' table:formula="of:=1+6"'
            if (at, column) in starts:
                down, across = starts[at, column]
                attributes += f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"'
            if isinstance(cell, int | float):
                attributes += f' office:value-type="float" office:value="{cell}"'
            elif cell:
                attributes += ' office:value-type="string"'
            text = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell or "").split("\n") if line)
            written.append(f"<table:table-cell{attributes}>{text}</table:table-cell>")
        rows.append(f"<table:table-row>{''.join(written)}</table:table-row>")
    style = ' table:style-name="out"' if sheet.hidden else ""
    return f"<table:table table:name={quoteattr(sheet.name)}{style}>{''.join(rows)}</table:table>"
