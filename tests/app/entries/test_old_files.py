"""XLS and ODS: read as XLSX is, with their merges, formulas and hidden sheets, and never larger than they may be."""

from __future__ import annotations

import struct
from collections.abc import Callable

import pytest

from app.entries.compound import CompoundBroken, alone, stream_of
from app.entries.importing import preview
from app.entries.refusing import SpreadsheetRefused
from app.entries.spreadsheets import read_spreadsheet

from .broken_old import ods_bomb, xls_far_cell, xls_in_a_circle
from .old_files import Rows, Sheet, ods_of, ods_with, record, stream_of_book, xls_of

ROWS: Rows = [["Команда", "Мектеп", "Туған жылы"], ["Әділ", "№ 5 «Білім»", 2012], ["Үміт", "№ 6", 2013.5]]
BOTH = pytest.mark.parametrize("write", [xls_of, ods_of])
Write = Callable[..., bytes]


def refusal(content: bytes) -> str:
    with pytest.raises(SpreadsheetRefused) as caught:
        read_spreadsheet(content)
    return caught.value.code


@BOTH
def test_cells_are_read(write: Write) -> None:
    read = read_spreadsheet(write(Sheet(ROWS)))
    assert read.rows == [
        ["Команда", "Мектеп", "Туған жылы"],
        ["Әділ", "№ 5 «Білім»", "2012"],
        ["Үміт", "№ 6", "2013.5"],
    ]


@BOTH
def test_the_first_visible_sheet_is_read_with_its_own_formulas_and_merges(write: Write) -> None:
    hidden = Sheet([["x", "y"]], "Жасырын", hidden=True, formulas=[(1, 1)])
    shown = Sheet(ROWS, formulas=[(3, 3)], merges=[(2, 1, 3, 1)])
    read = read_spreadsheet(write(hidden, shown, Sheet([["z"]], "Тағы")))
    assert read.rows[1][0] == "Әділ"
    assert (read.formulas, read.covered, read.merges) == ({(3, 3)}, {(3, 1)}, [(2, 1, 3, 1)])


@BOTH
def test_a_whole_list_becomes_rows(write: Write) -> None:
    rows = [["Команда", "Мектеп"], *(["Барыс " + "ә" * 50 + str(at), f"№ {at}"] for at in range(300))]
    made = preview(write(Sheet(rows)), {"line": []})
    assert made.problems == []
    assert [row["organisation"] for row in made.rows] == [f"№ {at}" for at in range(300)]


@BOTH
def test_nothing_visible_is_an_empty_file(write: Write) -> None:
    assert refusal(write(Sheet(ROWS, hidden=True))) == "file_empty"


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("rows", "file_too_many_rows"),
        ("columns", "file_too_many_rows"),
        ("spaces", "file_unpacks_too_large"),
        ("text", "file_unpacks_too_large"),
        ("covered", "file_broken"),
    ],
)
def test_what_repeats_itself_is_not_laid_out(by: str, code: str) -> None:
    content = ods_bomb(by)
    assert len(content) < 3_000
    assert refusal(content) == code


def test_sheets_are_bounded_together() -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="{{}}">{cell}</table:table-row>'
    table = f'<table:table table:name="{{}}">{row.format(300_000)}</table:table>'
    assert refusal(ods_with("".join(table.format(at) for at in range(7)))) == "file_too_many_rows"


def test_repeated_empty_rows_and_cells_are_nothing() -> None:
    tables = (
        '<table:table table:name="S">'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell office:value-type="string"><text:p>Team</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="16000">\n  </table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell table:number-columns-repeated="16000"/>'
        "</table:table-row></table:table>"
    )
    assert read_spreadsheet(ods_with(tables)).rows == [[""], [""], ["Team"]]


def test_an_encrypted_opendocument_says_so() -> None:
    manifest = "<m:manifest xmlns:m='m'><m:encryption-data/></m:manifest>"
    assert refusal(ods_with("", manifest=manifest)) == "file_encrypted"


def test_a_far_off_cell_of_a_workbook_is_not_laid_out() -> None:
    assert refusal(xls_far_cell()) == "file_too_many_rows"


def test_a_chain_in_a_circle_ends() -> None:
    assert refusal(xls_in_a_circle()) == "file_broken"


@pytest.mark.parametrize("size", [(0xFFFFFFFF, 0xFFFF), (65_536, 256), (0, 0)])
def test_a_workbook_that_lies_about_its_size_is_read_as_it_is(size: tuple[int, int]) -> None:
    assert len(read_spreadsheet(xls_of(Sheet(ROWS), size=size)).rows) == 3


def test_a_workbook_that_lies_about_its_strings_is_refused() -> None:
    assert refusal(xls_of(Sheet(ROWS), strings=0x7FFFFFFF)) == "file_unpacks_too_large"
    assert refusal(xls_of(Sheet(ROWS), strings=1_000)) == "file_broken"


def test_one_long_string_in_many_cells_is_not_copied() -> None:
    stream = stream_of_book(Sheet([["Team", "x" * 9_000]]))
    cell = record(0xFD, struct.pack("<HHHI", 2, 2, 0, 1))
    assert refusal(alone("Workbook", stream[:-4] + cell * 10_000 + stream[-4:])) == "file_unpacks_too_large"


def test_a_workbook_with_a_password_says_so() -> None:
    stream = stream_of_book(Sheet(ROWS))
    assert refusal(alone("Workbook", stream[:20] + record(0x2F, b"\0" * 6) + stream[20:])) == "file_encrypted"


def test_a_compound_file_of_something_else_is_no_spreadsheet() -> None:
    assert refusal(alone("WordDocument", b"x")) == "file_not_spreadsheet"


@pytest.mark.parametrize("count", [1, 4_096, 70_000, 8_000_000])
def test_a_stream_alone_is_found_again(count: int) -> None:
    stream = (bytes(range(251)) * (count // 251 + 1))[:count]
    found = stream_of(alone("Book", stream), ["book"])
    assert found is not None
    assert found.rstrip(b"\0") == stream.rstrip(b"\0")
    with pytest.raises(CompoundBroken):
        stream_of(alone("Book", stream)[:600], ["book"])
