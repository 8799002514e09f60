"""A judge's unsent commands, handed in by a referee from another tablet: whose they are, and how often they count."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.handing_in import OF_TABLETS
from app.accounts.routes import open_account
from app.eventlog import queries as log
from app.pipeline import Pipeline
from tests.app.conftest import Send

SHEET = {"sheet": {"time": 20.0}}


def account(access: dict[str, Any], role: str, field: str = "") -> str:
    found = next(a for a in access["accounts"] if a["role"] == role and (not field or field in a["fields"]))
    return str(found["account"])


def handed_in(author: str, id_: str | None = None) -> dict[str, Any]:
    return {"made_by": author, "handed_in": True} | ({"id": id_} if id_ else {})


def test_a_judges_score_is_the_judges_though_a_referee_hands_it_in(
    send: Send,
    runs: list[dict[str, Any]],
    access: dict[str, Any],
    pipeline: Pipeline,
    client: FlaskClient,
    bearer: Any,
) -> None:
    run, judge = runs[0], account(access, "judge", "A")
    receipt = send("referee", "EnterScore", run["target"], SHEET, run["version"], **handed_in(judge))
    assert receipt["status"] == "accepted"
    with pipeline.reading():
        state = pipeline.state("c/demo")
        assert state is not None
        entry = state.changes(run["target"])[-1]
    assert (entry.actor, entry.handed_in_by) == (judge, account(access, "referee"))
    page = client.get(f"/desk/c/demo/run/{run['id']}?lang=en", headers=bearer("referee")).text
    assert "handed in by" in page


def test_it_counts_once_though_both_tablets_send_it(
    send: Send, runs: list[dict[str, Any]], access: dict[str, Any]
) -> None:
    run, judge = runs[0], account(access, "judge", "A")
    first = send("referee", "EnterScore", run["target"], SHEET, run["version"], **handed_in(judge))
    again = send("judge:A", "EnterScore", run["target"], SHEET, run["version"], id=first["id"], made_by=judge)
    assert again == first
    other = {"sheet": {"time": 19.0}}
    forged = send(
        "referee", "EnterScore", run["target"], other, run["version"], **handed_in(judge, first["id"])
    )
    assert forged["code"] == "id_reused"


def test_the_log_holds_who_vouched(
    send: Send, runs: list[dict[str, Any]], access: dict[str, Any], pipeline: Pipeline
) -> None:
    """What is read back from the stored text says it too, and entries without it read as before."""
    run, judge = runs[0], account(access, "judge", "A")
    send("referee", "OpenRun", run["target"], {}, **handed_in(judge))
    send("judge:A", "CloseRun", run["target"], {})
    with pipeline.reading():
        entries = log.newest(pipeline._reader, "c/demo", 2, None)
    assert [entry.handed_in_by for entry in entries] == [None, account(access, "referee")]


@pytest.mark.parametrize(
    ("sender", "author", "code"),
    [
        ("judge:B", ("judge", "A"), "may_not_hand_in"),
        ("volunteer", ("judge", "A"), "may_not_hand_in"),
        ("organiser", ("judge", "A"), "may_not_hand_in"),
        ("referee", ("organiser", ""), "author_unknown"),
        ("referee", ("field_controller", ""), "author_unknown"),
        ("referee", None, "author_unknown"),
    ],
)
def test_nobody_else_may(
    send: Send,
    runs: list[dict[str, Any]],
    access: dict[str, Any],
    sender: str,
    author: tuple[str, str] | None,
    code: str,
) -> None:
    made_by = account(access, *author) if author else "nobody"
    receipt = send(sender, "EnterScore", runs[0]["target"], SHEET, runs[0]["version"], **handed_in(made_by))
    assert (receipt["status"], receipt["code"]) == ("refused", code)


def test_a_referee_speaks_for_no_other_referee(app: Flask, send: Send, runs: list[dict[str, Any]]) -> None:
    with app.test_request_context():
        other = open_account("referee", "R", None, "c/demo")
    receipt = send("referee", "EnterScore", runs[0]["target"], SHEET, runs[0]["version"], **handed_in(other))
    assert receipt["code"] == "author_unknown"


@pytest.mark.parametrize(
    ("type_", "payload"),
    [
        ("OrderReplay", {"reason": "a gate failed"}),
        ("CallRun", {}),
        ("SetDelay", {"field": "A", "minutes": 5}),
    ],
)
def test_only_what_a_tablet_keeps_is_handed_in(
    send: Send, runs: list[dict[str, Any]], access: dict[str, Any], type_: str, payload: dict[str, Any]
) -> None:
    target = "c/demo" if type_ == "SetDelay" else runs[0]["target"]
    receipt = send("referee", type_, target, payload, **handed_in(account(access, "judge", "A")))
    assert receipt["code"] == "not_of_a_tablet"


def test_the_list_is_what_tablets_make() -> None:
    source = (Path(__file__).parents[3] / "app/client/judge/outbox/item.ts").read_text("utf-8")
    union = source.split("export type CommandType =")[1].split(";")[0]
    assert set(re.findall(r"'(\w+)'", union)) == OF_TABLETS


def test_a_judge_of_another_field_gains_nothing(
    send: Send, runs: list[dict[str, Any]], access: dict[str, Any]
) -> None:
    judge_of_b = account(access, "judge", "B")
    receipt = send(
        "referee", "EnterScore", runs[0]["target"], SHEET, runs[0]["version"], **handed_in(judge_of_b)
    )
    assert receipt["code"] == "field_of_another"
