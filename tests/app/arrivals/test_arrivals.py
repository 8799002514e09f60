"""At the door: teams found and checked in once, robots inspected against their class, what judges see of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from app.entries.state import Entries
from app.pipeline import Pipeline
from tests.app.conftest import Send

Bearer = Callable[[str], dict[str, str]]
FORM = "multipart/form-data"


@pytest.fixture
def door(client: FlaskClient, bearer: Bearer) -> FlaskClient:
    """A browser signed in as a volunteer."""
    client.application.config["WTF_CSRF_ENABLED"] = False
    client.environ_base["HTTP_AUTHORIZATION"] = bearer("volunteer")["Authorization"]
    return client


@pytest.fixture
def sumo(pipeline: Pipeline) -> dict[str, Any]:
    """An entry of a class with limits: its address, id and number."""
    with pipeline.reading():
        state = pipeline.state("c/demo")
        assert state is not None
        entry = state[Entries].of("duel")[0]
        return {"target": f"c/demo/entry/{entry.id}", "id": entry.id, "number": entry.number}


def arrival(client: FlaskClient, bearer: Bearer, run: str) -> Any:
    """What a judge's tablet is told of the arrival of a run's team."""
    judging = client.get("/api/v1/live/c/demo/field/A/judging", headers=bearer("judge:A")).get_json()["data"]
    return next(one["arrival"] for one in judging["runs"] if one["id"] == run)


def test_a_team_is_checked_in_once_and_taken_back(send: Send, runs: list[dict[str, Any]]) -> None:
    target = f"c/demo/entry/{runs[0]['entry']['id']}"
    assert send("volunteer", "CheckIn", target)["status"] == "accepted"
    again = send("referee", "CheckIn", target)
    assert (again["status"], again["code"]) == ("refused", "already_checked_in")
    assert send("volunteer", "TakeBackCheckIn", target)["status"] == "accepted"
    assert send("volunteer", "TakeBackCheckIn", target)["code"] == "not_checked_in"


def test_judges_see_who_is_missing_once_anybody_is_checked_in(
    client: FlaskClient, bearer: Bearer, send: Send, runs: list[dict[str, Any]]
) -> None:
    first, second = runs[0], runs[1]
    assert arrival(client, bearer, first["id"]) == {"checked_in": None, "inspection": None}
    send("volunteer", "CheckIn", f"c/demo/entry/{first['entry']['id']}")
    assert arrival(client, bearer, first["id"])["checked_in"] is True
    assert arrival(client, bearer, second["id"])["checked_in"] is False
    send("volunteer", "RecordInspection", f"c/demo/entry/{second['entry']['id']}", {"outcome": "failed"})
    assert arrival(client, bearer, first["id"])["inspection"] == "to_do"
    assert arrival(client, bearer, second["id"])["inspection"] == "failed"
    public = client.get("/api/v1/live/c/demo/field/A/queue").get_json()["data"]["runs"]
    assert all(run["arrival"] is None for run in public)


def test_a_robot_over_a_limit_cannot_pass(send: Send, sumo: dict[str, Any]) -> None:
    found = {"outcome": "passed", "mass_g": 500.5, "width_mm": 100, "length_mm": 101}
    refused = send("volunteer", "RecordInspection", sumo["target"], found)
    assert refused["code"] == "robot_over_limits"
    assert {error["field"] for error in refused["errors"]} == {"mass_g", "length_mm"}
    assert (
        send("volunteer", "RecordInspection", sumo["target"], found | {"outcome": "failed"})["status"]
        == "accepted"
    )
    mended = {"outcome": "passed", "mass_g": 500, "width_mm": 100, "length_mm": 100}
    assert send("volunteer", "RecordInspection", sumo["target"], mended)["status"] == "accepted"


def test_impound_and_back(send: Send, sumo: dict[str, Any]) -> None:
    assert send("volunteer", "ReturnRobot", sumo["target"])["code"] == "not_impounded"
    assert send("volunteer", "Impound", sumo["target"])["status"] == "accepted"
    assert send("volunteer", "Impound", sumo["target"])["code"] == "already_impounded"
    assert send("volunteer", "ReturnRobot", sumo["target"])["status"] == "accepted"


def test_nobody_else_and_nothing_unknown(send: Send, runs: list[dict[str, Any]]) -> None:
    target = f"c/demo/entry/{runs[0]['entry']['id']}"
    assert send("volunteer", "CheckIn", "c/demo/entry/nobody")["code"] == "entry_unknown"
    send("organiser", "TakeDownEntry", "c/demo", {"entry": runs[0]["entry"]["id"]})
    assert send("volunteer", "CheckIn", target)["code"] == "entry_unknown"


def test_a_volunteer_can_do_nothing_else(
    client: FlaskClient, bearer: Bearer, send: Send, runs: list[dict[str, Any]]
) -> None:
    score = {"sheet": {"time": 20.0}}
    assert (
        send("volunteer", "EnterScore", runs[0]["target"], score, runs[0]["version"])["code"] == "not_allowed"
    )
    for page in ("entries", "people", "accounts", "runs", "now"):
        assert client.get(f"/desk/c/demo/{page}", headers=bearer("volunteer")).status_code == 403, page
    judging = client.get("/api/v1/live/c/demo/field/A/judging", headers=bearer("volunteer"))
    assert judging.status_code == 403


@pytest.mark.parametrize("typed", ["{number}", "№ {number}", "https://baige.local:8443/t/demo/{number}"])
def test_enter_on_a_number_or_a_scanned_badge_shows_the_one_team(
    door: FlaskClient, runs: list[dict[str, Any]], typed: str
) -> None:
    entry = runs[0]["entry"]
    page = door.get("/desk/c/demo/check-in", query_string={"q": typed.format(number=entry["number"])})
    assert 'data-testid="chosen"' in page.text
    assert entry["team"] in page.text
    assert 'autofocus data-testid="check-in"' in page.text
    while_typing = door.get(
        "/desk/c/demo/check-in", query_string={"q": typed.format(number=1)}, headers={"HX-Request": "true"}
    )
    assert 'autofocus data-testid="check-in"' not in while_typing.text


def test_kazakh_names_are_found_on_a_russian_keyboard(door: FlaskClient, pipeline: Pipeline) -> None:
    with pipeline.reading():
        teams = {card["team"] for card in pipeline.state("c/demo").cards.values()}  # type: ignore[union-attr]
    assert "Көкжал" in teams
    assert "Көкжал" in door.get("/desk/c/demo/check-in?q=кокж").text
    assert "Көкжал" not in door.get("/desk/c/demo/check-in?q=кокж зз").text


def test_the_pages_of_the_door(door: FlaskClient, sumo: dict[str, Any]) -> None:
    checked = door.post(f"/desk/c/demo/entry/{sumo['id']}/arrival/in", follow_redirects=True)
    assert 'data-testid="flash"' in checked.text
    picture = io.BytesIO()
    Image.new("RGB", (2000, 1000), "red").save(picture, "PNG")
    page = f"/desk/c/demo/entry/{sumo['id']}/inspection"
    assert "500" in door.get(page).text
    too_heavy = {"outcome": "passed", "mass_g": "501"}
    refused = door.post(page, data=too_heavy, content_type=FORM)
    assert (refused.status_code, 'data-testid="error-mass_g"' in refused.text) == (400, True)
    good = {"outcome": "passed", "mass_g": "499", "photo": (io.BytesIO(picture.getvalue()), "robot.png")}
    assert door.post(page, data=good, content_type=FORM).status_code == 302
    shown = door.get(page).text
    taken = shown.split('<img src="')[1].split('"')[0]
    assert Image.open(io.BytesIO(door.get(taken).data)).size == (1600, 800)
    assert door.get(taken.replace("/inspection/", "/inspection/0")).status_code == 404
    svg = {"outcome": "passed", "photo": (io.BytesIO(b"<svg/>"), "robot.svg")}
    assert 'data-testid="error-photo"' in door.post(page, data=svg, content_type=FORM).text
    door.post(f"/desk/c/demo/entry/{sumo['id']}/arrival/impound")
    robots = door.get(f"/desk/c/demo/inspection?q={sumo['number']}").text
    assert 'data-inspection="passed"' in robots


def test_a_badge_opens_the_table_to_volunteers_and_the_results_to_all(app: Flask, bearer: Bearer) -> None:
    client = app.test_client()
    assert client.get("/t/demo/1", headers=bearer("volunteer")).location == "/desk/c/demo/check-in?q=1"
    assert client.get("/t/demo/1").location.startswith("/c/demo?team=")
    assert client.get("/t/demo/99999").status_code == 404


def test_the_dashboard_names_who_is_missing_soon(
    client: FlaskClient, bearer: Bearer, send: Send, runs: list[dict[str, Any]]
) -> None:
    first, second = (run["entry"] for run in runs[:2])
    send("volunteer", "CheckIn", f"c/demo/entry/{first['id']}")
    page = client.get("/desk/c/demo/now", headers=bearer("organiser")).text
    assert f'check-in?q={second["number"]}"' in page
    assert f'check-in?q={first["number"]}"' not in page


def test_an_organiser_who_finds_no_team_registers_it(client: FlaskClient, bearer: Bearer) -> None:
    def page(role: str) -> str:
        return client.get("/desk/c/demo/check-in?q=zzzz", headers=bearer(role)).text

    assert 'href="/desk/c/demo/entries/new"' in page("organiser")
    assert "entries/new" not in page("volunteer")
