"""Previewing a list of 5,000 teams: as files of every kind nobody imported yet, and again when all are there.

Applications have limits and ages, so that every row is held against them, too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import partial
from typing import Any

import openpyxl
from flask import Flask

from app.desk.teams.import_plan import ImportPlan, import_plan
from app.entries.importing import preview
from tests.app.entries.old_files import Sheet, ods_of, xls_of
from tests.bench.demo_app import best_of_three_s, demo_app, do
from tests.bench.figures import Figure, figure

NAMES = ("entries.",)
ROWS = 5_000
GOAL_S = 5.0
DIVISIONS = {"line": ["Line race"], "trip": ["Big journey, junior"]}
HEADINGS = ["Жарыс түрі", "Команда", "Мектеп", "Облыс", "Ауданы", "Жетекші", "Қатысушылар", "Туған жылы"]
TERMS = {
    "is_open": True,
    "most_of_organisation": 8,
    "most_of_district": ROWS,
    "most_of_region": ROWS,
    "divisions": {code: {"youngest": 5, "oldest": 40, "most": 2 * ROWS} for code in ("line", "trip")},
}


def figures(_only: str) -> Iterator[Figure]:
    with demo_app() as app:
        do(app.extensions["pipeline"], "SetApplicationTerms", "c/demo", TERMS, 0)
        for ending, content in files().items():
            first_s = best_of_three_s(partial(read_as_new, app, content))
            yield figure(f"entries.preview_{ROWS}_rows{ending}_s", first_s, "s", "lower", GOAL_S)
        content = files()[""]
        payload = planned(app, content).payload()
        do(app.extensions["pipeline"], "ImportEntries", "c/demo", payload)
        again_s = best_of_three_s(lambda: check(planned(app, content), "same"))
        yield figure(f"entries.preview_again_{ROWS}_rows_s", again_s, "s", "lower", GOAL_S)


def files() -> dict[str, bytes]:
    """The same list as XLSX, XLS, ODS and CSV, by what is added to the name of the figure."""
    book = openpyxl.Workbook(write_only=True)
    sheet: Any = book.create_sheet()
    rows = list(teams())
    for row in rows:
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    return {
        "": written.getvalue(),
        "_xls": xls_of(Sheet(rows)),
        "_ods": ods_of(Sheet(rows)),
        "_csv": text.getvalue().encode(),
    }


def teams() -> Iterator[list[str]]:
    """Headings, then teams of three, eight to a school, from several regions and many districts."""
    yield HEADINGS
    for at in range(ROWS):
        division = ("Line race", "trip")[at % 2]
        region = ("Қарағанды облысы", "г. Алматы", "Abai Region", "KZ-31")[at % 4]
        members = ", ".join(f"Нұрланұлы Әлихан {at} {member}" for member in "абв")
        school = f"№ {at // 8} мектеп-гимназия"
        years = ", ".join(str(2012 + member) for member in range(3))
        coach, district = f"Серікбаева Айгүл {at // 8}", f"{at % 160} ауданы"
        yield [division, f"Тұлпар {at}", school, region, district, coach, members, years]


def planned(app: Flask, content: bytes) -> ImportPlan:
    """What the worker does with the file, and what the page then does with what the worker found."""
    read = preview(content, DIVISIONS, {}).to_json()
    return import_plan(app.extensions["pipeline"], "demo", read)


def read_as_new(app: Flask, content: bytes) -> None:
    check(planned(app, content), "new")


def check(made: ImportPlan, kind: str) -> None:
    assert made.problems == []
    assert made.count(kind) == ROWS
