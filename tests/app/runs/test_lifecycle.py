"""A run from its opening to its official result: what each step shows, and which steps are refused when."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.competitions.state import Setup
from app.pipeline import Pipeline
from tests.app.conftest import WITHOUT_WAITING, Send
from tests.app.devices.test_readings import post, reading

__all__ = ["post"]
Run = dict[str, Any]


@pytest.fixture
def shown(client: FlaskClient) -> Any:
    """A run as the queue of its field shows it now."""

    def showing(run: Run) -> Run:
        runs = client.get("/api/v1/live/c/demo/field/A/queue").get_json()["data"]["runs"]
        return next(one for one in runs if one["id"] == run["id"])

    return showing


def test_opening_and_closing(client: FlaskClient, send: Send, runs: list[Run], shown: Any) -> None:
    first, second = runs[:2]
    assert send("judge", "OpenRun", first["target"])["status"] == "accepted"
    assert shown(first)["armed"] is True
    assert client.get("/api/v1/live/c/demo/field/A").get_json()["data"]["run"]["id"] == first["id"]
    assert send("judge", "OpenRun", second["target"])["status"] == "accepted"
    assert (shown(first)["armed"], shown(second)["armed"]) == (False, True)
    send("judge", "CloseRun", second["target"])
    field = client.get("/api/v1/live/c/demo/field/A").get_json()["data"]
    assert field["run"] is None
    assert [run["id"] for run in field["next"][:2]] == [first["id"], second["id"]]


def test_another_run_waits_while_one_is_under_way(send: Send, post: Any, runs: list[Run], shown: Any) -> None:
    send("judge", "OpenRun", runs[0]["target"])
    post(reading(1, 0, 1.0))
    busy = send("judge", "OpenRun", runs[1]["target"])
    assert (busy["code"], busy["facts"]["field"]) == ("field_busy", "A")
    send("judge", "CloseRun", runs[0]["target"])
    assert shown(runs[0])["status"] == "UNCONFIRMED"
    assert send("judge", "OpenRun", runs[1]["target"])["status"] == "accepted"


def test_a_false_start_is_reset_and_timed_again(send: Send, post: Any, runs: list[Run], shown: Any) -> None:
    run = runs[0]
    assert send("judge", "ResetRun", run["target"], {"reason": "too early"})["code"] == "run_not_on_field"
    send("judge", "OpenRun", run["target"])
    post(reading(1, 0, 1.0), reading(2, 1, 2.0))
    refused = send("judge", "ResetRun", run["target"], {"reason": ""})
    assert [(e["code"], e["field"]) for e in refused["errors"]] == [("field_string_too_short", "reason")]
    assert send("judge", "ResetRun", run["target"], {"reason": "too early"})["status"] == "accepted"
    assert (shown(run)["status"], shown(run)["armed"]) == ("START_LIST", True)
    assert shown(run)["clock"]["state"] == "ready"
    post(reading(3, 0, 10.0), reading(4, 1, 40.5))
    send("judge", "EnterScore", run["target"], {"sheet": {}}, run["version"])
    assert shown(run)["result"]["values"] == {"time": 30.5}


def test_a_confirmed_run_is_only_corrected(send: Send, runs: list[Run], shown: Any) -> None:
    run = runs[0]
    early = {"sheet": {"time": 20.0}, "reason": "misread"}
    assert send("judge", "CorrectScore", run["target"], early, run["version"])["code"] == "run_not_confirmed"
    entered = send("judge", "EnterScore", run["target"], {"sheet": {"time": 20.0}}, run["version"])
    version = entered["version"]
    again = send("judge", "EnterScore", run["target"], {"sheet": {"time": 21.0}}, version)
    assert again["code"] == "run_confirmed"
    assert send("judge", "OpenRun", run["target"])["code"] == "run_confirmed"
    assert send("judge", "ResetRun", run["target"], {"reason": "why not"})["code"] == "run_confirmed"
    corrected = send("judge", "CorrectScore", run["target"], early | {"sheet": {"time": 19.0}}, version)
    assert corrected["status"] == "accepted"
    result = shown(run)["result"]
    assert (result["values"], result["corrected"]) == ({"time": 19.0}, True)


def test_a_version_is_needed_and_a_run_must_exist(send: Send, runs: list[Run]) -> None:
    score = {"sheet": {"time": 20.0}}
    missing = send("judge", "EnterScore", runs[0]["target"], score)
    assert (missing["code"], missing["version"]) == ("expected_version_missing", runs[0]["version"])
    assert send("judge", "EnterScore", "c/demo/run/nothing", score, 0)["code"] == "run_unknown"
    assert send("judge", "EnterScore", "c/demo/field/A", score, 0)["code"] == "target_of_wrong_kind"
    assert send("judge", "EnterScore", "demo/run", score, 0)["code"] == "target_unreadable"
    assert send("organiser", "EnterScore", runs[0]["target"], score, 1)["code"] == "not_allowed"


def test_a_mark_stands_in_for_a_result(send: Send, runs: list[Run], shown: Any) -> None:
    run = runs[0]
    unknown = send("judge", "EnterScore", run["target"], {"sheet": {}, "mark": "DNX"}, run["version"])
    assert [error["field"] for error in unknown["errors"]] == ["mark"]
    marked = send("judge", "EnterScore", run["target"], {"sheet": {}, "mark": "DNF"}, run["version"])
    assert marked["status"] == "accepted"
    result = shown(run)["result"]
    assert (result["ok"], result["mark"], result["values"]) == (False, "DNF", {})


def test_a_mark_the_discipline_does_not_know_is_refused(
    pipeline: Pipeline, send: Send, runs: list[Run]
) -> None:
    state = pipeline.state("c/demo")
    assert state is not None
    division = state[Setup].divisions["line"]
    without = replace(division, ruleset=replace(division.ruleset, marks=("DNF",)))
    state[Setup].divisions["line"] = without
    payload = {"sheet": {}, "mark": "DSQ"}
    refused = send("judge", "EnterScore", runs[0]["target"], payload, runs[0]["version"])
    assert [(e["code"], e["field"], e["facts"]["known"]) for e in refused["errors"]] == [
        ("mark_unknown", "mark", "DNF")
    ]


def test_beside_a_mark_a_sheet_may_be_out_of_bounds_but_not_be_something_else(
    send: Send, runs: list[Run], shown: Any
) -> None:
    over_time, junk = runs[:2]
    payload = {"sheet": {"time": 999.0}, "mark": "DNF"}
    assert (
        send("judge", "EnterScore", over_time["target"], payload, over_time["version"])["status"]
        == "accepted"
    )
    for sheet in ({"essay": "x" * 100_000}, {"time": "soon"}, {"time": [1]}):
        payload = {"sheet": sheet, "mark": "DNF"}
        refused = send("judge", "EnterScore", junk["target"], payload, junk["version"])
        assert refused["code"] == "sheet_invalid", sheet
        assert [error["field"] for error in refused["errors"]] == list(sheet)
    assert shown(junk)["result"] is None


def test_results_become_official_once_all_are_in(
    client: FlaskClient, send: Send, runs: list[Run], shown: Any
) -> None:
    for index, run in enumerate(runs[:-1]):
        send("judge", "EnterScore", run["target"], {"sheet": {"time": 20.0 + index}}, run["version"])
    early = send("organiser", "PublishResults", "c/demo/division/line", WITHOUT_WAITING)
    assert (early["code"], early["facts"]["count"]) == ("runs_unconfirmed", 1)
    last = runs[-1]
    send("judge", "EnterScore", last["target"], {"sheet": {}, "mark": "DNS"}, last["version"])
    assert send("judge", "PublishResults", "c/demo/division/line")["code"] == "not_allowed"
    assert (
        send("organiser", "PublishResults", "c/demo/division/line", WITHOUT_WAITING)["status"] == "accepted"
    )
    assert shown(runs[0])["status"] == "OFFICIAL"
    standings = client.get("/api/v1/live/c/demo/division/line/standings").get_json()["data"]
    assert (standings["published"], standings["unconfirmed"]) == (True, 0)
    assert [row["rank"] for row in standings["rows"]] == [1, 2, 3, 4, 5, 6]
    mended = {"sheet": {"time": 5.0}, "reason": "protest upheld"}
    version = shown(runs[3])["version"]
    assert send("judge", "CorrectScore", runs[3]["target"], mended, version)["code"] == "result_official"
    assert send("referee", "CorrectScore", runs[3]["target"], mended, version)["status"] == "accepted"
    standings = client.get("/api/v1/live/c/demo/division/line/standings").get_json()["data"]
    assert standings["rows"][0]["entry"]["id"] == runs[3]["entry"]["id"]
