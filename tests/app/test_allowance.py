"""What one account may send: all that was saved up at once, then steadily, and never so much that the disk fills."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.allowance import Allowance
from app.eventlog.queries import receipts
from tests.app.conftest import Send
from tests.serving import command


class Clock:
    """Time that passes when told to."""

    now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def test_what_was_saved_up_comes_in_at_once_and_the_rest_steadily() -> None:
    clock = Clock()
    allowance = Allowance(1000, 10, clock)
    assert [allowance.take("aida", 250) for _ in range(4)] == [0] * 4
    assert allowance.take("aida", 250) == 25
    assert allowance.take("bek", 1000) == 0, "each account has its own"
    clock.now_s += 24
    assert allowance.take("aida", 250) == 1
    clock.now_s += 1
    assert allowance.take("aida", 250) == 0
    clock.now_s += 3600
    assert allowance.take("aida", 1000) == 0
    assert allowance.take("aida", 1) == 1, "a long pause saves up no more than there is"


def test_what_is_larger_than_all_there_is_waits_for_all_of_it() -> None:
    clock = Clock()
    allowance = Allowance(1000, 10, clock)
    assert allowance.take("aida", 5000) == 0
    clock.now_s += 100
    assert allowance.take("aida", 5000) == 400


def test_who_sends_too_much_is_asked_to_wait_and_nothing_is_lost(
    app: Flask, client: FlaskClient, bearer: Callable[[str], dict[str, str]], runs: list[dict[str, Any]]
) -> None:
    clock = Clock()
    app.extensions["allowance"] = Allowance(400, 10, clock)
    sent = {"commands": [command("OpenRun", runs[0]["target"])]}

    def post(role: str) -> Any:
        return client.post("/api/v1/commands", json=sent, headers=bearer(role))

    assert post("judge").status_code == 200
    asked = post("judge")
    while asked.status_code == 200:
        asked = post("judge")
    assert (asked.status_code, asked.get_json()["code"]) == (429, "too_much_sent")
    assert post("referee").status_code == 200
    clock.now_s += int(asked.headers["Retry-After"])
    assert post("judge").get_json()["receipts"][0]["status"] == "accepted"


@pytest.mark.parametrize(("role", "kept"), [("volunteer", False), ("judge:B", True)])
def test_what_a_role_may_not_do_leaves_nothing_on_the_disk(
    app: Flask, send: Send, runs: list[dict[str, Any]], role: str, kept: bool
) -> None:
    """Other refusals are kept: the same command is answered the same way again."""
    receipt = send(role, "OpenRun", runs[0]["target"])
    assert receipt["status"] == "refused"
    with app.extensions["engine"].connect() as connection:
        assert bool(receipts(connection, {receipt["id"]})) is kept
