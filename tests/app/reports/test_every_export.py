"""Every file the server gives out, found by walking its addresses: opened by another library than wrote it, held
against the standings cell by cell, and never a formula, whatever teams, schools and districts are called."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from tests.app.conftest import Send
from tests.browser.exports import check_exports, expected_row, squeezed

Bearer = Callable[[str], dict[str, str]]
Fetch = Callable[[str], bytes]
NAMES = ("=HYPERLINK(1)", "+7", "-1", "@x", "=cmd|' /C calc'!A0", "Тұлпар; X\nBEGIN:VEVENT")
DIVISIONS = ("line", "trip", "duel")
NO_EXPORTS = {
    "/api/v1/openapi.json",
    "/ca/baige.crt",
    "/ca/baige.mobileconfig",
    "/judge/manifest.webmanifest",
    "/judge/sw.js",
    "/pictures/<digest>.jpg",
    "/static/<path:filename>",
    "/desk/c/<slug>/entry/<entry_id>/inspection/<digest>.jpg",
    "/c/<slug>/application/<token>/documents/<document>/<int:number>.jpg",
    "/desk/c/<slug>/applications/<application>/documents/<document>/<int:number>.jpg",
    "/desk/c/<slug>/applications/<application>/documents/<document>.pdf",
}
"""What ends like a file and is no export: the program's own parts, and pictures that were brought."""
PLAN_FILES = {"/desk/c/<slug>/plan/instance.json", "/desk/c/<slug>/plan/schedule.json"}
"""Held against the checker of schedules, in tests/app/planning/test_files.py."""


def rules(app: Flask) -> set[str]:
    """Every address whose last part looks like a file's name."""
    return {
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and re.search(r"\.(\w+|<extension>)$", rule.rule)
    }


@pytest.fixture
def fetch(client: FlaskClient, bearer: Bearer) -> Fetch:
    headers = bearer("organiser") | {"Accept-Language": "en"}

    def fetching(path: str) -> bytes:
        answer = client.get(path, headers=headers)
        assert answer.status_code == 200, (path, answer.text)
        return bytes(answer.data)

    return fetching


@pytest.fixture
def named(app: Flask, send: Send, runs: list[dict[str, Any]], fetch: Fetch) -> None:
    """The demo half run and planned, with teams, schools, districts, people and an account called as formulas are."""
    rows = [
        {
            "division": DIVISIONS[at % 3], "team": name, "organisation": name, "region": "KZ-10",
            "details": {"district": name, "robot": name}, "coach": name, "contact": name,
            "members": [{"full_name": name, "grade": name[:20], "birth_year": 2012}],
        }
        for at, name in enumerate(NAMES)
    ]  # fmt: skip
    assert send("organiser", "ImportEntries", "c/demo", {"rows": rows})["status"] == "accepted"
    for index, run in enumerate(runs[:8]):
        score = {"sheet": {"time": 20.125 + index % 5}} if index else {"sheet": {}, "mark": "DNF"}
        assert send("judge", "EnterScore", run["target"], score, run["version"])["status"] == "accepted"
    assert send("organiser", "AddLateEntries", "c/demo/division/line", {})["status"] == "accepted"
    waiting = json.loads(fetch("/api/v1/live/c/demo/field/A/queue"))["data"]["runs"]
    at = datetime(2026, 5, 1, 4, tzinfo=UTC)
    planned = [
        {"run": run["id"], "field": "A", "start_at": (at + timedelta(minutes=5 * place)).isoformat()}
        for place, run in enumerate(run for run in waiting if run["status"] == "START_LIST")
    ]
    assert send("organiser", "ApplyPlan", "c/demo", {"runs": planned})["status"] == "accepted"
    fetch("/desk/c/demo/people")
    fetch("/desk/c/demo/labels/badges.pdf")


def test_every_file_of_the_url_map_is_held_against_something(app: Flask) -> None:
    assert rules(app) - NO_EXPORTS - PLAN_FILES == CHECKS.keys()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_results_say_what_the_standings_say(fetch: Fetch, named: None, language: str) -> None:
    def in_language(path: str) -> bytes:
        return fetch(f"{path}?lang={language}")

    for division in DIVISIONS:
        assert check_exports(in_language, "demo", division, language)["rows"]


def results(fetch: Fetch) -> None:
    for division in DIVISIONS:
        here = f"/desk/c/demo/division/{division}/results"
        same_table(fetch(f"{here}.xlsx"), fetch(f"{here}.csv"))


def all_results(fetch: Fetch) -> None:
    """The sheets after the first are the divisions' own, in their order; the first has their first places."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(fetch("/desk/c/demo/results.xlsx")))
    first = []
    for at, division in enumerate(DIVISIONS, 1):
        told = json.loads(fetch(f"/api/v1/live/c/demo/division/{division}/standings"))["data"]
        _headings, *rows = book.get_sheet_by_index(at).to_python()
        wanted = [expected_row(row, told, "en") for row in told["rows"]]
        assert [[plain(cell) for cell in row[:-1]] for row in rows] == [
            [plain(cell) for cell in row] for row in wanted
        ]
        first += [row[:5] for row in wanted if row[0] and row[0] <= 3]
    _headings, *places = book.get_sheet_by_index(0).to_python()
    assert [[plain(cell) for cell in row[1:6]] for row in places] == [
        [plain(cell) for cell in row] for row in first
    ]


def tables(path: str) -> Callable[[Fetch], None]:
    return lambda fetch: same_table(fetch(f"{path}.xlsx"), fetch(f"{path}.csv"))


def counts(fetch: Fetch) -> None:
    same_table(fetch("/desk/c/demo/counts.xlsx"), fetch("/desk/c/demo/counts.csv"))
    _headings, total, *rows = csv.reader(io.StringIO(fetch("/desk/c/demo/counts.csv").decode("utf-8-sig")))
    teams = {row[1]: int(row[3]) for row in rows if row[0] == "Division"}
    standings = {
        division: json.loads(fetch(f"/api/v1/live/c/demo/division/{division}/standings"))["data"]["rows"]
        for division in DIVISIONS
    }
    assert sorted(teams.values()) == sorted(map(len, standings.values()))
    assert int(total[3]) == sum(map(len, standings.values()))


def archive(fetch: Fetch) -> None:
    with zipfile.ZipFile(io.BytesIO(fetch("/desk/c/demo/archive.zip"))) as unpacked:
        assert unpacked.testzip() is None
        kept = json.loads(unpacked.read("standings.json"))
    for division in DIVISIONS:
        told = json.loads(fetch(f"/api/v1/live/c/demo/division/{division}/standings"))["data"]["rows"]
        assert [(one["id"], one["rank"]) for one in kept[division]] == [
            (row["entry"]["id"], row["rank"]) for row in told
        ]


def calendar(path: str) -> Callable[[Fetch], None]:
    """Read by its lines alone, as RFC 5545 folds and escapes them: a name begins no event of its own."""

    def checking(fetch: Fetch) -> None:
        lines = fetch(path).decode().replace("\r\n ", "").split("\r\n")
        told = [
            (lines[at + 1 : lines.index("END:VEVENT", at)])
            for at, line in enumerate(lines)
            if line == "BEGIN:VEVENT"
        ]
        runs = json.loads(fetch("/api/v1/live/c/demo/field/A/queue"))["data"]["runs"]
        wanted = [run for run in runs if run["planned_at_utc"]]
        if "/team/" in path:
            wanted = [run for run in wanted if f"/team/{run['entry']['number']}/" in path]
        assert len(told) == len(wanted) > 0
        for event, run in zip(told, sorted(wanted, key=lambda run: run["planned_at_utc"]), strict=True):
            facts = dict(line.split(":", 1) for line in event if ":" in line)
            start = datetime.fromisoformat(run["planned_at_utc"])
            assert facts["DTSTART"] == start.strftime("%Y%m%dT%H%M%SZ")
            summary = re.sub(r"\\([;,\\])", r"\1", facts["SUMMARY"]).replace("\\n", "\n")
            assert run["entry"]["team"] in summary

    return checking


def pdf(path: str, *, has_teams: bool = True) -> Callable[[Fetch], None]:
    """Its text has every team of the division as it is called, and the standings' order where it has places."""

    def checking(fetch: Fetch) -> None:
        document = pypdfium2.PdfDocument(fetch(path))
        text = squeezed("\n".join(page.get_textpage().get_text_range() for page in document))
        rows = json.loads(fetch("/api/v1/live/c/demo/division/line/standings"))["data"]["rows"]
        for row in rows if has_teams else rows[:3]:
            assert squeezed(row["entry"]["team"]) in text, row["entry"]["team"]

    return checking


def person(fetch: Fetch) -> None:
    ids = re.findall(r"/desk/c/demo/people/([0-9a-f-]{36})", fetch("/desk/c/demo/people").decode())
    told = [json.loads(fetch(f"/desk/c/demo/people/{id_}/export.json")) for id_ in ids]
    assert {one["person"]["full_name"] for one in told} >= {name.replace("\n", " ") for name in NAMES[:4]}


def teams(fetch: Fetch) -> None:
    told = json.loads(fetch("/c/demo/teams.json"))
    listed = {(team["number"], team["team"]) for team in told["teams"]}
    for division in DIVISIONS:
        for row in json.loads(fetch(f"/api/v1/live/c/demo/division/{division}/standings"))["data"]["rows"]:
            assert (row["entry"]["number"], row["entry"]["team"]) in listed


CHECKS: dict[str, Callable[[Fetch], None]] = {
    "/desk/c/<slug>/division/<code>/results.<extension>": results,
    "/desk/c/<slug>/results.xlsx": all_results,
    "/desk/c/<slug>/counts.<extension>": counts,
    "/desk/c/<slug>/log.<extension>": tables("/desk/c/demo/log"),
    "/desk/c/<slug>/people/looks.<extension>": tables("/desk/c/demo/people/looks"),
    "/desk/c/<slug>/archive.zip": archive,
    "/desk/c/<slug>/people/<person>/export.json": person,
    "/c/<slug>/teams.json": teams,
    "/c/<slug>/schedule.ics": calendar("/c/demo/schedule.ics"),
    "/c/<slug>/field/<code>/schedule.ics": calendar("/c/demo/field/A/schedule.ics"),
    "/c/<slug>/team/<int:number>/schedule.ics": calendar("/c/demo/team/1/schedule.ics"),
    "/desk/c/<slug>/division/<code>/protocol.pdf": pdf("/desk/c/demo/division/line/protocol.pdf?in=kk,ru"),
    "/desk/c/<slug>/protocol.pdf": pdf("/desk/c/demo/protocol.pdf?in=kk,ru", has_teams=False),
    "/desk/c/<slug>/division/<code>/score-sheets.pdf": pdf(
        "/desk/c/demo/division/line/score-sheets.pdf?in=kk"
    ),
    "/desk/c/<slug>/labels/badges.pdf": pdf("/desk/c/demo/labels/badges.pdf?in=kk"),
    "/desk/c/<slug>/labels/stickers.pdf": pdf("/desk/c/demo/labels/stickers.pdf?in=kk"),
}
"""By address, what opens the file again and holds it against what is true."""


@pytest.mark.parametrize("rule", CHECKS)
def test_each_says_what_is_true(rule: str, fetch: Fetch, named: None) -> None:
    CHECKS[rule](fetch)


def same_table(xlsx: bytes, written: bytes) -> None:
    """A workbook and a CSV with the same cells, no formula in either, read by two libraries that did not write them."""
    assert written.startswith(b"\xef\xbb\xbf"), "Excel reads it as UTF-8 by its mark alone"
    lines = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    [sheet] = openpyxl.load_workbook(io.BytesIO(xlsx)).worksheets
    assert sheet.freeze_panes == "A2"
    assert len(lines) > 2
    typed = list(sheet.iter_rows())
    assert {cell.data_type for row in typed for cell in row} <= {"s", "inlineStr", "n"}, "no formula"
    read = CalamineWorkbook.from_filelike(io.BytesIO(xlsx)).get_sheet_by_index(0).to_python()
    assert len(lines) == len(read) == len(typed)
    for line, cells in zip(lines, read, strict=True):
        assert len(line) == len(cells)
        for text, cell in zip(line, cells, strict=True):
            assert not isinstance(cell, str) or not text.startswith(("=", "+", "-", "@", "\t", "\r")), text
            if isinstance(cell, int | float):
                assert float(text) == cell
            else:
                wanted = text[1:] if text[:1] == "'" and text[1:2] in "=+-@\t\r" else text
                assert wanted == cell


def plain(cell: Any) -> str:
    """A cell as both kinds of file can say it."""
    if cell is None:
        return ""
    return f"{cell:g}" if isinstance(cell, float) and cell.is_integer() else str(cell)
