"""A judged division with four projects and the panel of three that marks them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.app.conftest import Send
from tests.serving import command

Bearer = Callable[[str], dict[str, str]]
Enter = Callable[..., dict[str, Any]]
DIVISION = "c/demo/division/research"
COACHES = ("Асқарова Айгүл", "Ким Олег", "Оспан Дана", "Ли Мария")
TEAMS = ("Аспан", "Дала", "Жұлдыз", "Көл")


@pytest.fixture
def judges(access: dict[str, Any]) -> list[str]:
    """The accounts of two judges and the referee, whose tokens the tests have."""
    accounts = access["accounts"]
    first, second, *_ = [one["account"] for one in accounts if one["role"] == "judge"]
    return [first, second, next(one["account"] for one in accounts if one["role"] == "referee")]


@pytest.fixture
def projects(send: Send, client: FlaskClient) -> dict[str, str]:
    """The entries of four projects by team, in a division that a panel marks in room P."""
    name = {"kk": "Жоба", "ru": "Проект", "en": "Project"}
    rows = [
        {
            "division": "research",
            "team": team,
            "organisation": f"№ {at} мектеп",
            "region": "KZ-75",
            "coach": coach,
        }
        for at, (team, coach) in enumerate(zip(TEAMS, COACHES, strict=True), 1)
    ]
    for type_, target, payload in (
        ("AddField", "c/demo", {"code": "P", "name": "P"}),
        ("AddDivision", "c/demo", {"code": "research", "name": name, "discipline": "research-project"}),
        ("ImportEntries", "c/demo", {"rows": rows}),
    ):
        receipt = send("organiser", type_, target, payload)
        assert receipt["status"] == "accepted", receipt
    rows = client.get(f"/api/v1/live/{DIVISION}/standings").get_json()["data"]["rows"]
    return {row["entry"]["team"]: row["entry"]["id"] for row in rows}


@pytest.fixture
def panel(
    send: Send, client: FlaskClient, bearer: Bearer, judges: list[str], projects: Any
) -> list[dict[str, Any]]:
    """The sheets of a panel of three with four projects, as judges' tablets are told of them."""
    receipt = send("organiser", "DrawPanel", DIVISION, {"field": "P", "judges": judges, "seed": 3})
    assert receipt["status"] == "accepted", receipt
    return sheets(client, bearer)


@pytest.fixture
def enter(client: FlaskClient, access: dict[str, Any]) -> Enter:
    """Hand in a sheet as the judge whose it is; the receipt."""
    token = {one["account"]: one["token"] for one in access["accounts"]}

    def entering(run: dict[str, Any], marks: dict[str, int], judge: str | None = None) -> dict[str, Any]:
        body = {"commands": [command("EnterScore", run["target"], {"sheet": marks}, run["version"])]}
        headers = {"Authorization": f"Bearer {token[judge or run['judge']]}"}
        answer = client.post("/api/v1/commands", json=body, headers=headers)
        receipt: dict[str, Any] = answer.get_json()["receipts"][0]
        return receipt

    return entering


def sheets(client: FlaskClient, bearer: Bearer) -> list[dict[str, Any]]:
    told = client.get("/api/v1/live/c/demo/field/P/judging/all", headers=bearer("referee")).get_json()["data"]
    runs: list[dict[str, Any]] = told["runs"]
    return runs
