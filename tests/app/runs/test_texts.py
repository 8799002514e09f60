"""What judges write on sheets: never in the log, told to those who judge, and read as older logs hold it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.competitions.state import Setup
from app.eventlog.chain import Cause, Event, link, utc_now
from app.eventlog.fold import State
from app.eventlog.verifying import verify
from app.live.shapes import run_shape
from app.pipeline import Pipeline
from app.runs.notes import Notes
from app.runs.state import Runs
from app.runs.texts import sealed, told, values_without_texts, without_texts
from app.standings.rebuilding import rebuilt
from app.states import open_state
from tests.app.conftest import Send
from tests.app.runs.judging import judging
from tests.scoring.making import made

Run = dict[str, Any]
REMARK, OTHER, SEEN = "Әлихан ұялып тұрды", "Диас көмектесті", "Айгүл апай"
RULESET = made("""
    fields:
      - {id: time, type: time, max: 300, label: {en: Time}}
      - {id: extra, type: yes_no, required: false, otherwise: false, label: {en: Extra}}
      - {id: bonus, type: whole, visible_if: extra, otherwise: 0, max: 3, label: {en: Bonus}}
      - {id: remark, type: text, required: true, label: {en: Remark}}
      - id: seen
        type: rows
        required: false
        max_rows: 3
        label: {en: Seen}
        fields: [{id: by, type: text, label: {en: By}}, {id: n, type: whole, max: 9, label: {en: N}}]
    values:
      - {name: echo, formula: "remark"}
      - {name: doubled, formula: 2 * bonus}
    results:
      - {name: time, type: time, label: {en: T}, formula: time}
    ranking: [{by: time, order: asc}]
""")
SHEET = {"time": 20.0, "remark": REMARK, "seen": [{"by": SEEN, "n": 2}]}


@pytest.fixture(autouse=True)
def remarked(pipeline: Pipeline) -> State:
    """The demo's line race, by rules whose sheet has remarks."""
    state = pipeline.state("c/demo")
    assert state is not None
    setup = state[Setup]
    setup.divisions["line"] = replace(setup.divisions["line"], ruleset=RULESET)
    return state


def enter(send: Send, run: Run, sheet: Any = SHEET, role: str = "judge", version: int | None = None) -> Any:
    return send(role, "EnterScore", run["target"], {"sheet": sheet}, version or run["version"])


def logged(app: Flask) -> str:
    """Everything the log and the receipts hold."""
    with sqlite3.connect(app.extensions["settings"].database) as connection:
        rows = connection.execute("SELECT body FROM log_entry UNION ALL SELECT answer FROM receipt")
        return "\n".join(text.encode().decode("unicode_escape") + text for (text,) in rows)


def test_the_log_has_a_reference_and_judges_read_the_text(
    app: Flask, client: FlaskClient, bearer: Any, send: Send, runs: list[Run]
) -> None:
    assert enter(send, runs[0])["status"] == "accepted"
    assert REMARK not in logged(app)
    assert SEEN not in logged(app)
    assert judging(client, bearer)[0]["result"]["sheet"] == SHEET
    public = client.get("/api/v1/live/c/demo/field/A/queue").text
    assert REMARK not in public
    assert SEEN not in public
    assert client.get("/api/v1/live/c/demo/field/A/queue").get_json()["data"]["runs"][0]["result"][
        "sheet"
    ] == {
        "time": 20.0,
        "seen": [{"n": 2}],
    }
    page = client.get(f"/desk/c/demo/run/{runs[0]['id']}", headers=bearer("referee")).text
    assert page.count(REMARK) >= 3, "on the sheet, in the form that corrects it, and in its history"
    assert verify(app.extensions["engine"])["ok"]


def test_a_corrected_text_is_told_as_a_change(
    client: FlaskClient, bearer: Any, send: Send, runs: list[Run]
) -> None:
    version = enter(send, runs[0])["version"]
    payload = {"sheet": SHEET | {"remark": OTHER}, "reason": "misheard"}
    assert send("judge", "CorrectScore", runs[0]["target"], payload, version)["status"] == "accepted"
    assert judging(client, bearer)[0]["result"]["sheet"]["remark"] == OTHER
    page = client.get(f"/desk/c/demo/run/{runs[0]['id']}", headers=bearer("referee")).text
    assert REMARK in page
    assert OTHER in page


def test_a_conflict_tells_the_text_and_its_receipt_keeps_none(
    app: Flask, send: Send, runs: list[Run]
) -> None:
    enter(send, runs[0])
    stale = enter(send, runs[0], SHEET | {"remark": OTHER}, "referee")
    assert stale["status"] == "conflict"
    assert stale["changed"][0]["data"]["sheet"] == SHEET
    assert REMARK not in logged(app)


def test_sheets_agree_where_their_texts_do(
    remarked: State, client: FlaskClient, bearer: Any, send: Send, runs: list[Run]
) -> None:
    setup = remarked[Setup]
    setup.divisions["line"] = replace(setup.divisions["line"], ruleset=replace(RULESET, sheets_per_run=2))
    enter(send, runs[0])
    assert enter(send, runs[0], role="referee")["status"] == "accepted"
    assert judging(client, bearer)[0]["result"]["sheet"] == SHEET
    enter(send, runs[1])
    enter(send, runs[1], SHEET | {"remark": OTHER}, "referee")
    shown = judging(client, bearer)[1]
    assert shown["result"] is None
    assert {one["sheet"]["remark"] for one in shown["sheets"]} == {REMARK, OTHER}


def test_a_paper_keyed_in_is_sealed_too(app: Flask, send: Send, runs: list[Run]) -> None:
    payload = {"judge": "Иванов И.", "sheet": SHEET}
    receipt = send("organiser", "KeyPaperSheet", runs[0]["target"], payload, runs[0]["version"])
    assert receipt["status"] == "accepted"
    assert REMARK not in logged(app)


def test_a_hidden_field_smuggles_nothing_in(remarked: State) -> None:
    notes = Notes(remarked)
    typed = {
        "time": 20.0,
        "extra": False,
        "bonus": REMARK,
        "remark": {"id": "x", "digest": REMARK},
        "seen": None,
    }
    assert sealed(RULESET.fields, typed, notes) == {
        "time": 20.0, "extra": False, "bonus": None, "remark": None, "seen": None,
    }  # fmt: skip
    assert notes.rows == []


def test_values_made_of_texts_are_left_out() -> None:
    assert values_without_texts(RULESET, {"echo": REMARK, "doubled": 4.0, "time": 20.0}) == {
        "doubled": 4.0,
        "time": 20.0,
    }


def test_folded_again_it_says_the_same_and_scores_the_same(
    app: Flask, remarked: State, send: Send, runs: list[Run]
) -> None:
    enter(send, runs[0])
    with app.extensions["engine"].connect() as connection:
        again = open_state(connection, "c/demo")
    assert again.texts == remarked.texts
    assert told(again[Runs].by_id[runs[0]["id"]].result.sheet, again.texts) == SHEET  # type: ignore[union-attr]
    assert rebuilt(remarked, remarked[Setup].divisions["line"])["differing"] == []


def test_a_sheet_whose_texts_were_erased_still_scores(remarked: State, send: Send, runs: list[Run]) -> None:
    enter(send, runs[0])
    remarked.texts.clear()
    assert rebuilt(remarked, remarked[Setup].divisions["line"])["differing"] == []
    result = remarked[Runs].by_id[runs[0]["id"]].result
    assert result is not None
    assert told(result.sheet, remarked.texts)["remark"] is None


def test_older_logs_with_the_text_itself_are_read_as_ever(
    app: Flask, remarked: State, send: Send, runs: list[Run]
) -> None:
    data = {
        "run": runs[0]["id"], "sheet": SHEET, "mark": None, "results": {"time": 20.0}, "values": {},
        "hand_time": True, "stopwatch": False, "note": None, "captain": None,
    }  # fmt: skip
    cause = Cause("someone", None, None, utc_now())
    remarked.apply(link(remarked.head, remarked.seq + 1, Event("ScoreEntered", data), cause))
    run = remarked[Runs].by_id[runs[0]["id"]]
    assert run_shape(remarked, run)["result"]["sheet"] == SHEET
    assert "remark" not in run_shape(remarked, run, public=True)["result"]["sheet"]
    assert rebuilt(remarked, remarked[Setup].divisions["line"])["differing"] == []


def test_without_texts_knows_rows_that_are_unset() -> None:
    assert without_texts(RULESET.fields, {"time": 1.0, "seen": None}) == {"time": 1.0, "seen": None}
