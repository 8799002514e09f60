"""The command line: JSON alone on standard output, exit codes 0, 1 and 2, and a log that survives an erasure."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.settings import Settings

from .conftest import Send


@pytest.fixture
def database(app: Flask) -> Path:
    path: Path = app.extensions["settings"].database
    return path


def run(settings: Settings, *arguments: str) -> tuple[int, Any]:
    """Run a `flask` command; its exit code, and what it said on standard output as JSON (None for nothing)."""
    result = create_app(settings).test_cli_runner().invoke(args=list(arguments))
    return result.exit_code, json.loads(result.stdout) if result.stdout.startswith("{") else None


def change(database: Path, statement: str) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(statement)


def test_a_sound_log_and_its_standings(app: Flask, send: Send, runs: list[dict[str, Any]]) -> None:
    send(
        "judge",
        "EnterScore",
        runs[0]["target"],
        {"sheet": {"time": 20.0}, "note": "fine"},
        runs[0]["version"],
    )
    settings = app.extensions["settings"]
    code, verified = run(settings, "log", "verify")
    assert (code, verified["ok"]) == (0, True)
    code, rebuilt = run(settings, "standings", "rebuild")
    assert (code, rebuilt["ok"]) == (0, True)
    (line,) = [one for one in rebuilt["divisions"] if one["division"] == "line"]
    assert line["standings"][0]["values"] == {"time": 20.0}


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        (
            "UPDATE log_entry SET body = body WHERE seq = 3",
            None,
        ),
        (
            "UPDATE log_entry SET body = replace(body, '\"A\"', '\"Z\"') WHERE seq = 2 AND chain = 'c/demo'",
            "hash_differs",
        ),
        ("DELETE FROM log_entry WHERE chain = 'c/demo' AND seq = 5", "entry_missing"),
        ("DELETE FROM log_entry WHERE chain = 'c/demo' AND seq > 10", "tail_missing"),
    ],
)
def test_a_log_that_was_touched_is_refused(
    app: Flask, database: Path, statement: str, code: str | None
) -> None:
    change(database, statement)
    exit_code, verified = run(app.extensions["settings"], "log", "verify")
    broken = next(chain["broken"] for chain in verified["chains"] if chain["chain"] == "c/demo")
    assert exit_code == (1 if code else 0)
    assert (broken and broken["code"]) == code


def test_erasing_people_leaves_the_log_sound_and_pages_standing(app: Flask, database: Path) -> None:
    for table in ("entry_person", "person", "entry_card", "note"):
        change(database, f"DELETE FROM {table}")
    assert run(app.extensions["settings"], "log", "verify")[0] == 0

    from app.wiring import start

    again = create_app(app.extensions["settings"])
    start(again)
    client: FlaskClient = again.test_client()
    rows = client.get("/api/v1/live/c/demo/division/line/standings").get_json()["data"]["rows"]
    assert sorted(row["entry"]["team"] for row in rows) == [f"№ {number}" for number in range(1, 7)]
    again.extensions["pipeline"].close()
    again.extensions["engine"].dispose()


def test_no_database_is_a_mistake_of_usage(tmp_path: Path) -> None:
    assert run(Settings(data=tmp_path / "nothing"), "log", "verify")[0] == 2
    assert run(Settings(data=tmp_path / "nothing"), "log", "walk")[0] == 2


def test_only_what_runs_one_by_one_has_a_start_list(send: Send) -> None:
    names = {"kk": "С", "ru": "С", "en": "S"}
    division = {"code": "sumo", "name": names, "discipline": "sumo-mini"}
    assert send("organiser", "AddDivision", "c/demo", division)["status"] == "accepted"
    entry = {"division": "sumo", "team": "x", "organisation": "y"}
    send("organiser", "ImportEntries", "c/demo", {"rows": [entry]})
    assert (
        send("organiser", "DrawStartList", "c/demo/division/sumo", {"field": "A"})["code"]
        == "division_not_timed"
    )


def test_standings_have_the_columns_their_values_have(client: FlaskClient, send: Send) -> None:
    names = {"kk": "Ф", "ru": "Ф", "en": "F"}
    send("organiser", "AddDivision", "c/demo", {"code": "folk", "name": names, "discipline": "folkrace"})
    send(
        "organiser",
        "ImportEntries",
        "c/demo",
        {"rows": [{"division": "folk", "team": "x", "organisation": "y"}]},
    )
    data = client.get("/api/v1/live/c/demo/division/folk/standings").get_json()["data"]
    assert [column["name"] for column in data["columns"]] == ["total", "points"]
    assert [column["name"] for column in data["attempt_columns"]] == ["points"]
    assert {"total", "points"} <= set(data["rows"][0]["values"])
