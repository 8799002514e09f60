"""Two judges' sheets of one run, a captain's word about them, and a stopwatch's mark."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.routes import open_account
from app.accounts.signing_in import TOKEN, sign_in_row
from app.competitions.state import Setup
from app.eventlog.models import Note
from app.pipeline import Pipeline
from tests.app.conftest import Send
from tests.app.devices.test_readings import post, reading
from tests.app.runs.judging import judging
from tests.serving import command

__all__ = ["post"]
Run = dict[str, Any]


@pytest.fixture
def two_sheets(pipeline: Pipeline) -> None:
    """The demo's line race, by rules that ask for two sheets a run."""
    state = pipeline.state("c/demo")
    assert state is not None
    division = state[Setup].divisions["line"]
    ruleset = replace(division.ruleset, sheets_per_run=2)
    state[Setup].divisions["line"] = replace(division, ruleset=ruleset)


def enter(send: Send, role: str, run: Run, seconds: float, version: int | None = None) -> dict[str, Any]:
    payload = {"sheet": {"time": seconds}}
    return send(role, "EnterScore", run["target"], payload, version or run["version"])


@pytest.mark.usefixtures("two_sheets")
def test_sheets_that_agree_confirm_the_run(
    client: FlaskClient, bearer: Any, send: Send, runs: list[Run]
) -> None:
    run = runs[0]
    assert enter(send, "judge", run, 20.0)["status"] == "accepted"
    first = judging(client, bearer)[0]
    assert (first["status"], first["result"], first["version"]) == ("UNCONFIRMED", None, run["version"])
    assert [(one["sheet"], one["mark"]) for one in first["sheets"]] == [(None, None)]
    public = client.get("/api/v1/live/c/demo/field/A/queue").get_json()["data"]["runs"][0]
    assert public["sheets"] == []
    assert enter(send, "judge", run, 20.0)["status"] == "accepted"
    assert judging(client, bearer)[0]["result"] is None, "one judge twice is not two judges"
    assert enter(send, "referee", run, 20.0)["status"] == "accepted"
    assert judging(client, bearer)[0]["result"]["values"] == {"time": 20.0}


@pytest.mark.usefixtures("two_sheets")
def test_sheets_that_differ_are_settled_before_they_count(
    client: FlaskClient, bearer: Any, send: Send, runs: list[Run]
) -> None:
    run = runs[0]
    settled = {"sheet": {"time": 20.5}, "reason": "both watched the film"}
    assert (
        send("judge", "SettleSheets", run["target"], settled, run["version"])["code"]
        == "sheets_do_not_differ"
    )
    enter(send, "judge", run, 20.0)
    second = enter(send, "referee", run, 21.0)
    shown = judging(client, bearer)[0]
    assert (shown["result"], shown["version"]) == (None, second["version"])
    assert {one["sheet"]["time"] for one in shown["sheets"]} == {20.0, 21.0}
    assert send("organiser", "PublishResults", "c/demo/division/line")["code"] == "runs_unconfirmed"
    assert send("judge", "SettleSheets", run["target"], settled, run["version"])["status"] == "conflict"
    assert send("referee", "SettleSheets", run["target"], settled, second["version"])["status"] == "accepted"
    assert judging(client, bearer)[0]["result"]["values"] == {"time": 20.5}


def second_judge(app: Flask) -> dict[str, str]:
    """The header of another judge of field A."""
    with app.test_request_context():
        account = open_account("judge", "Second", None, "c/demo", ("A",))
    app.extensions["pipeline"].write(sign_in_row("second", account, "tablet", TOKEN))
    return {"Authorization": "Bearer second"}


@pytest.mark.usefixtures("two_sheets")
def test_neither_judge_settles_it_alone(
    app: Flask, client: FlaskClient, bearer: Any, send: Send, runs: list[Run]
) -> None:
    run, second, first = runs[0], second_judge(app), bearer("judge:A")

    def give(who: dict[str, str], type_: str, seconds: float, version: int) -> dict[str, Any]:
        payload = {"sheet": {"time": seconds}} | ({"reason": "seen again"} if type_ == "SettleSheets" else {})
        body = {"commands": [command(type_, run["target"], payload, version)]}
        receipt: dict[str, Any] = client.post("/api/v1/commands", json=body, headers=who).get_json()[
            "receipts"
        ][0]
        assert receipt["status"] == "accepted"
        return receipt

    version = give(first, "EnterScore", 20.0, run["version"])["version"]
    version = give(second, "EnterScore", 21.0, version)["version"]
    for who, seconds in ((first, 20.0), (first, 19.0), (second, 20.5)):
        version = give(who, "SettleSheets", seconds, version)["version"]
        shown = judging(client, bearer)[0]
        assert (shown["status"], shown["result"]) == ("UNCONFIRMED", None), "the other one has not agreed"
    assert {one["sheet"]["time"] for one in shown["sheets"]} == {19.0, 20.5}
    give(first, "SettleSheets", 20.5, version)
    assert judging(client, bearer)[0]["result"]["values"] == {"time": 20.5}
    page = client.get(f"/desk/c/demo/run/{run['id']}?lang=en", headers=bearer("referee")).text
    assert page.count("seen again") >= 4, "each step is on the run's page"


@pytest.mark.usefixtures("two_sheets")
def test_a_judge_who_sees_the_slip_hands_in_a_new_sheet(
    client: FlaskClient, bearer: Any, send: Send, runs: list[Run]
) -> None:
    run = runs[0]
    enter(send, "judge", run, 20.0)
    differing = enter(send, "referee", run, 21.0)
    assert enter(send, "judge", run, 21.0, differing["version"])["status"] == "accepted"
    assert judging(client, bearer)[0]["result"]["values"] == {"time": 21.0}


def test_a_captain_signs_on_the_glass_and_the_signature_can_be_erased(
    client: FlaskClient, bearer: Any, send: Send, runs: list[Run], pipeline: Pipeline, app: Any
) -> None:
    sheet = {"sheet": {"time": 20.0}}
    signed = {"outcome": "signed", "strokes": [[0, 0, 300, 400, 500, 100]]}
    run, other = runs[:2]
    empty = sheet | {"captain": {"outcome": "signed"}}
    assert send("judge", "EnterScore", run["target"], empty, run["version"])["code"] == "payload_invalid"
    assert (
        send("judge", "EnterScore", run["target"], sheet | {"captain": signed}, run["version"])["status"]
        == "accepted"
    )
    refused = sheet | {"captain": {"outcome": "refused", "comment": "The robot was touched"}}
    send("judge", "EnterScore", other["target"], refused, other["version"])
    assert [one["result"]["captain"] for one in judging(client, bearer)[:2]] == ["signed", "refused"]
    state = pipeline.state("c/demo")
    assert state is not None
    (entered,) = state.changes(run["target"])
    assert "strokes" not in str(entered.data)
    with app.extensions["engine"].connect() as connection:
        note = connection.execute(
            select(Note.text).where(Note.id == entered.data["captain"]["note"]["id"])
        ).scalar_one()
    assert "[0,0,300,400,500,100]" in note


def test_a_stopwatch_leaves_its_mark_unless_the_gates_said_the_same(
    client: FlaskClient, bearer: Any, send: Send, post: Any, runs: list[Run]
) -> None:
    by_hand, measured = runs[:2]
    payload = {"sheet": {"time": 20.04}, "stopwatch": True}
    send("judge", "EnterScore", by_hand["target"], payload, by_hand["version"])
    send("judge", "OpenRun", measured["target"])
    post(reading(1, 0, 1.0), reading(2, 1, 21.0))
    payload = {"sheet": {"time": 20.0}, "stopwatch": True}
    send("judge", "EnterScore", measured["target"], payload, measured["version"])
    marks = [(one["result"]["hand_time"], one["result"]["stopwatch"]) for one in judging(client, bearer)[:2]]
    assert marks == [(True, True), (False, False)]


def differing(send: Send, run: Run, captain: dict[str, Any]) -> dict[str, Any]:
    """The receipt of the second of two sheets that differ; the captain saw the first, of 20 seconds."""
    first = {"sheet": {"time": 20.0}, "captain": captain}
    assert send("judge", "EnterScore", run["target"], first, run["version"])["status"] == "accepted"
    return enter(send, "referee", run, 21.0)


@pytest.mark.usefixtures("two_sheets")
@pytest.mark.parametrize(
    ("settled", "own", "said"),
    [
        (20.0, None, "signed"),
        (21.0, None, "not_seen"),
        (21.0, {"outcome": "signed", "strokes": [[1, 1, 2, 2]]}, "signed"),
        (21.0, {"outcome": "refused", "comment": "the line was crossed"}, "refused"),
    ],
)
def test_a_captains_word_stays_with_the_sheet_they_saw(
    client: FlaskClient,
    bearer: Any,
    send: Send,
    runs: list[Run],
    settled: float,
    own: dict[str, Any] | None,
    said: str,
) -> None:
    run = runs[0]
    second = differing(send, run, {"outcome": "signed", "strokes": [[0, 0, 300, 400]]})
    shown = judging(client, bearer)[0]["sheets"]
    assert [one["captain"] for one in shown] == ["signed", None]
    payload = {"sheet": {"time": settled}, "reason": "both watched the film", "captain": own}
    assert send("referee", "SettleSheets", run["target"], payload, second["version"])["status"] == "accepted"
    assert judging(client, bearer)[0]["result"]["captain"] == said


@pytest.mark.usefixtures("two_sheets")
@pytest.mark.parametrize(("own", "said"), [(None, "not_seen"), ("signed", "signed")])
def test_nor_does_it_move_when_the_judges_agree(
    client: FlaskClient, bearer: Any, send: Send, runs: list[Run], own: str | None, said: str
) -> None:
    run = runs[0]
    second = differing(send, run, {"outcome": "signed", "strokes": [[0, 0, 300, 400]]})
    captain = {"outcome": own, "strokes": [[1, 1, 2, 2]]} if own else None
    payload = {"sheet": {"time": 21.0}, "reason": "the other one is right", "captain": captain}
    assert send("judge", "SettleSheets", run["target"], payload, second["version"])["status"] == "accepted"
    assert judging(client, bearer)[0]["result"]["captain"] == said
