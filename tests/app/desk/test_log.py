"""The log in words: every kind of entry has them, who and about whom are named, and what is looked for is found."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.desk.log.log_words import GROUPS, WORDS, WORDS_OF
from app.entries.state import Entries
from app.eventlog import queries
from tests.app.applications.conftest import filled, web
from tests.app.conftest import Send
from tests.app.desk.desking import Desk

__all__ = ["web"]

Bearer = Callable[[str], dict[str, str]]
HERE = "/desk/c/demo/log"
APP = Path(__file__).parents[3] / "app"
NEVER_WRITTEN = {"EventType", "Example"}


@pytest.fixture
def desk(client: FlaskClient, bearer: Bearer) -> Desk:
    return Desk(client, bearer("organiser"))


def lines(page: str) -> list[tuple[str, str]]:
    """The type and the text of each line."""
    rows = re.findall(r'<tr data-type="(\w+)">(.*?)</tr>', page, re.DOTALL)
    return [
        (type_, " ".join(re.sub(r"<details.*?</details>|<[^>]+>", " ", row).split())) for type_, row in rows
    ]


def test_every_kind_of_entry_has_words() -> None:
    sources = [path.read_text("utf-8") for path in APP.rglob("*.py") if path.name != "log_words.py"]
    made = {
        type_
        for text in sources
        for type_ in re.findall(r'(?:\bEvent|\b_event|\b_moved|@on)\(\s*"(\w+)"', text)
    }
    assert len(made) > 90
    assert made - NEVER_WRITTEN - WORDS.keys() == set()
    assert WORDS_OF.keys() == GROUPS.keys()
    assert sum(map(len, WORDS_OF.values())) == len(WORDS), "each kind is in one group"


def test_who_did_what_about_whom_is_said(
    app: Flask, desk: Desk, send: Send, runs: list[dict[str, Any]], access: dict[str, Any]
) -> None:
    score = {"sheet": {"time": 20.0}}
    judge = next(one for one in access["accounts"] if one["role"] == "judge" and "A" in one["fields"])
    sent = {"made_by": judge["account"], "handed_in": True}
    send("referee", "EnterScore", runs[0]["target"], score, runs[0]["version"], **sent)
    type_, text = lines(desk.get(HERE))[0]
    entry = runs[0]["entry"]
    assert type_ == "ScoreEntered"
    assert f"№ {entry['number']} {entry['team']}, attempt 1" in text
    assert "a result confirmed" in text
    assert "handed in by" in text
    assert judge["name"] in text
    assert f"/desk/c/demo/run/{runs[0]['id']}" in desk.get(HERE)


def test_the_whole_log_of_the_demo_is_in_words(app: Flask, desk: Desk) -> None:
    with app.extensions["engine"].connect() as connection:
        everything = queries.newest(connection, "c/demo", 10_000)
    shown, before = [], None
    while True:
        page = lines(desk.get(HERE + (f"?before={before}" if before else "")))
        shown += page
        if len(page) < 100:
            break
        before = everything[len(shown) - 1].seq
    assert [type_ for type_, _ in shown] == [entry.type for entry in everything]
    assert all(str(WORDS[type_]) in text for type_, text in shown)
    for language in ("kk", "ru"):
        translated = lines(desk.get(f"{HERE}?lang={language}"))
        assert not any(type_ in text for type_, text in translated)


def test_older_than_any_number_there_may_be_is_all_of_it(desk: Desk) -> None:
    assert lines(desk.get(f"{HERE}?before={'9' * 30}")) == lines(desk.get(HERE)) != []
    assert lines(desk.get(f"{HERE}?before=-{'9' * 30}")) == []


def test_it_is_found_by_person_kind_and_team(
    app: Flask, desk: Desk, send: Send, runs: list[dict[str, Any]], access: dict[str, Any]
) -> None:
    for run in runs[:2]:
        send("judge:A", "EnterScore", run["target"], {"sheet": {"time": 20.0}}, run["version"])
    judge = next(one for one in access["accounts"] if one["role"] == "judge" and "A" in one["fields"])
    of_judge = lines(desk.get(f"{HERE}?who={judge['account']}"))
    assert [type_ for type_, _ in of_judge] == ["ScoreEntered"] * 2
    number = runs[1]["entry"]["number"]
    of_team = lines(desk.get(f"{HERE}?team={number}&what=runs"))
    assert [type_ for type_, _ in of_team] == ["ScoreEntered"]
    assert f"№ {number} " in of_team[0][1]
    assert {type_ for type_, _ in lines(desk.get(f"{HERE}?team={number}"))} >= {
        "EntryRegistered",
        "ScoreEntered",
    }
    assert {type_ for type_, _ in lines(desk.get(f"{HERE}?what=setting_up"))} <= set(WORDS_OF["setting_up"])
    nobody = desk.get(f"{HERE}?team=nobody-is-called-so")
    assert 'data-testid="no-team"' in nobody
    assert lines(nobody) == []
    assert lines(desk.get(HERE + "?who=%25%27%22_")) == [], "what is asked is text, not a pattern"


def test_a_team_that_applied_is_found_with_its_application(desk: Desk, send: Send, web: Any) -> None:
    send("organiser", "SetApplicationTerms", "c/demo", {"is_open": True}, 0)
    web("/c/demo/apply", **filled())
    [id_] = set(
        re.findall(r"/desk/c/demo/applications/([0-9a-f-]{36})", desk.get("/desk/c/demo/applications"))
    )
    here = f"c/demo/application/{id_}"
    send("organiser", "PutOnWaitingList", here, {}, seen(desk, id_))
    send("organiser", "AcceptApplication", here, {}, seen(desk, id_))
    type_, _text = lines(desk.get(HERE))[0]
    assert type_ == "ApplicationAccepted"
    number = next(int(found) for found in re.findall(r"№ (\d+)", lines(desk.get(f"{HERE}?what=teams"))[0][1]))
    of_team = [type_ for type_, _ in lines(desk.get(f"{HERE}?team={number}"))]
    assert of_team[:3] == ["ApplicationAccepted", "EntryRegistered", "ApplicationPutOnWaitingList"]
    assert of_team[-1] == "ApplicationSubmitted"
    assert "ApplicationTermsSet" not in of_team


def test_a_kind_there_is_none_of_is_said_and_is_not_everything(
    desk: Desk, client: FlaskClient, bearer: Bearer
) -> None:
    page = desk.get(f"{HERE}?what=no-such-kind")
    assert lines(page) == []
    assert 'data-testid="no-kind"' in page
    assert "no-such-kind" in page
    assert client.get(f"{HERE}.csv?what=no-such-kind", headers=bearer("organiser")).status_code == 404
    assert client.get(f"{HERE}.csv?what=teams", headers=bearer("organiser")).status_code == 200


def seen(desk: Desk, application: str) -> int:
    found = re.search(
        r'name="version"[^>]*value="(\d+)"', desk.get(f"/desk/c/demo/applications/{application}")
    )
    assert found
    return int(found.group(1))


def test_as_a_file_it_says_the_same(
    app: Flask, desk: Desk, client: FlaskClient, bearer: Bearer, send: Send
) -> None:
    state = app.extensions["pipeline"].state("c/demo")
    entry = next(iter(state[Entries].by_id.values()))
    change = {
        "entry": entry.id, "team": "=1+1", "organisation": "№ 1", "kept": [],
        "members": [], "coach": None, "region": None,
    }  # fmt: skip
    assert send("organiser", "ImportEntries", "c/demo", {"changes": [change]})["status"] == "accepted"
    shown = lines(desk.get(f"{HERE}?what=teams"))
    headers = bearer("organiser") | {"Accept-Language": "en"}
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{HERE}.xlsx?what=teams", headers=headers).data))
    rows = list(book.worksheets[0].iter_rows(min_row=2))
    text = client.get(f"{HERE}.csv?what=teams", headers=headers).data.decode("utf-8-sig")
    written = list(csv.reader(io.StringIO(text)))[1:]
    assert len(rows) == len(written) == len(shown)
    for row, cells, (_type, said) in zip(rows, written, shown, strict=True):
        assert [str(cell.value or "") for cell in row] == [cell.removeprefix("'") for cell in cells]
        assert all(cell.data_type in ("n", "s") for cell in row)
        assert str(row[3].value) in said
    assert "№ 1 =1+1" in [row[4].value for row in rows]
    assert client.get(f"{HERE}.csv", headers=bearer("referee")).status_code == 403
