"""What the day decides: numbers the rules leave open, until the first start, and lots, once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.competitions.state import Setup
from app.pipeline import Pipeline
from app.standings.rebuilding import rebuild
from app.standings.state import Standings
from tests.app.conftest import Send

Bearer = Callable[[str], dict[str, str]]
LINE = "c/demo/division/line"


def row(division: str, team: str) -> dict[str, Any]:
    return {
        "division": division,
        "team": team,
        "organisation": "№ 1",
        "region": None,
        "coach": None,
        "members": [],
    }


@pytest.fixture
def sumo(send: Send) -> list[str]:
    """A division of sumo with three entries in the demo; their ids."""
    names = {"kk": "Сумо", "ru": "Сумо", "en": "Sumo"}
    added = {"code": "sumo", "name": names, "discipline": "sumo-3kg"}
    assert send("organiser", "AddDivision", "c/demo", added)["status"] == "accepted"
    rows = [row("sumo", team) for team in ("Барыс", "Сұңқар", "Тұлпар")]
    assert send("organiser", "ImportEntries", "c/demo", {"rows": rows})["status"] == "accepted"
    return []


def digest(pipeline: Pipeline) -> str:
    return pipeline.state("c/demo")[Setup].divisions["line"].ruleset.digest  # type: ignore[index]


def test_a_number_is_set_before_the_first_start_and_the_tablets_hear(
    send: Send, pipeline: Pipeline, client: FlaskClient
) -> None:
    before = digest(pipeline)
    assert send("organiser", "SetNumbers", LINE, {"numbers": {"time_limit": 90}})["status"] == "accepted"
    told = client.get("/api/v1/live/c/demo/field/A/queue").get_json()["data"]["divisions"]["line"]
    assert told["ruleset_digest"] == digest(pipeline) != before
    ruleset = client.get("/api/v1/c/demo/divisions/line/ruleset")
    assert ruleset.get_etag()[0] == ruleset.get_json()["digest"] == digest(pipeline)
    assert ruleset.get_json()["attempts"]["limit_s"] == 90


def test_the_number_written_in_the_rules_gives_the_digest_of_the_file(send: Send, pipeline: Pipeline) -> None:
    before = digest(pipeline)
    send("organiser", "SetNumbers", LINE, {"numbers": {"time_limit": 90}})
    send("organiser", "SetNumbers", LINE, {"numbers": {}})
    assert digest(pipeline) == before


def test_once_a_run_has_begun_the_numbers_stay(send: Send, runs: list[dict[str, Any]]) -> None:
    run = runs[0]
    entered = send("judge:A", "EnterScore", run["target"], {"sheet": {"time": 20.0}}, run["version"])
    assert entered["status"] == "accepted"
    receipt = send("organiser", "SetNumbers", LINE, {"numbers": {"time_limit": 90}})
    assert (receipt["status"], receipt["code"]) == ("refused", "division_started")


@pytest.mark.parametrize(
    ("numbers", "code"),
    [({"no_such": 1}, "parameter_unknown"), ({"time_limit": -5}, "out_of_bounds")],
)
def test_a_wrong_number_is_refused_by_name(send: Send, numbers: dict[str, float], code: str) -> None:
    receipt = send("organiser", "SetNumbers", LINE, {"numbers": numbers})
    assert receipt["status"] == "refused"
    assert [(error["code"], error["field"]) for error in receipt["errors"]] == [(code, *numbers)]


def test_a_judge_sets_no_numbers(send: Send) -> None:
    assert send("judge:A", "SetNumbers", LINE, {"numbers": {}})["code"] == "not_allowed"


def test_the_page_sets_a_number(client: FlaskClient, bearer: Bearer, pipeline: Pipeline) -> None:
    path = "/desk/c/demo/division/line/numbers"
    page = client.get(path, headers=bearer("organiser")).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    for written in ("soon", "75"):
        form = {"csrf_token": token[1], "time_limit": written}
        client.post(path, data=form, headers=bearer("organiser"))
    ruleset = pipeline.state("c/demo")[Setup].divisions["line"].ruleset  # type: ignore[index]
    assert ruleset.attempts.limit_s == 75


def test_lots_are_drawn_once_and_later_entries_behind(
    send: Send, pipeline: Pipeline, sumo: list[str]
) -> None:
    target = "c/demo/division/sumo"
    assert send("referee", "DrawLots", target, {"seed": 7})["status"] == "accepted"
    assert send("referee", "DrawLots", target, {})["code"] == "lots_drawn"
    lots = dict(pipeline.state("c/demo")[Standings].lots("sumo"))  # type: ignore[index]
    assert sorted(lots.values()) == [1, 2, 3]
    assert (
        send("organiser", "ImportEntries", "c/demo", {"rows": [row("sumo", "Қыран")]})["status"] == "accepted"
    )
    assert send("referee", "DrawLots", target, {})["status"] == "accepted"
    after = pipeline.state("c/demo")[Standings].lots("sumo")  # type: ignore[index]
    assert {**after, **lots} == after
    assert sorted(after.values()) == [1, 2, 3, 4]


def test_rules_without_a_draw_take_no_lots(send: Send) -> None:
    assert send("organiser", "DrawLots", LINE, {})["code"] == "lots_not_used"


def test_numbers_and_lots_are_found_again_in_the_log(app: Flask, send: Send, sumo: list[str]) -> None:
    send("organiser", "SetNumbers", LINE, {"numbers": {"time_limit": 90}})
    send("referee", "DrawLots", "c/demo/division/sumo", {})
    rebuilt = rebuild(app.extensions["engine"])
    assert rebuilt["ok"]
    assert {division["division"] for division in rebuilt["divisions"]} >= {"line", "sumo"}
