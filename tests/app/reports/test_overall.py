"""The overall protocol and the workbook of all divisions, opened again and held against the standings."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from app.competitions.state import Setup
from app.papers.codes import paper_code, shown_code
from app.papers.state import Overall, Papers
from app.pipeline import Pipeline
from app.reports.workbook import sheet_names
from tests.app.conftest import WITHOUT_WAITING, Send
from tests.app.reports.test_protocol import OFFICIALS, confirm_all, text_of

Bearer = Callable[[str], dict[str, str]]
DIVISIONS = ("line", "trip", "duel")


@pytest.fixture
def fetch(client: FlaskClient, bearer: Bearer) -> Callable[[str], bytes]:
    def fetching(path: str) -> bytes:
        answer = client.get(f"/desk/c/demo/{path}", headers=bearer("organiser") | {"Accept-Language": "en"})
        assert answer.status_code == 200, answer.text
        content: bytes = answer.data
        return content

    return fetching


def standings(client: FlaskClient, division: str) -> list[dict[str, Any]]:
    told = client.get(f"/api/v1/live/c/demo/division/{division}/standings").get_json()
    rows: list[dict[str, Any]] = told["data"]["rows"]
    return rows


def test_first_places_of_every_division_and_everybody_counted(
    client: FlaskClient, fetch: Callable[[str], bytes], send: Send, runs: list[dict[str, Any]]
) -> None:
    confirm_all(send, runs)
    assert send("organiser", "SetOfficials", "c/demo", OFFICIALS)["status"] == "accepted"
    words = " ".join(text_of(fetch("protocol.pdf?in=kk,ru")).split())
    first = [row for row in standings(client, "line") if row["rank"] and row["rank"] <= 3]
    assert len(first) >= 3
    for row in first:
        assert row["entry"]["team"] in words
    last = standings(client, "line")[-1]
    assert last["rank"] > 3
    assert last["entry"]["team"] not in words
    for expected in ("Үлкен саяхат, кіші топ", "Робосумо, мини (500 г)", "Өмірбек Іңкәр", "23 Қатысушылар"):
        assert expected in words, words


def test_it_is_a_draft_until_every_division_with_entries_is_official(
    fetch: Callable[[str], bytes], send: Send, runs: list[dict[str, Any]]
) -> None:
    confirm_all(send, runs)
    assert (
        send("organiser", "PublishResults", "c/demo/division/line", WITHOUT_WAITING)["status"] == "accepted"
    )
    text = text_of(fetch("protocol.pdf?in=en"))
    assert "Draft, not official" in text
    assert "Revision 1" in text
    assert "/verify/" not in text
    waits = send("organiser", "PublishOverall", "c/demo", {})
    assert (waits["code"], waits["facts"]) == ("overall_waits", {"divisions": "trip, duel"})


@pytest.fixture
def overall(
    send: Send, runs: list[dict[str, Any]], client: FlaskClient, bearer: Bearer, pipeline: Pipeline
) -> Overall:
    """The demo's runs confirmed, both divisions that were drawn made official, and then the overall protocol."""
    confirm_all(send, runs)
    state = pipeline.state("c/demo")
    assert state is not None
    discarded = send("organiser", "DiscardMatches", "c/demo/division/duel", {"reason": "no ring"})
    assert discarded["status"] == "accepted"
    other = client.get("/api/v1/live/c/demo/field/B/queue").get_json()["data"]["runs"]
    for run in other:
        sheet = {"sheet": {}, "mark": "DNS"}
        entered = send("judge:B", "EnterScore", run["target"], sheet, run["version"])
        assert entered["status"] == "accepted", entered
    for division in ("line", "trip"):
        made = send("organiser", "PublishResults", f"c/demo/division/{division}", WITHOUT_WAITING)
        assert made["status"] == "accepted", made
    assert send("organiser", "PublishOverall", "c/demo", {})["status"] == "accepted"
    return state[Papers].overall[-1]


def test_official_it_has_a_code_rules_marks_and_the_head_of_the_log(
    overall: Overall, fetch: Callable[[str], bytes], pipeline: Pipeline, client: FlaskClient
) -> None:
    text = text_of(fetch("protocol.pdf?in=en"))
    joined = "".join(text.split())
    assert "Draft, not official" not in text
    assert shown_code(overall.code) in text
    assert overall.code == paper_code("overall", "c/demo", "1", overall.head)
    assert overall.head in joined
    state = pipeline.state("c/demo")
    assert state is not None
    for code in ("line", "trip"):
        assert state[Setup].divisions[code].ruleset.digest in joined
        publication = state[Papers].last(code)
        assert publication is not None
        assert shown_code(publication.code) in text
    assert "not held" in text
    for row in standings(client, "duel"):
        assert row["entry"]["team"] not in text, "a division nobody held has no places"
    unplaced = [row["entry"]["number"] for row in standings(client, "trip") if row["mark"] == "DNS"]
    assert unplaced
    assert f"DNS № {unplaced[0]}" in " ".join(text.split())
    assert f"/verify/{overall.code}" in joined


def test_its_code_opens_a_page_that_verifies_it(
    overall: Overall, client: FlaskClient, send: Send, runs: list[dict[str, Any]], pipeline: Pipeline
) -> None:
    link = f"/verify/{overall.code}?lang=en"
    page = client.get(link).text
    assert "This paper is genuine" in page
    assert "Overall protocol" in page
    assert "These are the newest results" in page
    for made in overall.divisions.values():
        assert f'href="/verify/{made.code}"' in page
    best = standings(client, "line")[0]["entry"]["team"]
    assert best in page
    assert send("organiser", "PublishOverall", "c/demo", {})["code"] == "overall_current"

    version = client.get("/api/v1/live/c/demo/field/A/queue").get_json()["data"]["runs"][1]["version"]
    mended = {"sheet": {"time": 11.0}, "reason": "кіріс қате"}
    assert send("referee", "CorrectScore", runs[1]["target"], mended, version)["status"] == "accepted"
    assert "A result was corrected" in client.get(link).text
    assert send("organiser", "PublishOverall", "c/demo", {})["code"] == "overall_waits"
    line = "c/demo/division/line"
    assert send("organiser", "PublishResults", line, WITHOUT_WAITING)["status"] == "accepted"
    assert "A result was corrected" in client.get(link).text, "its revision of the division is not the newest"
    assert send("organiser", "PublishOverall", "c/demo", {})["status"] == "accepted"
    assert "newer one: revision 2" in client.get(link).text
    assert client.get(f"/verify/{overall.code[:-1]}0").status_code == 404


def test_what_a_ceremony_keeps_is_not_on_its_page(overall: Overall, client: FlaskClient, send: Send) -> None:
    best = standings(client, "line")[0]["entry"]["team"]
    assert send("organiser", "FreezeStandings", "c/demo/division/line")["status"] == "accepted"
    page = client.get(f"/verify/{overall.code}?lang=en").text
    assert "This paper is genuine" in page
    assert best not in page


def test_every_cell_of_the_workbook_is_that_of_the_divisions_own_export(
    client: FlaskClient, fetch: Callable[[str], bytes], send: Send, runs: list[dict[str, Any]]
) -> None:
    confirm_all(send, runs)
    content = fetch("results.xlsx")
    together = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert len(together.sheet_names) == 1 + len(DIVISIONS)
    for at, division in enumerate(DIVISIONS, 1):
        alone = CalamineWorkbook.from_filelike(io.BytesIO(fetch(f"division/{division}/results.xlsx")))
        own = together.get_sheet_by_index(at).to_python()
        assert own == alone.get_sheet_by_index(0).to_python()
        assert len(own) > 3
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    first = [row for row in sheet.iter_rows(min_row=2, values_only=True) if row[0] == "Line race"]
    places = [row["rank"] for row in standings(client, "line") if row["rank"] <= 3]
    assert [row[1] for row in first] == places
    assert isinstance(first[0][6], float)


@pytest.mark.parametrize(
    ("wanted", "made"),
    [
        (["Line", "line", "LINE"], ["Line", "line 2", "LINE 3"]),
        (["a/b:c*?[d]\\", "'x'"], ["a b c d", "x"]),
        (["", "  "], ["–", "– 2"]),
        (["ұ" * 40, "ұ" * 41], ["ұ" * 31, "ұ" * 29 + " 2"]),
    ],
)
def test_sheets_have_names_a_spreadsheet_program_takes(wanted: list[str], made: list[str]) -> None:
    assert sheet_names(wanted) == made


def test_a_judge_may_not_fetch_them(client: FlaskClient, bearer: Bearer) -> None:
    for path in ("protocol.pdf", "results.xlsx"):
        assert client.get(f"/desk/c/demo/{path}", headers=bearer("judge")).status_code == 403
