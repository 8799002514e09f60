"""The public page of teams: found by what people type, and the list a spectator's phone chooses from."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.app.conftest import Send


def found(client: FlaskClient, query: str) -> list[str]:
    page = client.get("/c/demo/teams", query_string={"q": query, "lang": "kk"}).text
    return re.findall(r"<strong>\d+\. ([^<]+)</strong>", page)


@pytest.mark.parametrize(
    ("query", "teams"),
    [
        ("тулпар", ["Тұлпар"]),
        ("2", ["Көкжал"]),
        ("нұрланұлы", ["Тұлпар"]),
        ("оқушылар сарайы", ["Көкжал", "Қайсар"]),
        ("жоқ мұндай", []),
    ],
)
def test_teams_are_found_by_name_number_member_and_school(
    client: FlaskClient, query: str, teams: list[str]
) -> None:
    assert found(client, query) == teams


def test_all_are_shown_where_nothing_is_asked_for(client: FlaskClient) -> None:
    assert len(found(client, "")) == 15


def test_a_phone_gets_the_teams_and_their_divisions(client: FlaskClient) -> None:
    answer = client.get("/c/demo/teams.json")
    teams = answer.get_json()["teams"]
    assert len(teams) == 15
    assert {team["division"] for team in teams} == {"line", "trip", "duel"}
    assert set(teams[0]) == {"id", "number", "team", "organisation", "division"}
    assert (
        client.get("/c/demo/teams.json", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    )


def test_a_team_taken_down_is_its_number_there(client: FlaskClient, send: Send) -> None:
    team = client.get("/c/demo/teams.json").get_json()["teams"][0]
    assert send("organiser", "TakeDownEntry", "c/demo", {"entry": team["id"]})["status"] == "accepted"
    after = client.get("/c/demo/teams.json").get_json()["teams"][0]
    assert (after["team"], after["organisation"]) == ("№ 1", "")


def test_an_unknown_competition_has_no_teams(client: FlaskClient) -> None:
    assert client.get("/c/nowhere/teams.json").status_code == 404
