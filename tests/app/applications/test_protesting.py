"""A team protests from its own address: about its own results only, within the window, and reads the ruling there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from app.applications.state import Applications
from app.protests.state import Protests
from app.runs.state import Run, Runs
from tests.app.conftest import Send

from .conftest import Open, filled

NAMES = {"kk": "Ашық", "ru": "Открытый", "en": "Open"}
RULES = {"code": "open", "name": NAMES, "discipline": "line-race"}
TEXT = "The gate counted a hand, not our robot."


@pytest.fixture
def team(app: Flask, web: Open, desk: Open, send: Send, terms: Any) -> str:
    """The address of a team that was accepted into a division and has one confirmed run."""
    assert send("organiser", "AddDivision", "c/demo", RULES)["status"] == "accepted"
    terms()
    address = web("/c/demo/apply", **filled(**{"wanted-0-division": "open"})).location.split("?")[0]
    state = app.extensions["pipeline"].state("c/demo")
    (application,) = state[Applications].by_id.values()
    desk(f"/applications/{application.id}/accept", version=application.version)
    drawn = send("organiser", "DrawStartList", "c/demo/division/open", {"field": "A"})
    assert drawn["status"] == "accepted"
    run = first_run(app)
    sheet = {"sheet": {"time": 20.0}}
    assert send("referee", "EnterScore", f"c/demo/run/{run.id}", sheet, run.version)["status"] == "accepted"
    return str(address)


def first_run(app: Flask) -> Run:
    run: Run = app.extensions["pipeline"].state("c/demo")[Runs].of("open")[0]
    return run


def protests(app: Flask) -> list[Any]:
    return list(app.extensions["pipeline"].state("c/demo")[Protests].by_id.values())


def test_a_team_files_a_protest_and_reads_the_ruling(app: Flask, web: Open, team: str, send: Send) -> None:
    assert f"{team}/protests" in web(team).text
    page = web(f"{team}/protests?lang=en").text
    assert re.findall(r'name="run" value="([^"]+)"', page) == [first_run(app).id]
    assert web(f"{team}/protests", run=first_run(app).id, text="short").status_code == 302
    assert protests(app) == []
    web(f"{team}/protests", run=first_run(app).id, text=TEXT)
    (protest,) = protests(app)
    assert (protest.by_team, protest.entry) == (True, first_run(app).entry)
    page = web(f"{team}/protests?lang=en").text
    assert TEXT in page
    assert "not decided yet" in page
    assert 'name="run"' not in page
    ruling = {"outcome": "rejected", "reason": "the film shows the robot"}
    send("referee", "DecideProtest", f"c/demo/protest/{protest.id}", ruling, first_run(app).version)
    assert "the film shows the robot" in web(f"{team}/protests").text


def test_a_team_protests_about_no_other_run(
    app: Flask, web: Open, team: str, send: Send, runs: list[dict[str, Any]]
) -> None:
    send("judge", "EnterScore", runs[0]["target"], {"sheet": {"time": 9.0}}, runs[0]["version"])
    web(f"{team}/protests", run=runs[0]["id"], text=TEXT)
    web(f"{team}/protests", run="none", text=TEXT)
    assert protests(app) == []
    assert web(f"{team}x/protests").status_code == 404
    assert web(f"{team}x/protests", run=first_run(app).id, text=TEXT).status_code == 404


def test_what_a_ceremony_keeps_is_not_told_to_the_team(
    app: Flask, web: Open, team: str, send: Send, runs: list[dict[str, Any]]
) -> None:
    send("organiser", "FreezeStandings", "c/demo/division/open", {"at_utc": None})
    second = app.extensions["pipeline"].state("c/demo")[Runs].of("open")[1]
    send("referee", "EnterScore", f"c/demo/run/{second.id}", {"sheet": {"time": 7.654}}, second.version)
    page = web(f"{team}/protests").text
    assert "7.654" not in page
    assert "20.000" in page
    web(f"{team}/protests", run=second.id, text=TEXT)
    assert protests(app) == []
