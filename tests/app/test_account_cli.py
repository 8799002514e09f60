"""`flask account new-pin`: the way back in for an organiser who is locked out."""

from __future__ import annotations

import fcntl
import json
import shutil
from pathlib import Path

import pytest

from tests.app.conftest import opened
from tests.app.test_competition_cli import flask


@pytest.fixture
def data(demo_data: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo_data, tmp_path / "data"))


def test_who_is_locked_out_gets_a_new_pin_and_devices_are_signed_out(data: Path) -> None:
    organiser = json.loads((data / "access.json").read_text("utf-8"))["roles"]["organiser"]
    told = flask(data, "account", "new-pin", organiser["name"])
    assert (told["ok"], told["exit"], told["account"]) == (True, 0, organiser["account"])
    assert len(told["pin"]) == 8
    with opened(data) as app:
        laptop = app.test_client()
        bearer = {"Authorization": f"Bearer {organiser['token']}"}
        assert laptop.get("/api/v1/me", headers=bearer).status_code == 401
        for pin, status in ((organiser["pin"], 401), (told["pin"], 200)):
            asked = laptop.post("/api/v1/sign-in", json={"account": organiser["account"], "pin": pin})
            assert asked.status_code == status
    assert flask(data, "log", "verify")["ok"]


def test_it_says_what_keeps_it_from_that(data: Path, tmp_path: Path) -> None:
    assert flask(data, "account", "new-pin", "Nobody")["code"] == "account_unknown"
    with (data / "server.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        told = flask(data, "account", "new-pin", "Nobody")
        assert (told["ok"], told["exit"], told["code"]) == (False, 1, "stop_server_first")
        assert told["detail"].startswith("The server is running")


def test_of_two_with_one_name_the_id_says_which(data: Path) -> None:
    judges = [
        one
        for one in json.loads((data / "access.json").read_text("utf-8"))["accounts"]
        if one["role"] == "judge"
    ]
    with opened(data) as app, app.test_request_context():
        from app.accounts.routes import open_account

        second = open_account("judge", judges[0]["name"], None, "c/demo")
    told = flask(data, "account", "new-pin", judges[0]["name"])
    assert told["code"] == "account_ambiguous"
    assert second in told["detail"]
    assert judges[0]["account"] in told["detail"]
    assert flask(data, "account", "new-pin", second)["ok"]
