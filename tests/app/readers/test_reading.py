"""Reading with a key: made and revoked on the desk, one competition, GET only, and answers that are as described."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from app.competitions.state import Setup
from app.matches.state import Matches
from app.pipeline import Pipeline
from app.readers.describing import READINGS
from app.readers.routes import OF_A_KEY
from tests.app.conftest import WITHOUT_WAITING, Send
from tests.app.desk.desking import Desk, said
from tests.app.matches.contesting import target, won
from tests.app.reports.test_protocol import confirm_all

Bearer = Callable[[str], dict[str, str]]
HERE = "/api/v1/c/demo"
CHECKS = [not_a_server_error, response_schema_conformance, status_code_conformance]


@pytest.fixture
def read(client: FlaskClient, bearer: Bearer) -> Callable[[str], Any]:
    """What an address below the competition's answers a key."""

    def reading(path: str) -> Any:
        answer = client.get(f"{HERE}{path}", headers=bearer("reader"))
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    return reading


@pytest.mark.parametrize("path", READINGS)
def test_real_answers_are_as_described(
    app: Flask, bearer: Bearer, send: Send, runs: list[dict[str, Any]], pipeline: Pipeline, path: str
) -> None:
    confirm_all(send, runs[:4])
    state = pipeline.state("c/demo")
    assert state is not None
    match = next(iter(state[Matches].waiting("R")))
    assert send("judge:R", "EnterMatch", target(match), won(match, match.sides[0]), match.version)["version"]
    operation = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)[path]["get"]
    for code in ("line", "duel", "nothing"):
        values = {"slug": "demo", "code": code} if "{code}" in path else {"slug": "demo"}
        case = operation.Case(path_parameters=values)
        answer = case.call_and_validate(headers=bearer("reader"), checks=CHECKS)
        is_there = code != "nothing" and not (code == "line" and path.endswith("matches"))
        assert answer.status_code == (200 if is_there or "{code}" not in path else 404)


def test_standings_and_runs_say_what_the_public_page_says(
    client: FlaskClient, read: Callable[[str], Any], send: Send, runs: list[dict[str, Any]]
) -> None:
    confirm_all(send, runs)
    assert (
        send("organiser", "PublishResults", "c/demo/division/line", WITHOUT_WAITING)["status"] == "accepted"
    )
    public = client.get("/api/v1/live/c/demo/division/line/standings").get_json()["data"]["rows"]
    told = read("/divisions/line/standings")
    assert [(row["rank"], row["entry"]["team"], row["values"]) for row in told["rows"]] == [
        (row["rank"], row["entry"]["team"], row["values"]) for row in public
    ]
    assert (told["official"]["revision"], told["official"]["is_current"]) == (1, True)
    assert len(read("/divisions/line/runs")["runs"]) == len(runs)
    assert read("")["divisions"][0]["published"] is True
    assert {entry["division"] for entry in read("/entries")["entries"]} == {"line", "trip", "duel"}
    assert read("/counts")["teams"] == 15


def test_nothing_of_a_frozen_division_leaks_to_a_key(
    read: Callable[[str], Any], send: Send, runs: list[dict[str, Any]]
) -> None:
    confirm_all(send, runs[:3])
    assert send("organiser", "FreezeStandings", "c/demo/division/line")["status"] == "accepted"
    paths = ("", "/entries", "/counts", "/divisions/line/standings", "/divisions/line/runs")
    before = [read(path) for path in paths]
    fast = {"sheet": {"time": 3.25}}
    assert send("referee", "EnterScore", runs[4]["target"], fast, runs[4]["version"])["status"] == "accepted"
    after = [read(path) for path in paths]
    for path, one, other in zip(paths, before, after, strict=True):
        assert without_status(one) == without_status(other), path
    assert "3.25" not in str(after)


def without_status(told: Any) -> str:
    """An answer but for how far runs are: everyone in the hall sees that one was run."""
    return re.sub(r'"(status|sealed)": [^,}]+', "", json.dumps(told, indent=1))


def test_a_key_is_made_shown_once_and_revoked(
    app: Flask, client: FlaskClient, bearer: Bearer, pipeline: Pipeline
) -> None:
    desk = Desk(client, bearer("organiser"))
    [key] = said(desk.post("/desk/c/demo/keys", "/desk/c/demo/keys", {"name": "Облыс сайты"}), "key")
    page = desk.get("/desk/c/demo/keys")
    assert "Облыс сайты" in page
    assert key not in page
    with app.extensions["engine"].connect() as connection:
        rows = str(connection.exec_driver_sql("SELECT * FROM sign_in").all())
        rows += str(connection.exec_driver_sql("SELECT body FROM log_entry").all())
    assert key not in rows
    assert hashlib.sha256(key.encode()).hexdigest() in rows

    headers = {"Authorization": f"Bearer {key}"}
    answer = client.get(HERE, headers=headers)
    assert answer.status_code == 200
    same = client.get(HERE, headers=headers | {"If-None-Match": answer.headers["ETag"]})
    assert same.status_code == 304
    revoking = [part.split('"')[0] for part in page.split('action="')[1:] if "/revoke" in part.split('"')[0]]
    desk.post("/desk/c/demo/keys", revoking[-1], {})
    assert client.get(HERE, headers=headers).status_code == 401
    assert "Облыс сайты" not in desk.get("/desk/c/demo/keys")


def test_a_key_changes_nothing_and_opens_no_other_door(
    app: Flask, client: FlaskClient, bearer: Bearer, send: Send
) -> None:
    headers = bearer("reader")
    names = {"kk": "Б", "ru": "Б", "en": "B"}
    facts = {"name": names, "venue": "x", "starts_on": "2026-04-01", "ends_on": "2026-04-02"}
    assert send("organiser", "CreateCompetition", "c/other", facts)["status"] == "accepted"
    assert client.get("/api/v1/c/other", headers=headers).status_code == 403
    for path in ("/desk/", "/desk/c/demo/people", "/desk/c/demo/archive.zip", "/desk/c/demo/keys"):
        assert client.get(path, headers=headers).status_code == 403, path
    assert client.get("/api/v1/live/c/demo/field/A/judging", headers=headers).status_code == 403
    assert client.post("/api/v1/commands", json={"commands": []}, headers=headers).status_code == 403
    for path in READINGS:
        address = path.replace("{slug}", "demo").replace("{code}", "line")
        assert client.get(address).status_code == 401, "without a key"
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert client.open(address, method=method, headers=headers).status_code == 405
    state = app.extensions["pipeline"].state("c/demo")
    assert state[Setup].exists


def test_a_key_that_asks_without_end_is_told_to_wait(client: FlaskClient, bearer: Bearer) -> None:
    desk = Desk(client, bearer("organiser"))
    [key] = said(desk.post("/desk/c/demo/keys", "/desk/c/demo/keys", {"name": "Цикл"}), "key")
    headers = {"Authorization": f"Bearer {key}"}
    statuses = [client.get(f"{HERE}/nothing", headers=headers).status_code for _ in range(3)]
    assert statuses == [404] * 3
    answers = [client.get(HERE, headers=headers) for _ in range(OF_A_KEY.amount + 1)]
    assert {answer.status_code for answer in answers} == {200, 429}
    assert answers[-1].headers["Retry-After"] == "60"
    assert client.get(HERE, headers=bearer("reader")).status_code == 200
