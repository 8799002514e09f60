"""Files that would mislead a reader: far-off cells, hidden sheets, merged cells, open quotes, unseen characters."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from app.entries.archives import MOST_CELL_CHARACTERS
from app.entries.refusing import SpreadsheetRefused
from app.entries.spreadsheets import Spreadsheet, read_spreadsheet
from tests.app.entries.old_files import Sheet, ods_of, xls_of


def workbook(fill: Callable[[openpyxl.Workbook, Worksheet], None]) -> bytes:
    book = openpyxl.Workbook()
    assert isinstance(book.active, Worksheet)
    fill(book, book.active)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def refusal(content: bytes) -> SpreadsheetRefused:
    with pytest.raises(SpreadsheetRefused) as caught:
        read_spreadsheet(content)
    return caught.value


def test_one_far_off_cell_is_not_laid_out() -> None:
    def fill(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet["A1"] = "Team"
        sheet["XFD1048576"] = "x"

    assert refusal(workbook(fill)).code == "file_too_many_rows"


def test_styled_but_empty_cells_do_not_count() -> None:
    def fill(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet["A1"] = "Team"
        sheet["ZZ900000"].font = Font(bold=True)

    assert read_spreadsheet(workbook(fill)).rows == [["Team"]]


def test_the_first_visible_sheet_is_read_with_its_own_formulas() -> None:
    def fill(book: openpyxl.Workbook, hidden: Worksheet) -> None:
        hidden["A1"] = "=1+1"
        hidden.sheet_state = "hidden"
        shown = book.create_sheet("Тізім")
        shown.append(["Team", "School"])
        shown.append(["Барыс", "=A1"])

    sheet = read_spreadsheet(workbook(fill))
    assert sheet.rows[0] == ["Team", "School"]
    assert sheet.formulas == {(2, 2)}


def test_cells_hidden_by_a_merged_one_are_named() -> None:
    def fill(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
        for row in (["Team", "School"], ["A", "Lyceum 1"], ["B", None], ["C", "5"]):
            sheet.append(row)
        sheet.merge_cells("B2:B3")

    assert read_spreadsheet(workbook(fill)).covered == {(3, 2)}


def test_an_open_quote_swallows_nothing() -> None:
    refused = refusal('Team,School\nA,1\n"Барыс,2\nC,3\n'.encode())
    assert (refused.code, refused.facts) == ("file_quotes_open", {"line": 3})


def test_quotes_that_close_may_hold_lines_and_separators() -> None:
    assert read_spreadsheet(b'Team;School\n"A; ""B""";"1\n2"\n') == Spreadsheet(
        [["Team", "School"], ['A; "B"', "1\n2"]]
    )


def test_unseen_characters_are_left_out() -> None:
    spoilt = "\u202eBa\u0000rys\u200b\u0007,И\u0306"
    assert read_spreadsheet(f"Team,School\n{spoilt}\n".encode()).rows[1] == ["Barys", "Й"]


def test_a_file_with_a_password_says_so() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
    assert refusal(content).code == "file_encrypted"


def test_an_archive_that_lies_about_its_size() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 250_000_000)
    content = bytearray(written.getvalue())
    central = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, central + 24, 10)  # the unpacked size, as the directory states it
    assert refusal(bytes(content)).code == "file_unpacks_too_large"


def test_a_document_type_is_not_followed() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "bbbb">]><workbook>&b;</workbook>')
    assert refusal(written.getvalue()).code == "file_broken"


def _xlsx(rows: list[list[str]]) -> bytes:
    def fill(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(row)

    return workbook(fill)


def _csv(rows: list[list[str]]) -> bytes:
    return "\n".join(";".join(row) for row in rows).encode()


KINDS: dict[str, Callable[[list[list[str]]], bytes]] = {
    "xlsx": _xlsx,
    "xls": lambda rows: xls_of(Sheet(rows)),
    "ods": lambda rows: ods_of(Sheet(rows)),
    "csv": _csv,
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_cell_holds_as_much_text_in_every_kind_of_file(kind: str) -> None:
    def written(letters: int) -> bytes:
        return KINDS[kind]([["Команда", "Мектеп"], ["Бір", "ә" * letters]])

    assert len(read_spreadsheet(written(MOST_CELL_CHARACTERS)).rows[1][1]) == MOST_CELL_CHARACTERS
    refused = refusal(written(MOST_CELL_CHARACTERS + 1))
    assert (refused.code, refused.facts) == ("file_cell_too_long", {"row": 2, "most": MOST_CELL_CHARACTERS})
