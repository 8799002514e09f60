"""Spreadsheets as people make them: every problem named by row and column, old code pages set right, bounds kept."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from app.entries.importing import Preview, preview
from app.registry.regions import find_region

DIVISIONS = {"line": ["Сызық бойымен жарыс", "Гонки по линии", "Line race"], "trip": ["Үлкен саяхат"]}


def problems(made: Preview) -> list[tuple[str, int, str]]:
    return [(problem["code"], problem["row"], problem["column"]) for problem in made.problems]


def csv_of(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\n".join(lines).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "kz1048"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(encoding: str, separator: str) -> None:
    rows = [["Бағыт", "Команда", "Мектеп", "Облыс"], ["Гонки по линии", "Әділ", "№ 1", "Абай облысы"]]
    made = preview(csv_of(*(separator.join(row) for row in rows), encoding=encoding), DIVISIONS)
    assert made.problems == []
    (row,) = made.rows
    assert (row["division"], row["team"], row["region"]) == ("line", "Әділ", "KZ-10")


def test_a_heading_row_below_a_title_is_found() -> None:
    made = preview(csv_of("Тізім;;", ";;", "Дисциплина;Название команды;Школа", "line;Барыс;№ 2"), DIVISIONS)
    assert [row["row"] for row in made.rows] == [4]


def test_missing_headings_are_named_with_what_was_found() -> None:
    made = preview(csv_of("Тренер,Класс", "a,b"), DIVISIONS)
    assert {(p["code"], p["column"]) for p in made.problems} == {
        ("heading_missing", "team"),
        ("heading_missing", "organisation"),
    }
    assert "Тренер" in made.problems[0]["facts"]["found"]
    assert made.rows == []


def test_one_division_needs_no_column() -> None:
    made = preview(csv_of("Team,School", "Tulpar,17"), {"line": ["Line race"]})
    assert made.rows[0]["division"] == "line"


def test_formulas_in_cells_are_refused() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["Division", "Team", "School"], ["line", '="a"&"b"', "5"], ["line", "Барыс", "=B2"]):
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    assert problems(preview(written.getvalue(), DIVISIONS)) == [
        ("formula_in_cell", 2, "team"),
        ("formula_in_cell", 3, "organisation"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"   \n", "file_empty"),
        (b"PK\x03\x04 not really", "file_broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 xls", "file_broken"),
        (b"\x7fELF\x00\x00", "file_not_spreadsheet"),
        (b"Division,Team,School\n", "file_without_rows"),
    ],
)
def test_what_is_no_spreadsheet_is_refused(content: bytes, code: str) -> None:
    assert preview(content, DIVISIONS).refused == code


def test_a_zip_bomb_is_not_unpacked() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 250_000_000)
    assert len(written.getvalue()) < 1_000_000
    assert preview(written.getvalue(), DIVISIONS).refused == "file_unpacks_too_large"


def test_more_rows_than_are_taken_at_once() -> None:
    lines = ["Team,School", *(f"Team {n},1" for n in range(20_001))]
    assert preview(csv_of(*lines), {"line": []}).refused == "file_too_many_rows"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("г. Алматы", "KZ-75"),
        ("Алматы облысы", "KZ-19"),
        ("Almaty", "KZ-75"),
        ("Абайская обл.", "KZ-10"),
        ("область Абай", "KZ-10"),
        ("Jambyl", None),
        ("Нұр-Сұлтан", None),
        ("kz-35", "KZ-35"),
        ("Марс", None),
    ],
)
def test_regions_as_people_write_them(written: str, code: str | None) -> None:
    assert find_region(written) == code
