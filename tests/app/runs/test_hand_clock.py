"""A run's clock started and stopped by a judge's taps: shown everywhere as hand time, and the gates win over it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from app.eventlog.chain import instant, utc_now
from tests.app.conftest import Send
from tests.app.desk.desking import Desk
from tests.app.devices.test_readings import post, reading
from tests.app.runs.judging import judging

__all__ = ["post"]
Run = dict[str, Any]


def tap(seconds_ago: float = 0, within_ms: float | None = 15) -> dict[str, Any]:
    at = instant(utc_now() - timedelta(seconds=seconds_ago))
    return {"tap": {"at_utc": at, "uncertainty_ms": within_ms}}


def shown(client: FlaskClient) -> dict[str, Any]:
    """The run of field A as its hall screen sees it."""
    run: dict[str, Any] = client.get("/api/v1/live/c/demo/field/A").get_json()["data"]["run"]
    return run


def give(send: Send, type_: str, run: Run, payload: dict[str, Any] | None = None) -> dict[str, Any]:
    receipt = send("judge", type_, run["target"], payload or {})
    assert receipt["status"] == "accepted", receipt
    return receipt


def test_screens_show_it_as_hand_time_from_the_tap_to_the_tap(
    client: FlaskClient, send: Send, bearer: Any, runs: list[Run]
) -> None:
    run = runs[0]
    give(send, "OpenRun", run)
    started, stopped = tap(30), tap(8)
    give(send, "StartByHand", run, started)
    clock = shown(client)["clock"]
    assert (shown(client)["status"], clock["state"], clock["by_hand"]) == ("LIVE", "running", True)
    assert (clock["started_at_utc"], clock["stopped_at_utc"]) == (started["tap"]["at_utc"], None)
    assert 'data-testid="hand-clock"' in Desk(client, bearer("organiser")).get("/desk/c/demo/now")
    give(send, "StartByHand", run, tap(1))
    assert shown(client)["clock"]["started_at_utc"] == started["tap"]["at_utc"], "it runs already"
    give(send, "StopByHand", run, stopped)
    clock = shown(client)["clock"]
    assert (shown(client)["status"], clock["state"]) == ("UNCONFIRMED", "stopped")
    assert clock["stopped_at_utc"] == stopped["tap"]["at_utc"]
    assert (clock["elapsed_us"], clock["uncertainty_us"]) == (None, 30_000)
    missing = send("judge", "EnterScore", run["target"], {"sheet": {}}, run["version"])
    assert missing["errors"][0]["code"] == "measurement_missing", "no hand clock fills a sheet"


def test_a_stop_is_taken_back_by_starting_again_and_a_start_by_cancelling(
    client: FlaskClient, send: Send, runs: list[Run]
) -> None:
    run = runs[0]
    give(send, "OpenRun", run)
    started = tap(30)
    give(send, "StartByHand", run, started)
    give(send, "StopByHand", run, tap(8))
    give(send, "StartByHand", run, started)
    clock = shown(client)["clock"]
    assert (clock["state"], clock["started_at_utc"]) == ("running", started["tap"]["at_utc"])
    give(send, "CancelByHand", run)
    assert (shown(client)["status"], shown(client)["clock"]["state"]) == ("START_LIST", "ready")
    give(send, "StopByHand", run, tap())
    assert shown(client)["clock"]["state"] == "ready"


def test_the_gates_win_and_a_reset_clears(
    client: FlaskClient, send: Send, post: Any, runs: list[Run]
) -> None:
    run = runs[0]
    give(send, "OpenRun", run)
    give(send, "StartByHand", run, tap(3))
    give(send, "ResetRun", run, {"reason": "false start"})
    assert shown(client)["clock"]["state"] == "ready"
    give(send, "StartByHand", run, tap(2))
    post(reading(1, 0, 1.0))
    assert (shown(client)["clock"]["by_hand"], shown(client)["clock"]["state"]) == (False, "running")
    give(send, "StopByHand", run, tap())
    assert shown(client)["clock"]["state"] == "running", "the gates stop what the gates started"
    post(reading(2, 1, 21.0))
    give(send, "StartByHand", run, tap())
    assert shown(client)["clock"]["elapsed_us"] == 20_000_000


def test_gates_stay_armed_after_a_stop_by_hand(
    client: FlaskClient, send: Send, post: Any, runs: list[Run]
) -> None:
    run = runs[0]
    give(send, "OpenRun", run)
    give(send, "StartByHand", run, tap(20))
    give(send, "StopByHand", run, tap(10))
    post(reading(1, 0, 1.0), reading(2, 1, 9.5))
    assert shown(client)["clock"]["elapsed_us"] == 8_500_000


def test_taps_come_late_without_harm_and_are_refused_where_they_cannot_be(
    client: FlaskClient, send: Send, bearer: Any, runs: list[Run]
) -> None:
    run, other = runs[:2]
    assert send("judge", "StartByHand", other["target"], tap())["code"] == "run_not_on_field"
    give(send, "OpenRun", run)
    ahead = send("judge", "StartByHand", run["target"], tap(-60))
    assert (ahead["code"], ahead["errors"][0]["field"]) == ("tap_implausible", "tap.at_utc")
    assert send("judge", "StartByHand", run["target"], tap(13 * 3600))["code"] == "tap_implausible"
    assert send("judge:B", "StartByHand", run["target"], tap())["code"] == "field_of_another"
    give(send, "StartByHand", run, tap(5, within_ms=None))
    assert shown(client)["clock"]["uncertainty_us"] is None
    assert send("judge", "StopByHand", run["target"], tap(9))["code"] == "finish_before_start"
    sheet = {"sheet": {"time": 20.0}, "stopwatch": True}
    assert send("judge", "EnterScore", run["target"], sheet, run["version"])["status"] == "accepted"
    give(send, "StopByHand", run, tap())
    after = judging(client, bearer)[0]
    assert (after["status"], after["result"]["stopwatch"]) == ("UNOFFICIAL", True)
