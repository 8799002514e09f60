"""A store that fails: nothing of the commit is seen, everyone is told, and what comes next is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from uuid_utils import uuid7

from app.eventlog.chain import Event
from app.eventlog.deciding import SYSTEM, Decision
from app.pipeline import NotStored, Pipeline, make_command
from tests.serving import command

from .conftest import Send

Bearer = Callable[[str], dict[str, str]]
REFUSE = "CREATE TRIGGER full BEFORE INSERT ON {table} BEGIN SELECT RAISE(FAIL, 'disk full'); END"


@pytest.fixture
def sql(app: Flask) -> Callable[[str], Any]:
    """Run a statement on the server's database beside it."""

    def running(statement: str) -> Any:
        with app.extensions["engine"].begin() as connection:
            result = connection.exec_driver_sql(statement)
            return result.scalar() if result.returns_rows else None

    return running


@pytest.mark.parametrize("table", ["log_entry", "receipt", "note"])
def test_a_full_disk_changes_nothing_and_the_same_command_goes_through_later(
    client: FlaskClient, bearer: Bearer, sql: Any, runs: list[dict[str, Any]], table: str
) -> None:
    payload = {"sheet": {"time": 20.0}, "note": "slipped"}
    sent = command("EnterScore", runs[0]["target"], payload, runs[0]["version"])
    queue = "/api/v1/live/c/demo/field/A/queue"
    before, entries = client.get(queue).get_json(), sql("SELECT count(*) FROM log_entry")

    def post() -> Any:
        return client.post("/api/v1/commands", json={"commands": [sent]}, headers=bearer("judge"))

    sql(REFUSE.format(table=table))
    for _ in range(2):
        answer = post()
        assert (answer.status_code, answer.get_json()["code"]) == (503, "not_stored")
        assert answer.content_type == "application/problem+json"
    assert client.get(queue).get_json() == before
    assert sql("SELECT count(*) FROM log_entry") == entries
    sql("DROP TRIGGER full")
    assert post().get_json()["receipts"][0]["status"] == "accepted"


def test_a_lost_connection_is_made_anew(send: Send, pipeline: Pipeline, runs: list[dict[str, Any]]) -> None:
    connection = pipeline._writer._connection
    assert connection is not None
    connection.close()
    screen = make_command(str(uuid7()), "AddScreen", "c/demo", {"code": "new", "name": "New"}, SYSTEM)
    with pytest.raises(NotStored):
        pipeline.submit([screen], SYSTEM)
    assert send("judge", "OpenRun", runs[0]["target"])["status"] == "accepted"


def test_a_state_that_cannot_be_read_back_is_not_shown(
    client: FlaskClient,
    bearer: Bearer,
    sql: Any,
    send: Send,
    runs: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Failing to store and then to read leaves no half-true state, and no writer that hangs."""

    def broken(*_: Any) -> Any:
        raise OperationalError("SELECT", {}, Exception("disk I/O error"))

    sql(REFUSE.format(table="log_entry"))
    monkeypatch.setattr("app.pipeline.open_state", broken)
    sent = {"commands": [command("OpenRun", runs[0]["target"])]}
    for _ in range(2):
        assert client.post("/api/v1/commands", json=sent, headers=bearer("judge")).status_code == 503
    assert client.get("/c/demo").status_code == 503
    monkeypatch.undo()
    sql("DROP TRIGGER full")
    assert client.get("/c/demo").status_code == 200
    assert client.get("/api/v1/live/c/demo/field/A").get_json()["data"]["run"] is None
    assert send("judge", "OpenRun", runs[0]["target"])["status"] == "accepted"


def test_a_screen_does_not_show_what_was_not_stored(client: FlaskClient, bearer: Bearer, sql: Any) -> None:
    topic = "/api/v1/live/screen/demo-hall"
    before = client.get(topic).get_json()
    sql(REFUSE.format(table="log_entry"))
    steer = command("SetScreen", "c/demo/screen/demo-hall", {"view": "field", "field": "B", "locale": "en"})
    answer = client.post("/api/v1/commands", json={"commands": [steer]}, headers=bearer("organiser"))
    assert answer.status_code == 503
    assert client.get(topic).get_json() == before


def test_signing_in_says_when_it_cannot_be_stored(app: Flask, access: dict[str, Any], sql: Any) -> None:
    judge = access["roles"]["judge"]
    sql(REFUSE.format(table="sign_in"))
    body = {"account": judge["account"], "pin": judge["pin"]}
    answer = app.test_client().post("/api/v1/sign-in", json=body)
    assert (answer.status_code, answer.get_json()["code"]) == (503, "not_stored")
    sql("DROP TRIGGER full")
    assert app.test_client().post("/api/v1/sign-in", json=body).status_code == 200


def test_an_event_the_log_cannot_hold_spares_the_commands_beside_it(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, runs: list[dict[str, Any]]
) -> None:
    from app.command_kinds import COMMANDS

    too_large = Decision([Event("FieldAdded", {"code": "Z", "name": 10**30})])
    spoilt = replace(COMMANDS["AddField"], decide=lambda *_: too_large)
    monkeypatch.setitem(COMMANDS, "AddField", spoilt)
    bad = make_command(str(uuid7()), "AddField", "c/demo", {"code": "Z", "name": "Z"}, SYSTEM)
    good = make_command(str(uuid7()), "PublishResults", "c/demo/division/line", {}, SYSTEM)
    screen = {"code": "new", "name": "New"}
    better = make_command(str(uuid7()), "AddScreen", "c/demo", screen, SYSTEM)
    codes = [receipt["code"] for receipt in pipeline.submit([bad, good, better], SYSTEM)]
    assert codes == ["server_error", "runs_unconfirmed", "stored"]
