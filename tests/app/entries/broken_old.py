"""Makes XLS and ODS files that are broken as people and malice break them, from dice."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable

from app.entries.compound import alone

from .old_files import Rows, Sheet, ods_of, ods_with, record, stream_of_book, xls_of

Table = Callable[[random.Random], Rows]
Kind = Callable[[random.Random], bytes]


def old_kinds(table: Table) -> tuple[Kind, ...]:
    """The ways, each with the cells that ``table`` makes."""

    def xls_spoilt(dice: random.Random) -> bytes:
        return _spoilt(dice, xls_of(_sheet(dice, table)))

    def xls_stream_spoilt(dice: random.Random) -> bytes:
        return alone("Workbook", _spoilt(dice, stream_of_book(_sheet(dice, table))))

    def xls_of_lies(dice: random.Random) -> bytes:
        size = dice.choice([(65_536, 256), (0xFFFFFFF0, 0xFFF0), (0, 0)])
        return xls_of(_sheet(dice, table), size=size, strings=dice.choice([None, 0x7FFFFFFF]))

    def xls_with_formulas(dice: random.Random) -> bytes:
        sheet = _sheet(dice, table)
        sheet.formulas = [(dice.randrange(1, 6), dice.randrange(1, 6)) for _ in range(4)]
        return xls_of(Sheet([["x"]], "Жасырын", hidden=True), sheet)

    def ods_spoilt(dice: random.Random) -> bytes:
        return _spoilt(dice, ods_of(_sheet(dice, table)))

    def ods_repeated(dice: random.Random) -> bytes:
        return ods_bomb(dice.choice(["rows", "columns", "spaces", "covered"]))

    def ods_with_merges(dice: random.Random) -> bytes:
        sheet = _sheet(dice, table)
        top, left = dice.randrange(1, 20), dice.randrange(1, 5)
        sheet.merges = [(top, left, top + 3, left + 1)]
        sheet.formulas = [(dice.randrange(1, 6), dice.randrange(1, 6))]
        return ods_of(Sheet([["x"]], "Жасырын", hidden=dice.random() < 0.7), sheet)

    return (
        xls_spoilt,
        xls_stream_spoilt,
        xls_of_lies,
        xls_with_formulas,
        ods_spoilt,
        ods_repeated,
        ods_with_merges,
    )


def ods_bomb(by: str) -> bytes:
    """A few hundred bytes that would be gigabytes if they were laid out."""
    cell = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    long = "<text:s text:c='900000000'/>"
    made = {
        "rows": row.format(1_048_576, cell.format(' table:number-columns-repeated="16000"', "x")),
        "columns": row.format(1, cell.format(' table:number-columns-repeated="4000000000"', "x")),
        "spaces": row.format(1, cell.format("", long)),
        "covered": row.format(
            1, cell.format(' table:number-columns-spanned="16000" table:number-rows-spanned="1000000"', "x")
        ),
        "text": row.format(1_000, cell.format(' table:number-columns-repeated="1000"', "y" * 1_000)),
    }[by]
    return ods_with(f'<table:table table:name="S">{made}</table:table>')


def xls_far_cell() -> bytes:
    """One cell in the last row and column there can be."""
    far = record(0x203, struct.pack("<HHHd", 65_535, 255, 0, 1.0))
    stream = stream_of_book(Sheet([["Team", "School"]]))
    return alone("Workbook", stream[:-4] + far + stream[-4:])


def xls_in_a_circle() -> bytes:
    """A compound file whose stream never ends."""
    content = bytearray(xls_of(Sheet([["Team", "School"], *[["x" * 80, "5"]] * 40])))
    table = 512 * (1 + struct.unpack_from("<I", content, 76)[0])
    struct.pack_into("<I", content, table + 4 * 3, 0)
    return bytes(content)


def _sheet(dice: random.Random, table: Table) -> Sheet:
    return Sheet(table(dice))


def _spoilt(dice: random.Random, whole: bytes) -> bytes:
    """Cut short, or with some bytes changed."""
    if dice.random() < 0.3:
        return whole[: dice.randrange(8, len(whole))]
    content = bytearray(whole)
    for _ in range(dice.randrange(1, 30)):
        content[dice.randrange(8, len(content))] = dice.randrange(256)
    return bytes(content)
