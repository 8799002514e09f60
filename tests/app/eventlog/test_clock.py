"""The server's clock runs on evenly when the machine's is set, and follows it when nobody looks at a running clock."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from app.eventlog.clock import CLOCK, ServerClock
from app.pipeline import Pipeline
from app.timekeeping import keep_time
from tests.app.conftest import Send

HOUR_NS = 3_600 * 10**9


class Machine:
    """A machine whose clock somebody sets."""

    def __init__(self) -> None:
        self.wall_ns = 1_790_000_000 * 10**9
        self.steady_ns = 0

    def passes(self, ns: int) -> None:
        self.wall_ns += ns
        self.steady_ns += ns

    def clock(self) -> ServerClock:
        return ServerClock(lambda: self.wall_ns, lambda: self.steady_ns)


@pytest.mark.parametrize("step_ns", [HOUR_NS, -HOUR_NS])
def test_it_runs_on_when_the_machines_clock_is_set(step_ns: int) -> None:
    machine = Machine()
    clock = machine.clock()
    before_ns = clock.now_ns()
    machine.wall_ns += step_ns
    machine.passes(5)
    assert clock.now_ns() - before_ns == 5
    assert clock.off_s() == pytest.approx(step_ns / 1e9)
    setting = clock.setting
    clock.follow()
    assert (clock.now_ns(), clock.setting) == (machine.wall_ns, setting + 1)


def test_it_follows_only_while_no_run_is_running(
    pipeline: Pipeline, client: FlaskClient, send: Send, runs: list[dict[str, Any]], bearer: Any
) -> None:
    machine = Machine()
    clock = machine.clock()
    setting = clock.setting
    send("judge", "OpenRun", runs[0]["target"])
    start_gate = {
        "seq": 1, "channel": 0, "edge": "fall", "ticks": 0, "at_utc": "2026-04-01T07:00:00Z", "uncertainty_us": 9,
    }  # fmt: skip
    body = {"device": "gate", "boot": 1, "origin": "simulated", "readings": [start_gate]}
    client.post("/api/v1/readings", json=body, headers=bearer("field_controller:A"))
    machine.wall_ns += HOUR_NS
    keep_time(pipeline, clock)
    assert clock.setting == setting, "a run is running"
    send("judge", "ResetRun", runs[0]["target"], {"reason": "again"})
    keep_time(pipeline, clock)
    assert (clock.setting, clock.off_s()) == (setting + 1, 0)
    keep_time(pipeline, clock)
    assert clock.setting == setting + 1, "it was followed already"


def test_clients_are_told_the_time_and_the_setting(client: FlaskClient) -> None:
    told = client.get("/api/v1/time").get_json()
    assert told["setting"] == CLOCK.setting
    assert abs(told["server_ms"] - CLOCK.now_ms()) < 60_000
