"""The organiser's page of the day names what waits, where it is settled, and drops it when it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.app.conftest import WITHOUT_WAITING, Send
from tests.app.devices.test_courses import cross

Bearer = Callable[[str], dict[str, str]]
__all__ = ["cross"]


@pytest.fixture
def waiting(client: FlaskClient, bearer: Bearer) -> Callable[[], list[tuple[str, str]]]:
    """The code and link of each thing that waits."""

    def now() -> list[tuple[str, str]]:
        page = client.get("/desk/c/demo/now/cards", headers=bearer("organiser")).text
        return re.findall(r'<li data-code="(\w+)".*?<a href="([^"]+)"', page)

    return now


def test_a_fresh_competition_waits_for_nothing(waiting: Any) -> None:
    assert waiting() == []


def test_what_waits_is_named_with_its_page_until_it_is_settled(
    waiting: Any, cross: Any, send: Send, runs: list[dict[str, Any]]
) -> None:
    gates = "/desk/c/demo/field/A/gates"
    cross((0, 1.0))
    assert waiting() == [("readings_unassigned", gates)]
    send("judge:A", "OpenRun", runs[0]["target"])
    cross((0, 2.0), (1, 9.0))
    assert ("run_unconfirmed", "/desk/c/demo/runs") in waiting()
    send("judge:A", "EnterScore", runs[0]["target"], {"sheet": {}}, runs[0]["version"])
    assert waiting() == [("readings_unassigned", gates)]
    stray = {"device": "gate", "boot": 1, "seq": 1, "as": "start", "reason": "by eye"}
    send("referee", "AssignReading", runs[1]["target"], stray)
    assert ("readings_unassigned", gates) not in waiting()


def test_what_stops_a_field_comes_first(waiting: Any, cross: Any, send: Send) -> None:
    cross((0, 1.0))
    send("referee", "StartSelfTest", "c/demo/field/B")
    assert [code for code, _ in waiting()] == ["self_test_running", "readings_unassigned"]


def test_a_fault_is_named_in_words(client: FlaskClient, bearer: Bearer, waiting: Any) -> None:
    body = {"device": "gate", "origin": "simulated", "faults": [{"code": "spool_failed"}]}
    client.post("/api/v1/devices/heartbeat", json=body, headers=bearer("field_controller:A"))
    assert [code for code, _ in waiting()] == ["controller_fault"]
    page = client.get("/desk/c/demo/now?lang=en", headers=bearer("referee")).text
    assert "the disk does not take readings" in page


def test_a_division_that_is_done_can_be_made_official(
    client: FlaskClient, waiting: Any, send: Send, runs: list[dict[str, Any]]
) -> None:
    line = [run for run in runs if run["division"] == "line"]
    for at, run in enumerate(line):
        receipt = send("judge:A", "EnterScore", run["target"], {"sheet": {"time": 20.0 + at}}, run["version"])
        assert receipt["status"] == "accepted"
    assert ("results_ready", "/desk/c/demo/division/line/standings") in waiting()
    send("organiser", "PublishResults", "c/demo/division/line", WITHOUT_WAITING)
    assert "results_ready" not in [code for code, _ in waiting()]


def test_a_backup_that_fails_comes_first(
    app: Flask, client: FlaskClient, bearer: Bearer, waiting: Any
) -> None:
    page = "/desk/c/demo/now/cards?lang=en"
    assert "There is no backup" in client.get(page, headers=bearer("organiser")).text
    shipper = SimpleNamespace(
        state=lambda: {
            "folder": "/media/stick",
            "behind_s": 40.0,
            "last_full_utc": None,
            "trouble": "No space left",
        }
    )
    app.extensions["shipper"] = shipper
    assert waiting()[0] == ("backup_failed", "#")
    assert "No space left" in client.get(page, headers=bearer("organiser")).text
