"""Headings in any sane layout: in three languages, numbered, on two levels joined by merges, or said by a person."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from app.entries.columns import meaning_of
from app.entries.headings import find_headings
from app.entries.importing import preview

from .old_files import Sheet, ods_of, xls_of

FORM = [
    ["Облыстық жарысқа қатысушылардың тізімі", "", "", "", "", "", "", ""],
    ["№", "Команда", "Ұйым", "Қатысушы", "", "", "Жетекші", ""],
    ["", "", "", "Тегі", "Аты", "Сынып", "Аты-жөні", "Телефон"],
    ["1", "2", "3", "4", "5", "6", "7", "8"],
    ["1", "Барыс", "№ 5 мектеп", "Оспан", "Аян", "7", "Әлі Бек", "87001112233"],
    ["2", "", "", "Қали", "Дана", "8", "", ""],
    ["3", "Тұлпар", "№ 6 мектеп", "Ер", "Нұр", "6", "Сан Мен", "87002223344"],
]
MERGES = [
    (1, 1, 1, 8), (2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 3, 3), (2, 4, 2, 6), (2, 7, 2, 8),
    (5, 2, 6, 2), (5, 3, 6, 3), (5, 7, 6, 7), (5, 8, 6, 8),
]  # fmt: skip


def xlsx_of(sheet: Sheet) -> bytes:
    book = openpyxl.Workbook()
    page: Any = book.worksheets[0]
    for row in sheet.rows:
        page.append(list(row))
    for top, left, bottom, right in sheet.merges:
        page.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize("write", [xlsx_of, xls_of, ods_of])
def test_a_form_with_merged_headings_on_two_levels(write: Any) -> None:
    made = preview(write(Sheet(FORM, merges=MERGES)), {"line": []})
    assert made.problems == []
    barys, tulpar = made.rows
    assert (barys["row"], barys["rows"], barys["team"], barys["coach"]) == (5, [5, 6], "Барыс", "Әлі Бек")
    assert barys["contact"] == "87001112233"
    assert [(one["full_name"], one["grade"]) for one in barys["members"]] == [
        ("Оспан Аян", "7"),
        ("Қали Дана", "8"),
    ]
    assert [one["full_name"] for one in tulpar["members"]] == ["Ер Нұр"]
    assert made.columns["surname"] == "Қатысушы Тегі"


def test_levels_are_joined_without_merges_too() -> None:
    found = find_headings(FORM)
    assert found.body == 4
    assert found.columns["surname"] == (3,)
    assert found.columns["grade"] == (5,)
    assert (found.columns["coach"], found.columns["contact"]) == ((6,), (7,))


def test_a_row_of_data_is_no_second_level() -> None:
    found = find_headings([["Команда", "Мектеп"], ["Барыс", "Мектеп"], ["Тұлпар", "Лицей"]])
    assert found.body == 1


def test_a_class_is_a_grade_where_there_are_pupils_and_a_division_where_there_are_not() -> None:
    assert find_headings([["Класс", "Команда", "Школа"]]).columns["division"] == (0,)
    assert find_headings([["Класс", "Команда", "Школа", "ФИО"]]).columns["grade"] == (0,)
    assert find_headings([["Номинация", "Класс", "Команда", "Школа"]]).columns["grade"] == (1,)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Год рождения", "birth_year"), ("Туған жылы:", "birth_year"), ("Date of birth", "birth_year"),
        ("Ф.И.О. участника", "person"), ("Аты-жөні", "person"), ("Участник №2", "person"),
        ("Әкесінің аты", "patronymic"),
        ("Аудан/қала", "district"), ("Тип организации", "organisation_kind"), ("Жынысы", "sex"),
        ("Байланыс телефоны", "contact"), ("Название робота", "robot"), ("Kоманда", "team"), ("Ескерту", None),
    ],
)  # fmt: skip
def test_headings_in_three_languages(heading: str, column: str | None) -> None:
    assert meaning_of(heading) == column


def test_columns_of_each_member_stand_side_by_side() -> None:
    rows = [
        ["Команда", "Школа", "Участник 1", "Год рождения", "Участник 2", "Год рождения"],
        ["Барыс", "5", "Оспан Аян", "2012", "Қали Дана", "2013"],
        ["Тұлпар", "6", "Ер Нұр", "2011", "", ""],
    ]
    made = preview(xlsx_of(Sheet(rows)), {"line": []})
    assert made.problems == []
    assert [[(one["full_name"], one["birth_year"]) for one in row["members"]] for row in made.rows] == [
        [("Оспан Аян", 2012), ("Қали Дана", 2013)],
        [("Ер Нұр", 2011)],
    ]


def test_what_a_person_said_of_a_joined_heading_holds() -> None:
    found = find_headings(FORM, MERGES, {"қатысушы сынып": ""})
    assert "grade" not in found.columns
