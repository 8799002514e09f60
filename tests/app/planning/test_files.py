"""The plan as files: what the desk asks is what `flask schedule` reads, and its schedule comes back as a proposal."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient

from app.planning.drafts import Draft
from app.settings import Settings
from scoring.planning.checking import check
from scoring.planning.instance import read_instance
from scoring.planning.solving import solve
from tests.app.planning.conftest import PLAN
from tests.app.planning.test_plan import ASKED

Press = Callable[..., str]


@pytest.fixture
def instance(desk: Press, client: FlaskClient, bearer: Any) -> dict[str, Any]:
    desk("asked", **ASKED | {"inspection_min": "5", "inspected-line": "y"})
    made: dict[str, Any] = orjson.loads(client.get(f"{PLAN}/instance.json", headers=bearer("organiser")).data)
    return made


def hand_in(desk: Press, body: bytes) -> str:
    desk("import", file=(io.BytesIO(body), "schedule.json"))
    return desk()


def test_a_schedule_made_elsewhere_becomes_the_proposal(
    desk: Press, instance: dict[str, Any], settings: Settings, client: FlaskClient, bearer: Any
) -> None:
    found = solve(read_instance(instance), 5)
    page = hand_in(desk, orjson.dumps(found))
    assert 'data-testid="difference"' in page
    assert 'data-testid="violation"' not in page
    desk("apply")
    written = orjson.loads(client.get(f"{PLAN}/schedule.json", headers=bearer("organiser")).data)
    told = check(read_instance(instance), written)
    assert told["ok"], told
    assert told["metrics"]["last_end"] == found["objective"]["last_end"]
    assert Draft(settings, "demo").placed is None


def test_what_it_breaks_is_shown_and_what_is_not_of_the_plan_is_left_out(
    desk: Press, instance: dict[str, Any], settings: Settings
) -> None:
    one, other = [one["id"] for one in instance["activities"] if one["kind"] == "run"][:2]
    wrong = [
        {"activity": one, "start": 540, "resources": ["field/A"]},
        {"activity": other, "start": 540.0, "resources": ["field/A"]},
        {"activity": "stranger", "start": 540, "resources": ["field/A"]},
        {"activity": other, "start": 540, "resources": ["field/Z"]},
    ]
    page = hand_in(desk, orjson.dumps({"status": "feasible", "assignments": wrong}))
    assert 'data-code="overfull"' in page
    assert 'data-testid="missing"' in page
    assert set(Draft(settings, "demo").placed or {}) == {one, other}


def test_a_start_without_a_place_is_left_out_and_the_rest_can_be_given_to_the_runs(
    desk: Press, instance: dict[str, Any], settings: Settings
) -> None:
    one, other = [one["id"] for one in instance["activities"] if one["kind"] == "run"][:2]
    nowhere = {"activity": one, "start": 540, "resources": []}
    placed = {"activity": other, "start": 540, "resources": ["field/A"]}
    hand_in(desk, orjson.dumps({"status": "feasible", "assignments": [nowhere, placed]}))
    assert set(Draft(settings, "demo").placed or {}) == {other}
    desk("apply")
    assert Draft(settings, "demo").placed is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"assignments": 7}',
        b'{"status": "feasible"}',
        b"[" * 100_000,
        b" " * 4_000_001,
        b'{"status": "feasible", "assignments": [{"activity": "a", "start": 1e18, "resources": []}]}',
    ],
)
def test_what_is_no_schedule_changes_nothing(
    desk: Press, instance: dict[str, Any], settings: Settings, body: bytes
) -> None:
    page = hand_in(desk, body)
    assert "alert-danger" in page
    assert Draft(settings, "demo").placed is None


def test_no_names_leave_with_the_instance(instance: dict[str, Any]) -> None:
    people = {person for entry in instance["entries"] for person in entry["people"]}
    assert people
    assert all(person.removeprefix("person/").replace("-", "").isalnum() for person in people)
    assert orjson.dumps(instance).isascii()
