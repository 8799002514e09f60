"""Sheets that came too late and say otherwise, on the desk: shown first, ruled on by a referee with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.app.conftest import Send
from tests.app.desk.desking import Desk

Bearer = Callable[[str], dict[str, str]]
HERE = "/desk/c/demo"


@pytest.fixture
def disputed(send: Send, runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The receipt of the referee's sheet, which came after the judge's and says otherwise, and its run."""
    run = runs[0]
    taken = {"sheet": {"time": 20.0}}
    assert send("judge", "EnterScore", run["target"], taken, run["version"])["status"] == "accepted"
    late = {"sheet": {"time": 21.0}, "note": "counted twice"}
    return send("referee", "EnterScore", run["target"], late, run["version"]) | {"run": run["id"]}


def test_the_desk_shows_it_first_and_its_referee_settles_it(
    client: FlaskClient, bearer: Bearer, disputed: dict[str, Any]
) -> None:
    referee, organiser = Desk(client, bearer("referee")), Desk(client, bearer("organiser"))
    page = f"{HERE}/run/{disputed['run']}"
    ruling = f"{page}/dispute/{disputed['id']}"
    assert 'data-code="sheet_disputed"' in organiser.get(f"{HERE}/now")
    assert f'data-run="{disputed["run"]}" data-state="disputed"' in referee.get(f"{HERE}/sheets")
    shown = referee.get(page)
    assert 'data-testid="dispute"' in shown
    assert "counted twice" in shown
    organiser.post(f"{HERE}/sheets", ruling, {"reason": "film", "ruling": "stands"}, 403)
    assert 'data-testid="dispute"' in referee.post(page, ruling, {"ruling": "stands"}), "not without a reason"
    holds = {"reason": "film", "ruling": "holds", "version": disputed["version"]}
    shown = referee.post(page, ruling, holds)
    assert 'data-testid="dispute"' not in shown
    assert "21.000" in shown
    referee.post(page, ruling, {"reason": "film", "ruling": "stands"}, 404)


def test_a_result_that_stands_says_so_in_its_history(
    client: FlaskClient, bearer: Bearer, disputed: dict[str, Any]
) -> None:
    referee = Desk(client, bearer("referee"))
    page = f"{HERE}/run/{disputed['run']}"
    shown = referee.post(page, f"{page}/dispute/{disputed['id']}", {"reason": "the film", "ruling": "stands"})
    assert 'data-testid="dispute"' not in shown
    for words in ("another tablet’s sheet says otherwise", "the result stands against the other sheet"):
        assert words in shown
    assert "the film" in shown
    assert "21.000" in shown


def test_a_correction_at_the_desk_settles_what_the_page_showed(
    client: FlaskClient, bearer: Bearer, disputed: dict[str, Any]
) -> None:
    referee = Desk(client, bearer("referee"))
    page = f"{HERE}/run/{disputed['run']}"
    assert f'name="settles" value="{disputed["id"]}"' in referee.get(page)
    form = {"version": disputed["version"], "settles": disputed["id"], "reason": "film", "sheet.time": "20.5"}
    shown = referee.post(page, f"{page}/correct", form)
    assert 'data-testid="dispute"' not in shown
    assert "20.500" in shown
