"""The write path: once each, in order, all or nothing, and nothing shown before it is stored."""

from __future__ import annotations

from typing import Any

import gevent
import pytest
from flask import Flask
from flask.testing import FlaskClient
from uuid_utils import uuid7

from app.eventlog.deciding import Actor
from app.pipeline import Pipeline, make_command
from app.standings.rebuilding import rebuild
from app.states import open_state
from tests.serving import command

from .conftest import Send


def test_the_same_command_gets_its_first_receipt(
    client: FlaskClient, bearer: Any, runs: list[dict[str, Any]]
) -> None:
    sent = command("EnterScore", runs[0]["target"], {"sheet": {"time": 20.0}}, runs[0]["version"])

    def post(body: dict[str, Any], role: str = "judge") -> dict[str, Any]:
        answer = client.post("/api/v1/commands", json={"commands": [body]}, headers=bearer(role))
        receipt: dict[str, Any] = answer.get_json()["receipts"][0]
        return receipt

    first = post(sent)
    assert first["status"] == "accepted"
    assert post(sent) == first
    assert post(sent | {"payload": {"sheet": {"time": 19.0}}})["code"] == "id_reused"
    assert post(sent, "referee")["code"] == "id_reused"
    assert post(sent | {"id": str(uuid7()), "made_by": "someone"})["code"] == "made_by_other"


def test_a_stale_version_is_told_what_changed(send: Send, runs: list[dict[str, Any]]) -> None:
    run = runs[0]
    first = send("judge", "EnterScore", run["target"], {"sheet": {"time": 20.0}}, run["version"])
    second = send("referee", "EnterScore", run["target"], {"sheet": {"time": 19.0}}, run["version"])
    assert second["status"] == "conflict"
    assert second["version"] == first["version"]
    (changed,) = second["changed"]
    assert changed["type"] == "ScoreEntered"
    assert changed["data"]["sheet"] == {"time": 20.0}


def test_nothing_is_taken_for_another_epoch(
    client: FlaskClient, bearer: Any, send: Send, runs: list[dict[str, Any]]
) -> None:
    run = runs[0]
    entered = command("EnterScore", run["target"], {"sheet": {"time": 20.0}}, run["version"])
    body: dict[str, Any] = {"commands": [entered], "epoch": 2}
    answer = client.post("/api/v1/commands", json=body, headers=bearer("judge"))
    told = answer.get_json()
    assert (answer.status_code, told["code"], told["errors"][0]["facts"]) == (
        409,
        "epoch_changed",
        {"epoch": 1},
    )
    again = client.post("/api/v1/commands", json=body | {"epoch": 1}, headers=bearer("judge"))
    assert again.get_json()["receipts"][0]["status"] == "accepted"


def test_a_refused_sheet_names_the_field(send: Send, runs: list[dict[str, Any]]) -> None:
    receipt = send("judge", "EnterScore", runs[0]["target"], {"sheet": {"time": 999.0}}, runs[0]["version"])
    assert receipt["code"] == "sheet_invalid"
    assert [(error["code"], error["field"]) for error in receipt["errors"]] == [("above_max", "time")]
    unmeasured = send("judge", "EnterScore", runs[0]["target"], {"sheet": {}}, runs[0]["version"])
    assert [error["code"] for error in unmeasured["errors"]] == ["measurement_missing"]


def test_what_the_log_cannot_hold_is_refused(send: Send, runs: list[dict[str, Any]]) -> None:
    receipt = send("judge", "EnterScore", runs[0]["target"], {"sheet": {"time": 10**30}}, runs[0]["version"])
    assert (receipt["status"], receipt["code"]) == ("refused", "payload_invalid")


def test_sentences_come_in_the_askers_language(client: FlaskClient, bearer: Any) -> None:
    said = {
        language: client.post(
            "/api/v1/commands",
            json={"commands": [command("Nonsense", "c/demo")]},
            headers=bearer("judge") | {"Accept-Language": language},
        ).get_json()["receipts"][0]["detail"]
        for language in ("kk", "ru", "en")
    }
    assert said == {
        "kk": "Nonsense деген пәрмен жоқ.",
        "ru": "Команды Nonsense нет.",
        "en": "There is no command Nonsense.",
    }


def test_many_at_once_are_all_stored_in_one_order(pipeline: Pipeline, runs: list[dict[str, Any]]) -> None:
    actor = Actor("referee", "r", "referee", "demo")

    def score(index: int, run: dict[str, Any]) -> dict[str, Any]:
        payload = {"sheet": {"time": 20.0 + index}}
        made = make_command(str(uuid7()), "EnterScore", run["target"], payload, actor, run["version"])
        return pipeline.submit([made], actor)[0]

    greenlets = [gevent.spawn(score, index, run) for index, run in enumerate(runs)]
    gevent.joinall(greenlets, raise_error=True)
    versions = sorted(greenlet.value["version"] for greenlet in greenlets)
    assert versions == list(range(versions[0], versions[0] + len(runs)))


def test_what_is_folded_again_is_what_was_in_memory(
    app: Flask, send: Send, runs: list[dict[str, Any]]
) -> None:
    for index, run in enumerate(runs[:7]):
        send("judge", "EnterScore", run["target"], {"sheet": {"time": 30.0 - index}}, run["version"])
    kept = app.extensions["pipeline"].state("c/demo")
    with app.extensions["engine"].connect() as connection:
        again = open_state(connection, "c/demo")
    assert (again.seq, again.head, again.topics) == (kept.seq, kept.head, kept.topics)
    rebuilt = rebuild(app.extensions["engine"])
    assert rebuilt["ok"]


def test_a_mistake_of_ours_in_one_command_spares_the_others(
    pipeline: Pipeline, runs: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = Actor("referee", "r", "referee", "demo")
    good = make_command(str(uuid7()), "OpenRun", runs[0]["target"], {}, actor)
    bad = make_command(
        str(uuid7()), "EnterScore", runs[1]["target"], {"sheet": {"time": 20.0}}, actor, runs[1]["version"]
    )
    monkeypatch.setattr("app.runs.sheets.evaluate", lambda *_: 1 / 0)
    receipts = pipeline.submit([bad, good], actor)
    assert [(receipt["status"], receipt["code"]) for receipt in receipts] == [
        ("refused", "server_error"),
        ("accepted", "stored"),
    ]


def test_nothing_is_published_before_it_is_stored(
    app: Flask, pipeline: Pipeline, runs: list[dict[str, Any]]
) -> None:
    stored_when_published: list[int] = []

    def publish(_state: Any, _changed: Any) -> None:
        with app.extensions["engine"].connect() as connection:
            newest = "SELECT max(seq) FROM log_entry WHERE chain = 'c/demo'"
            stored_when_published.append(connection.exec_driver_sql(newest).scalar_one())

    pipeline._publish = publish
    actor = Actor("referee", "r", "referee", "demo")
    pipeline.submit([make_command(str(uuid7()), "OpenRun", runs[0]["target"], {}, actor)], actor)
    gevent.sleep(0)
    state = pipeline.state("c/demo")
    assert state is not None
    assert stored_when_published == [state.seq]
