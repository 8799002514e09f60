"""From readings to a run: splits, laps, buttons, stops, lanes, two boards, and times nobody believes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.app.conftest import Send

from .test_readings import reading

Bearer = Callable[[str], dict[str, str]]
FIELD = "c/demo/field/A"


def channel(at: int, role: str, **more: Any) -> dict[str, Any]:
    return {"channel": at, "role": role, **more}


@pytest.fixture
def wire(send: Send) -> Callable[..., dict[str, Any]]:
    """Wire field A anew, whatever its version; the receipt."""
    versions = [0]

    def wiring(*channels: dict[str, Any], device: str = "", **more: Any) -> dict[str, Any]:
        boards = more.pop("boards", [{"device": device, "channels": channels}])
        receipt = send("organiser", "WireField", FIELD, {"boards": boards, **more}, versions[-1])
        versions.append(receipt["version"] or versions[-1])
        return receipt

    return wiring


@pytest.fixture
def cross(client: FlaskClient, bearer: Bearer) -> Callable[..., None]:
    """Edges on channels at seconds, from one board."""
    last = {"gate": 0, "other": 0}

    def crossing(*edges: tuple[int, float], device: str = "gate") -> None:
        made = []
        for number, at_s in edges:
            last[device] += 1
            made.append(reading(last[device], number, at_s))
        body = {"device": device, "boot": 1, "origin": "simulated", "fit": None, "readings": made}
        answer = client.post("/api/v1/readings", json=body, headers=bearer("field_controller:A"))
        assert answer.status_code == 200, answer.text

    return crossing


@pytest.fixture
def run(send: Send, runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The first run of field A, open on it."""
    assert send("judge:A", "OpenRun", runs[0]["target"])["status"] == "accepted"
    return runs[0]


@pytest.fixture
def clock(client: FlaskClient) -> Callable[[], dict[str, Any]]:
    def now(field: str = "A") -> dict[str, Any]:
        made: dict[str, Any] = client.get(f"/api/v1/live/c/demo/field/{field}").get_json()["data"]["run"][
            "clock"
        ]
        return made

    return now


@pytest.fixture
def reasons(client: FlaskClient, bearer: Bearer) -> Callable[[], list[str]]:
    def now() -> list[str]:
        data = client.get("/api/v1/live/c/demo/devices", headers=bearer("referee")).get_json()["data"]
        return [one["reason"] for one in data["unassigned"]]

    return now


def test_splits_are_kept_and_a_missed_one_is_said(
    wire: Any, cross: Any, clock: Any, reasons: Any, run: dict[str, Any]
) -> None:
    wire(
        channel(0, "start_gate"),
        channel(1, "finish_gate"),
        channel(2, "split", number=1),
        channel(3, "split", number=2),
    )
    cross((0, 1.0), (2, 3.0), (2, 3.5), (1, 9.0))
    told = clock()
    assert (told["state"], told["elapsed_us"], told["missed"]) == ("stopped", 8_000_000, [2])
    assert told["passes"] == [{"role": "split", "number": 1, "at_us": 2_000_000}]
    assert reasons() == ["already_passed"]


def test_laps_start_count_and_finish(
    wire: Any, cross: Any, clock: Any, reasons: Any, run: dict[str, Any]
) -> None:
    wire(channel(0, "lap_gate"), laps=3, shortest_s=2.0)
    cross((0, 1.0), (0, 1.5), (0, 11.0), (0, 21.0))
    assert clock()["state"] == "running"
    cross((0, 31.0), (0, 31.2), (0, 41.0))
    told = clock()
    assert (told["state"], told["elapsed_us"]) == ("stopped", 30_000_000)
    assert [one["number"] for one in told["passes"]] == [1, 2, 3]
    assert reasons() == ["too_soon", "double_beam", "already_finished"]


def test_times_that_are_not_believed_leave_the_clock_running(
    wire: Any, cross: Any, clock: Any, reasons: Any, run: dict[str, Any]
) -> None:
    wire(channel(0, "start_gate"), channel(1, "finish_gate"), shortest_s=5.0, longest_s=60.0)
    cross((0, 1.0), (1, 2.0), (1, 70.0))
    assert clock()["state"] == "running"
    assert reasons() == ["too_soon", "too_late"]
    cross((1, 30.0))
    assert clock()["elapsed_us"] == 29_000_000


def test_a_start_before_the_signal_is_a_false_start(
    wire: Any, cross: Any, clock: Any, reasons: Any, send: Send, run: dict[str, Any]
) -> None:
    wire(channel(0, "start_gate"), channel(1, "finish_gate"), channel(2, "start_button"))
    cross((0, 1.0))
    assert (clock()["state"], clock()["false_start"]) == ("ready", True)
    assert reasons() == ["false_start"]
    assert send("judge:A", "ResetRun", run["target"], {"reason": "false start"})["status"] == "accepted"
    cross((2, 5.0), (0, 6.0), (1, 9.0))
    told = clock()
    assert (told["false_start"], told["elapsed_us"]) == (False, 3_000_000)


def test_a_button_starts_a_field_without_a_start_gate(
    wire: Any, cross: Any, clock: Any, run: dict[str, Any]
) -> None:
    wire(channel(1, "finish_gate"), channel(2, "start_button"))
    cross((2, 1.0), (1, 4.0))
    assert clock()["elapsed_us"] == 3_000_000


def test_an_emergency_stop_bars_the_field_until_it_is_released(
    wire: Any,
    cross: Any,
    clock: Any,
    reasons: Any,
    send: Send,
    runs: list[dict[str, Any]],
    run: dict[str, Any],
) -> None:
    wire(channel(0, "start_gate"), channel(1, "finish_gate"), channel(7, "e_stop"))
    cross((0, 1.0), (7, 2.0), (1, 3.0))
    assert clock()["state"] == "running"
    assert reasons() == ["field_halted"]
    send("judge:A", "CloseRun", run["target"])
    assert send("judge:A", "OpenRun", runs[1]["target"])["code"] == "field_halted"
    assert send("referee", "ReleaseField", FIELD, {"reason": "robot held"})["status"] == "accepted"
    assert send("judge:A", "OpenRun", runs[1]["target"])["status"] == "accepted"


def test_two_boards_on_one_field_have_channels_of_their_own(
    wire: Any, cross: Any, clock: Any, reasons: Any, run: dict[str, Any]
) -> None:
    boards = [
        {"device": "gate", "channels": [channel(0, "start_gate")]},
        {"device": "other", "channels": [channel(0, "finish_gate")]},
    ]
    assert wire(boards=boards)["status"] == "accepted"
    cross((0, 1.0))
    cross((0, 7.5), (1, 8.0), device="other")
    told = clock()
    assert told["elapsed_us"] == 6_500_000
    assert told["uncertainty_us"] == 80.0, "two boards add their uncertainties"
    assert reasons() == ["channel_without_role"]


def test_lanes_are_fields_that_one_board_serves(
    wire: Any,
    cross: Any,
    clock: Any,
    client: FlaskClient,
    bearer: Bearer,
    send: Send,
    run: dict[str, Any],
) -> None:
    wire(
        channel(0, "start_gate", lanes=["A", "B"]),
        channel(1, "finish_gate"),
        channel(2, "finish_gate", lanes=["B"]),
    )
    queue = client.get("/api/v1/live/c/demo/field/B/queue").get_json()["data"]["runs"]
    assert send("judge:B", "OpenRun", queue[0]["target"])["status"] == "accepted"
    cross((0, 1.0), (2, 5.0), (1, 6.0))
    assert (clock("A")["elapsed_us"], clock("B")["elapsed_us"]) == (5_000_000, 4_000_000)


def test_the_controller_is_told_its_boards_wiring_and_version(
    wire: Any, client: FlaskClient, bearer: Bearer
) -> None:
    receipt = wire(channel(3, "split", number=1, debounce_us=500), device="gate")
    told = client.post(
        "/api/v1/devices/heartbeat",
        json={"device": "gate", "origin": "simulated"},
        headers=bearer("field_controller:A"),
    ).get_json()["config"]
    assert told["version"] == receipt["version"]
    assert told["channels"] == {
        "3": {"role": "split", "edge": "fall", "debounce_us": 500, "hold_off_us": 500_000}
    }


def test_a_wiring_made_against_an_older_one_is_a_conflict(send: Send) -> None:
    boards = {"boards": [{"channels": [channel(0, "start_gate")]}]}
    assert send("organiser", "WireField", FIELD, boards, 0)["status"] == "accepted"
    assert send("referee", "WireField", FIELD, boards, 0)["status"] == "conflict"


@pytest.mark.parametrize(
    ("channels", "more", "code", "field"),
    [
        ([channel(0, "split"), channel(0, "zone")], {}, "channel_repeated", "boards.0.channels.1.channel"),
        ([channel(0, "split"), channel(1, "split")], {}, "number_repeated", "boards.0.channels.1.number"),
        ([channel(0, "split", lanes=["Z"])], {}, "field_unknown", "boards.0.channels.0.lanes"),
        ([channel(0, "split")], {"shortest_s": 5, "longest_s": 4}, "bounds_crossed", "longest_s"),
    ],
)
def test_a_wiring_that_cannot_be_is_refused_where(
    wire: Any, channels: list[dict[str, Any]], more: dict[str, Any], code: str, field: str
) -> None:
    receipt = wire(*channels, **more)
    assert [(error["code"], error["field"]) for error in receipt["errors"]] == [(code, field)]


def test_a_field_is_not_wired_while_a_run_is_under_way(wire: Any, cross: Any, run: dict[str, Any]) -> None:
    cross((0, 1.0))
    assert wire(channel(0, "start_gate"))["code"] == "field_busy"


def test_laps_that_gates_counted_fill_the_sheet(
    wire: Any, cross: Any, send: Send, client: FlaskClient, run: dict[str, Any]
) -> None:
    names = {"kk": "Фолк", "ru": "Фолк", "en": "Folk"}
    send("organiser", "AddDivision", "c/demo", {"code": "folk", "name": names, "discipline": "folkrace"})
    rows = [{"division": "folk", "team": "Тұлпар", "organisation": "№ 1", "members": []}]
    send("organiser", "ImportEntries", "c/demo", {"rows": rows})
    send("organiser", "DrawStartList", "c/demo/division/folk", {"field": "A"})
    queue = client.get("/api/v1/live/c/demo/field/A/queue").get_json()["data"]["runs"]
    folk = next(one for one in queue if one["division"] == "folk")
    wire(channel(0, "lap_gate"))
    assert send("judge:A", "OpenRun", folk["target"])["status"] == "accepted"
    cross((0, 1.0), (0, 11.0), (0, 21.0), (0, 31.0))
    ruleset = client.get("/api/v1/c/demo/divisions/folk/ruleset").get_json()
    (counted,) = [field["id"] for field in ruleset["fields"] if field["source"] == "lap_count"]
    others = {field["id"]: field["min"] or 0 for field in ruleset["fields"] if field["id"] != counted}
    receipt = send("judge:A", "EnterScore", folk["target"], {"sheet": others}, folk["version"])
    assert receipt["status"] == "accepted"
    entered = client.get("/api/v1/live/c/demo/field/A").get_json()["data"]["last"]["result"]["sheet"]
    assert entered[counted] == 3
