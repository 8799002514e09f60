"""Exports opened again by other libraries and held against the standings; text that could be a formula is not one."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from tests.app.conftest import Send

Bearer = Callable[[str], dict[str, str]]
FORMULA_NAMES = ["=HYPERLINK(1)", "+7", "-1", "@x"]


@pytest.fixture
def exported(
    client: FlaskClient, bearer: Bearer, send: Send, runs: list[dict[str, Any]]
) -> Callable[[str], bytes]:
    rows = [{"division": "line", "team": name, "organisation": "№ 1"} for name in FORMULA_NAMES]
    assert send("organiser", "ImportEntries", "c/demo", {"rows": rows})["status"] == "accepted"
    for index, run in enumerate(runs[:6]):
        score = {"sheet": {"time": 20.5 + index}} if index else {"sheet": {}, "mark": "DNF"}
        send("judge", "EnterScore", run["target"], score, run["version"])

    def export(kind: str) -> bytes:
        answer = client.get(f"/desk/c/demo/division/line/results.{kind}?lang=en", headers=bearer("organiser"))
        assert answer.status_code == 200
        content: bytes = answer.data
        return content

    return export


def test_every_cell_says_what_the_standings_say(
    client: FlaskClient, exported: Callable[[str], bytes]
) -> None:
    standings = client.get("/api/v1/live/c/demo/division/line/standings").get_json()["data"]["rows"]
    expected = [(row["rank"], row["entry"]["team"], row["values"]["time"]) for row in standings]

    sheet = openpyxl.load_workbook(io.BytesIO(exported("xlsx"))).worksheets[0]
    cells = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[2], row[5]) for row in cells] == expected
    assert sheet.freeze_panes == "A2"

    table = list(csv.reader(io.StringIO(exported("csv").decode("utf-8-sig"))))
    assert [row[2].removeprefix("'") for row in table[1:]] == [team for _, team, _ in expected]
    assert [row[5] for row in table[1:]] == ["" if time is None else str(time) for *_, time in expected]


def test_no_text_is_a_formula(exported: Callable[[str], bytes]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(exported("xlsx"))).worksheets[0]
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == []
    read_elsewhere = (
        CalamineWorkbook.from_filelike(io.BytesIO(exported("xlsx"))).get_sheet_by_index(0).to_python()
    )
    assert set(FORMULA_NAMES) <= {row[2] for row in read_elsewhere}
    begun = {row[2][0] for row in csv.reader(io.StringIO(exported("csv").decode("utf-8-sig")))}
    assert begun.isdisjoint("=+-@")
