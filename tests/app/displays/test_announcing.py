"""The announcer's page says what the public may know of who runs and who comes, and nothing that is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient

from tests.app.conftest import Send

PAGE = "/desk/c/demo/field/A/announcer?lang=en"
Bearer = Callable[[str], dict[str, str]]


def score(send: Send, run: dict[str, Any], time_s: float) -> None:
    receipt = send("referee", "EnterScore", run["target"], {"sheet": {"time": time_s}}, run["version"])
    assert receipt["status"] == "accepted"


def test_it_says_where_a_team_stands_and_whom_it_chases(
    client: FlaskClient, bearer: Bearer, send: Send, runs: list[dict[str, Any]]
) -> None:
    first, second = runs[0]["entry"], runs[1]["entry"]
    again = next(run for run in runs if run["entry"]["id"] == second["id"] and run["attempt"] == 2)
    score(send, runs[0], 20.5)
    score(send, runs[1], 21.25)
    send("referee", "OpenRun", again["target"])
    page = client.get(PAGE, headers=bearer("referee")).get_data(as_text=True)
    assert f"{second['number']} · {second['team']}" in page
    for words in (
        "Attempt 2 of 3.",
        "In place 2 with 21.250.",
        f"Just ahead: {first['team']}, 20.500.",
        "1) 21.250",
    ):
        assert words in page


def test_it_keeps_what_the_ceremony_will_reveal(
    client: FlaskClient, bearer: Bearer, send: Send, runs: list[dict[str, Any]]
) -> None:
    score(send, runs[0], 20.5)
    send("organiser", "FreezeStandings", "c/demo/division/line")
    score(send, runs[1], 17.171)
    page = client.get(PAGE, headers=bearer("referee")).get_data(as_text=True)
    assert "20.500" in page
    assert "17.171" not in page
