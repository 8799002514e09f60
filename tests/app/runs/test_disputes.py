"""A sheet that comes too late and says otherwise: kept, shown, barring publication until a person has settled it."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.eventlog.models import Note
from app.pipeline import Pipeline
from app.runs.disputes import Disputes
from tests.app.conftest import Send
from tests.app.runs.judging import judging
from tests.serving import command

Run = dict[str, Any]
SIGNED = {"outcome": "signed", "strokes": [[0, 0, 300, 400]]}


def sheet(seconds: float, **more: Any) -> dict[str, Any]:
    return {"sheet": {"time": seconds}, **more}


@pytest.fixture
def disputed(send: Send, runs: list[Run], pipeline: Pipeline) -> dict[str, Any]:
    """A run whose judge's sheet was taken, and the receipt of the referee's, which came too late and says otherwise."""
    run = runs[0]
    assert send("judge", "EnterScore", run["target"], sheet(20.0), run["version"])["status"] == "accepted"
    late = sheet(21.0, note="counted twice", captain=SIGNED)
    receipt = send("referee", "EnterScore", run["target"], late, run["version"])
    assert receipt["status"] == "conflict"
    return {"run": run, "receipt": receipt, "seq": seq(pipeline)}


def seq(pipeline: Pipeline) -> int:
    state = pipeline.state("c/demo")
    assert state is not None
    return state.seq


def blocking(send: Send) -> str:
    """The code that bars the division's publishing; its runs are not all confirmed in these tests."""
    return str(send("organiser", "PublishResults", "c/demo/division/line")["code"])


def open_disputes(client: FlaskClient, bearer: Any) -> list[str]:
    return [one["id"] for one in judging(client, bearer)[0]["disputes"]]


def test_it_is_kept_with_what_was_written_and_signed(
    client: FlaskClient, bearer: Any, disputed: dict[str, Any], pipeline: Pipeline, app: Any
) -> None:
    assert open_disputes(client, bearer) == [disputed["receipt"]["id"]]
    public = client.get("/api/v1/live/c/demo/field/A/queue").get_json()["data"]["runs"][0]
    assert (public["disputes"], public["result"]["values"]) == ([], {"time": 20.0})
    state = pipeline.state("c/demo")
    assert state is not None
    (kept,) = state[Disputes].open_of(disputed["run"]["id"])
    assert (kept.data["sheet"], kept.data["captain"]["outcome"]) == ({"time": 21.0}, "signed")
    assert "counted" not in str(kept.data)
    assert "strokes" not in str(kept.data)
    with app.extensions["engine"].connect() as connection:
        texts = set(connection.scalars(select(Note.text)))
    assert {"counted twice"} <= texts
    assert any("[0,0,300,400]" in text for text in texts)


def test_sent_again_it_gets_the_first_answer_and_is_kept_once(
    client: FlaskClient, bearer: Any, runs: list[Run], send: Send, pipeline: Pipeline
) -> None:
    run = runs[0]
    send("judge", "EnterScore", run["target"], sheet(20.0), run["version"])
    late = {"commands": [command("EnterScore", run["target"], sheet(21.0), run["version"])]}
    first, second = (
        client.post("/api/v1/commands", json=late, headers=bearer("referee")).get_json()["receipts"][0]
        for _ in range(2)
    )
    assert first == second
    assert first["status"] == "conflict"
    assert len(open_disputes(client, bearer)) == 1


def test_an_equal_sheet_is_no_dispute_and_leaves_the_log_as_it_is(
    client: FlaskClient, bearer: Any, send: Send, runs: list[Run], pipeline: Pipeline
) -> None:
    run = runs[0]
    send("judge", "EnterScore", run["target"], sheet(20.0), run["version"])
    before = seq(pipeline)
    assert send("referee", "EnterScore", run["target"], sheet(20.0), run["version"])["status"] == "conflict"
    assert (open_disputes(client, bearer), seq(pipeline)) == ([], before)


def test_one_of_another_field_or_without_sense_is_refused_and_not_kept(
    client: FlaskClient, bearer: Any, send: Send, runs: list[Run]
) -> None:
    run = runs[0]
    send("judge", "EnterScore", run["target"], sheet(20.0), run["version"])
    other = send("judge:B", "EnterScore", run["target"], sheet(21.0), run["version"])
    assert (other["code"], other["changed"]) == ("field_of_another", [])
    senseless = {"sheet": {"speed": 4}}
    assert send("referee", "EnterScore", run["target"], senseless, run["version"])["code"] == "sheet_invalid"
    assert open_disputes(client, bearer) == []


def test_it_bars_publication_and_says_which_run(
    send: Send, runs: list[Run], disputed: dict[str, Any], client: FlaskClient, bearer: Any
) -> None:
    for run in [run for run in judging(client, bearer) if run["division"] == "line" and not run["result"]]:
        assert send("judge", "EnterScore", run["target"], sheet(30.0), run["version"])["status"] == "accepted"
    refused = send("organiser", "PublishResults", "c/demo/division/line", {"early": "all have signed"})
    assert refused["code"] == "runs_disputed"
    number, attempt = disputed["run"]["entry"]["number"], disputed["run"]["attempt"]
    assert f"№ {number}/{attempt}" in refused["detail"]
    settle = {"disputes": [disputed["receipt"]["id"]]}
    assert send("referee", "SettleDisputes", disputed["run"]["target"], settle)["status"] == "accepted"
    published = send("organiser", "PublishResults", "c/demo/division/line", {"early": "all have signed"})
    assert published["status"] == "accepted"


def test_only_its_judge_or_a_referee_settles_it_and_a_referee_says_why(
    client: FlaskClient, bearer: Any, send: Send, runs: list[Run]
) -> None:
    run = runs[0]
    send("referee", "EnterScore", run["target"], sheet(20.0), run["version"])
    late = send("judge", "EnterScore", run["target"], sheet(21.0), run["version"])
    settle = {"disputes": [late["id"]]}
    assert send("referee", "SettleDisputes", run["target"], settle)["code"] == "dispute_needs_reason"
    assert send("judge:B", "SettleDisputes", run["target"], settle)["code"] == "field_of_another"
    assert send("judge", "SettleDisputes", run["target"], settle)["status"] == "accepted"
    assert open_disputes(client, bearer) == []
    assert send("judge", "SettleDisputes", run["target"], settle)["status"] == "accepted", "again, harmlessly"


def test_a_correction_settles_those_it_names_or_agrees_with_and_keeps_the_signature_of_that_sheet(
    client: FlaskClient, bearer: Any, send: Send, disputed: dict[str, Any]
) -> None:
    target, version = disputed["run"]["target"], disputed["receipt"]["version"]
    other = {**sheet(22.0), "reason": "a third look"}
    corrected = send("judge", "CorrectScore", target, other, version)
    assert len(open_disputes(client, bearer)) == 1, "a correction that says something else settles nothing"
    mine = {**sheet(21.0), "reason": "film", "settles": [disputed["receipt"]["id"]]}
    assert send("judge", "CorrectScore", target, mine, corrected["version"])["code"] == "dispute_of_another"
    assert send("referee", "CorrectScore", target, mine, corrected["version"])["status"] == "accepted"
    shown = judging(client, bearer)[0]
    assert (shown["disputes"], shown["result"]["captain"]) == ([], "signed")
