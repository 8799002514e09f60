"""A ceremony goes place by place from the last, shared places together, back by undo, and tells nothing beforehand."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.app.conftest import Send, opened
from tests.app.displays.test_steering import organiser

LINE = "c/demo/division/line"
TIMES_S = (20.0, 21.0, 21.0, 23.0, 24.0)
"""Five of six teams have a time; two share the second place."""


@pytest.fixture
def order(send: Send, runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries that have a place, the best first."""
    for run, time_s in zip(runs, TIMES_S, strict=False):
        payload = {"sheet": {"time": time_s}, "mark": None}
        assert send("referee", "EnterScore", run["target"], payload, run["version"])["status"] == "accepted"
    return [run["entry"] for run in runs[: len(TIMES_S)]]


def shown(client: FlaskClient) -> dict[str, Any]:
    data: dict[str, Any] = client.get(f"/api/v1/live/{LINE}/ceremony").get_json()["data"]
    return data


def ranks(client: FlaskClient) -> list[int]:
    return [row["rank"] for row in shown(client)["rows"]]


def test_places_come_from_the_last_and_shared_ones_together(
    send: Send, client: FlaskClient, order: list[dict[str, Any]]
) -> None:
    prize = {"title": {"kk": "Сыйлық", "ru": "Приз", "en": "Prize"}, "entry": order[4]["id"]}
    begun = send("organiser", "BeginCeremony", LINE, {"places": 4, "awards": [prize]})
    assert begun["status"] == "accepted"
    assert (shown(client)["stage"], ranks(client)) == ("places", [5])
    seen = []
    for step in range(5):
        body = client.get(f"/api/v1/live/{LINE}/ceremony").get_data(as_text=True)
        for entry, rank in zip(order, (1, 2, 2, 4, 5), strict=True):
            assert (entry["team"] in body) == (rank in ranks(client)), (step, entry["team"])
        assert "Prize" not in body
        assert send("organiser", "RevealNext", LINE, {"step": step})["status"] == "accepted"
        seen.append((shown(client)["stage"], ranks(client), len(shown(client)["newest"])))
    assert seen == [
        ("places", [4, 5], 1),
        ("places", [2, 2, 4, 5], 2),
        ("places", [1, 2, 2, 4, 5], 1),
        ("podium", [1, 2, 2, 4, 5], 0),
        ("awards", [1, 2, 2, 4, 5], 0),
    ]
    assert shown(client)["awards"][0]["entry"]["id"] == order[4]["id"]
    assert send("organiser", "RevealNext", LINE, {"step": 5})["code"] == "ceremony_over"


def test_a_button_pressed_twice_reveals_once_and_undo_goes_back(
    send: Send, client: FlaskClient, order: list[dict[str, Any]]
) -> None:
    send("organiser", "BeginCeremony", LINE, {"places": 5})
    assert send("organiser", "RevealNext", LINE, {"step": 0})["status"] == "accepted"
    again = send("organiser", "RevealNext", LINE, {"step": 0})
    assert (again["status"], again["code"], again["facts"]) == ("refused", "reveal_stale", {"step": 1})
    assert ranks(client) == [5]
    assert send("organiser", "UndoReveal", LINE, {"step": 1})["status"] == "accepted"
    assert ranks(client) == []


def test_a_score_that_comes_late_changes_neither_the_order_nor_what_the_public_sees(
    send: Send, client: FlaskClient, runs: list[dict[str, Any]], order: list[dict[str, Any]]
) -> None:
    send("organiser", "BeginCeremony", LINE, {"places": 5})
    late = runs[5]
    send("referee", "EnterScore", late["target"], {"sheet": {"time": 1.0}, "mark": None}, late["version"])
    for step in range(4):
        send("organiser", "RevealNext", LINE, {"step": step})
    assert shown(client)["rows"][0]["entry"]["id"] == order[0]["id"]
    assert send("organiser", "UnfreezeStandings", LINE)["status"] == "accepted"
    assert shown(client)["stage"] == "open"
    standings = client.get(f"/api/v1/live/{LINE}/standings").get_json()["data"]
    assert standings["rows"][0]["entry"]["id"] == late["entry"]["id"]


def test_the_page_reveals_by_one_button_and_reads_ahead(
    app: Flask, send: Send, client: FlaskClient, order: list[dict[str, Any]]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    desk, here = organiser(app), "/desk/c/demo/division/line/ceremony"
    assert desk.post(f"{here}/freeze", data={"at": ""}).status_code == 302
    assert shown(client)["stage"] == "frozen"
    assert desk.post(f"{here}/begin", data={"places": "1"} | no_prizes()).status_code == 302
    page = desk.get(f"{here}?lang=en").get_data(as_text=True)
    assert f"Place 1: {order[0]['team']}" in page
    assert desk.post(f"{here}/reveal", data={"step": "0"}).status_code == 302
    assert ranks(client)[0] == 1
    assert desk.post(f"{here}/undo", data={"step": "1"}).status_code == 302
    assert ranks(client)[0] == 2
    assert desk.post(f"{here}/unfreeze").status_code == 302
    assert shown(client)["frozen_at_utc"] is None


def test_a_restart_in_the_middle_changes_nothing(
    app: Flask, send: Send, client: FlaskClient, order: list[dict[str, Any]]
) -> None:
    send("organiser", "BeginCeremony", LINE, {"places": 5})
    send("organiser", "RevealNext", LINE, {"step": 0})
    before = shown(client)
    app.extensions["pipeline"].close()
    with opened(app.extensions["settings"].data) as again:
        assert shown(again.test_client()) == before


def no_prizes() -> dict[str, str]:
    names = ("title_kk", "title_ru", "title_en", "entry")
    return {f"awards-{n}-{name}": "" for n in range(6) for name in names}
