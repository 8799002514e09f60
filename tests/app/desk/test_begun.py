"""The chief judge sees each sheet as it is filled in, on the desk alone, and is told how old that picture is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.live.begun import BegunSheets
from tests.app.ceremony.test_leaks import everything_public
from tests.app.conftest import Send
from tests.app.desk.desking import Desk, said
from tests.app.judging.conftest import DIVISION
from tests.app.live.test_begun import Clock, tell

Bearer = Callable[[str], dict[str, str]]
Run = dict[str, Any]
HERE = "/desk/c/demo"
SLOW_S = 93.931
"""A time nobody else has; wherever it turns up, it leaked."""


@pytest.fixture
def referee(client: FlaskClient, bearer: Bearer) -> Desk:
    return Desk(client, bearer("referee"))


@pytest.fixture
def clock(app: Flask) -> Clock:
    begun: BegunSheets = app.extensions["begun"]
    begun.now_s = clock = Clock()
    return clock


@pytest.fixture
def trip(client: FlaskClient) -> Run:
    """A run of several fields, on field B."""
    queue = client.get("/api/v1/live/c/demo/field/B/queue").get_json()["data"]["runs"]
    run: Run = next(one for one in queue if one["division"] == "trip" and one["result"] is None)
    return run


def test_a_sheet_is_seen_as_it_grows(
    client: FlaskClient, bearer: Bearer, referee: Desk, trip: Run, clock: Clock
) -> None:
    assert said(referee.get(f"{HERE}/sheets/begun"), "begun-sheet") == []
    tell(client, bearer("judge:B"), trip, {"maze": 37, "pins": 2}, changed_ms_ago=3_000)
    page = referee.get(f"{HERE}/sheets/begun")
    assert (said(page, "begun-age"), "Points: 47" in " ".join(said(page, "begun-total"))) == (
        ["3 seconds ago"],
        True,
    )
    assert "2 of 5" in page
    assert "being filled in by Төреші, B алаңы" in page
    one = referee.get(f"{HERE}/run/{trip['id']}/begun")
    assert said(one, "begun-value") == ["–", "37", "–", "2", "–"]
    assert f"{HERE}/run/{trip['id']}/begun" in referee.get(f"{HERE}/run/{trip['id']}")
    assert f"{HERE}/sheets/begun" in referee.get(f"{HERE}/sheets")
    assert referee.get(f"{HERE}/run/none/begun", 404)


def test_a_picture_that_is_old_says_so(
    client: FlaskClient, bearer: Bearer, referee: Desk, trip: Run, clock: Clock
) -> None:
    tell(client, bearer("judge:B"), trip, {"maze": 37})
    clock.s += 200
    [age] = said(referee.get(f"{HERE}/sheets/begun"), "begun-age")
    assert "3 minutes ago" in age
    assert "out of reach" in age


def test_what_a_panels_judge_is_about_to_give_is_for_the_chief_judge_alone(
    client: FlaskClient, bearer: Bearer, send: Send, referee: Desk, clock: Clock, access: dict[str, Any]
) -> None:
    judges = [one for one in access["accounts"] if one["role"] == "judge"][:3]
    name = {"kk": "Жоба", "ru": "Проект", "en": "Project"}
    for type_, target, payload in (
        ("AddField", "c/demo", {"code": "P", "name": "P"}),
        ("AddDivision", "c/demo", {"code": "research", "name": name, "discipline": "research-project"}),
        (
            "ImportEntries",
            "c/demo",
            {"rows": [{"division": "research", "team": "Аспан", "organisation": "М"}]},
        ),
        ("DrawPanel", DIVISION, {"field": "P", "judges": [one["account"] for one in judges]}),
    ):
        assert send("organiser", type_, target, payload)["status"] == "accepted"
    listed = client.get("/api/v1/live/c/demo/field/P/judging/all", headers=bearer("referee")).get_json()[
        "data"
    ]
    run = next(one for one in listed["runs"] if one["judge"] == judges[0]["account"])
    own = {"Authorization": f"Bearer {judges[0]['token']}"}
    other = {"Authorization": f"Bearer {judges[1]['token']}"}
    assert tell(client, own, run, {"content": 8, "content_note": "әлсіз"}) == 200
    assert tell(client, other, run, {"content": 1}) == 403
    page = referee.get(f"{HERE}/run/{run['id']}/begun")
    assert said(page, "begun-value") == ["8", "–", "–"]
    assert "әлсіз" not in page
    organiser = Desk(client, bearer("organiser"))
    for path in (f"{HERE}/sheets/begun", f"{HERE}/run/{run['id']}/begun"):
        assert said(organiser.get(path), "begun-sheet") == []
        for headers in (own, other):  # other judges of the panel among them
            assert client.get(path, headers=headers).status_code == 403


def test_no_public_address_and_no_judges_topic_tells_what_is_being_filled_in(
    app: Flask, client: FlaskClient, bearer: Bearer, runs: list[Run], referee: Desk, clock: Clock
) -> None:
    assert tell(client, bearer("judge"), runs[0], {"time": SLOW_S}) == 200
    assert "1:33.931" in referee.get(f"{HERE}/run/{runs[0]['id']}/begun")
    told = dict(everything_public(app))
    for whose in ("judge", "referee"):
        for topic in ("judging", "judging/all", "queue"):
            address = f"/api/v1/live/c/demo/field/A/{topic}"
            told[f"{whose} {address}"] = client.get(address, headers=bearer(whose)).get_data(as_text=True)
    for address, body in told.items():
        for word in (str(SLOW_S), str(SLOW_S).replace(".", ","), "1:33.931"):
            assert word not in body, address
