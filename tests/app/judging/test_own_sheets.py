"""Marks and remarks stay with the judge who gave them: nothing another judge can ask for tells them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.access import PUBLIC, declared
from app.extensions import socketio
from app.live.snapshots import KINDS, Topic
from tests.app.ceremony.test_leaks import combinations
from tests.app.conftest import WITHOUT_WAITING, Send
from tests.serving import command

from .conftest import DIVISION, Bearer, Enter

MARKS = {"content": 9, "outcome": 4, "system": 3}
REMARK = "Тақырып ашылмаған"
SHEET = MARKS | {"content_note": REMARK}
"""Nobody else has the remark: wherever it turns up, it leaked."""
ROOM = "c/demo/field/P/judging"

Holder = Callable[[str], dict[str, str]]


@pytest.fixture
def holder(access: dict[str, Any]) -> Holder:
    """The header of an account by its id."""
    token = {one["account"]: one["token"] for one in access["accounts"]}
    return lambda account: {"Authorization": f"Bearer {token[account]}"}


@pytest.fixture
def marked(panel: list[dict[str, Any]], judges: list[str], enter: Enter) -> dict[str, Any]:
    """The first judge's first sheet, handed in with a remark."""
    run = next(one for one in panel if one["judge"] == judges[0])
    receipt = enter(run, SHEET)
    assert receipt["status"] == "accepted", receipt
    return run


def test_a_judge_sees_their_own_sheets_and_the_chief_judge_all(
    client: FlaskClient, marked: dict[str, Any], judges: list[str], holder: Holder
) -> None:
    def sheets(of: str, asker: str) -> list[dict[str, Any]]:
        runs: list[dict[str, Any]] = client.get(
            f"/api/v1/live/{ROOM}/{of}", headers=holder(asker)
        ).get_json()["data"]["runs"]
        return runs

    own = sheets(judges[0], judges[0])
    assert {one["judge"] for one in own} == {judges[0]}
    assert len(own) == 4
    [seen] = [one for one in own if one["id"] == marked["id"]]
    assert (seen["result"]["sheet"]["content_note"], seen["rank"]) == (REMARK, None)
    assert {one["judge"] for one in sheets(judges[1], judges[1])} == {judges[1]}
    assert {one["judge"] for one in sheets("all", judges[2])} == set(judges)
    assert sheets(judges[0], judges[2])[0]["judge"] == judges[0]
    hall = client.get(f"/api/v1/live/{ROOM}", headers=holder(judges[2])).get_json()["data"]
    assert hall["runs"] == []


@pytest.mark.parametrize(
    ("topic", "judge", "code"),
    [
        (f"{ROOM}/all", 0, "not_allowed"),
        (f"{ROOM}/{{other}}", 0, "not_allowed"),
        ("c/demo/field/B/judging", 0, "not_allowed"),
        ("c/demo/field/A/judging", 0, None),
        (ROOM, 0, None),
        (f"{ROOM}/nobody", 2, "topic_unknown"),
        ("c/demo/field/Z/judging/all", 2, "topic_unknown"),
    ],
)
def test_a_judge_may_follow_their_fields_and_rooms(
    app: Flask,
    client: FlaskClient,
    panel: Any,
    judges: list[str],
    holder: Holder,
    topic: str,
    judge: int,
    code: str | None,
) -> None:
    """The same by a request and by a socket. The first judge is field A's and sits in room P."""
    name, headers = topic.format(other=judges[1]), holder(judges[judge])
    status = {None: 200, "not_allowed": 403, "topic_unknown": 404}[code]
    assert client.get(f"/api/v1/live/{name}", headers=headers).status_code == status
    listener = socketio.test_client(app, namespace="/live", headers=headers)
    answer = listener.emit("join", {"topics": [name]}, namespace="/live", callback=True)
    assert answer["refused"] == ({name: code} if code else {})


def test_a_judge_of_no_room_may_not_follow_it(
    client: FlaskClient, access: dict[str, Any], panel: Any
) -> None:
    third = [one for one in access["accounts"] if one["role"] == "judge"][2]
    headers = {"Authorization": f"Bearer {third['token']}"}
    assert client.get(f"/api/v1/live/{ROOM}", headers=headers).status_code == 403


def test_one_own_confirmed_marks_can_be_corrected(
    client: FlaskClient, marked: dict[str, Any], judges: list[str], holder: Holder
) -> None:
    address = f"/api/v1/live/{ROOM}/{judges[0]}"
    before = client.get(address, headers=holder(judges[0])).get_json()
    [seen] = [one for one in before["data"]["runs"] if one["id"] == marked["id"]]
    payload = {"sheet": SHEET | {"outcome": 6}, "mark": None, "reason": "I misread my notes"}
    body = {"commands": [command("CorrectScore", seen["target"], payload, seen["version"])]}
    answer = client.post("/api/v1/commands", json=body, headers=holder(judges[0]))
    assert answer.get_json()["receipts"][0]["status"] == "accepted"
    after = client.get(address, headers=holder(judges[0])).get_json()
    assert after["version"] > before["version"]
    [seen] = [one for one in after["data"]["runs"] if one["id"] == marked["id"]]
    assert (seen["result"]["sheet"]["outcome"], seen["result"]["corrected"]) == (6, True)


def test_a_stale_command_about_anothers_sheet_is_not_told_what_it_says(
    client: FlaskClient, marked: dict[str, Any], judges: list[str], holder: Holder
) -> None:
    for type_ in ("EnterScore", "CorrectScore"):
        payload = {"sheet": MARKS, "mark": None} | ({"reason": "why"} if type_ == "CorrectScore" else {})
        body = {"commands": [command(type_, marked["target"], payload, 0)]}
        answer = client.post("/api/v1/commands", json=body, headers=holder(judges[1]))
        receipt = answer.get_json()["receipts"][0]
        assert (receipt["status"], receipt["changed"]) == ("refused", [])
        assert REMARK not in str(answer.get_json())


def test_a_sheet_that_is_given_away_changes_hands(
    send: Send, client: FlaskClient, access: dict[str, Any], panel: Any, judges: list[str], holder: Holder
) -> None:
    def open_of(judge: str) -> int:
        answer = client.get(f"/api/v1/live/{ROOM}/{judge}", headers=holder(judge))
        return len(answer.get_json()["data"]["runs"])

    assert [open_of(judge) for judge in judges] == [4, 4, 4]
    fourth = next(
        a["account"] for a in access["accounts"] if a["role"] == "judge" and a["account"] not in judges
    )
    receipt = send("referee", "GiveSheets", DIVISION, {"judge": judges[0], "to": fourth})
    assert receipt["status"] == "accepted", receipt
    assert [open_of(judge) for judge in (judges[0], fourth)] == [0, 4]


def test_the_public_standings_tell_no_single_sheet_before_they_are_official(
    send: Send, client: FlaskClient, panel: list[dict[str, Any]], enter: Enter
) -> None:
    def attempts() -> list[dict[str, Any]]:
        rows = client.get(f"/api/v1/live/{DIVISION}/standings").get_json()["data"]["rows"]
        return [attempt for row in rows for attempt in row["attempts"]]

    for run in panel:
        assert enter(run, SHEET)["status"] == "accepted"
    assert {(one["status"], one["values"]) for one in attempts()} == {("UNOFFICIAL", None)}
    assert send("organiser", "PublishResults", DIVISION, WITHOUT_WAITING)["status"] == "accepted"
    assert {one["values"]["total"] for one in attempts()} == {16}


@pytest.mark.parametrize("asker", ["of the panel", "of another field"])
def test_nothing_a_judge_can_ask_for_tells_anothers_marks(
    app: Flask, bearer: Bearer, marked: dict[str, Any], judges: list[str], holder: Holder, asker: str
) -> None:
    headers = holder(judges[1]) if asker == "of the panel" else bearer("judge:R")
    told = dict(everything_told(app, headers, judges, marked))
    assert len(told) > 60, "what a judge may ask for was not found"
    for address, body in told.items():
        assert REMARK not in body, address
        assert marked["id"] not in body, address


def everything_told(
    app: Flask, headers: dict[str, str], judges: list[str], run: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    """Each address and topic that might tell something, with what it answers to one judge."""
    client = app.test_client()
    names = [f"c/demo/field/{code}/judging/{whose}" for code in "PA" for whose in (*judges, "all")]
    for pattern in ("c/demo/{}", "c/demo/field/P/{}", "c/demo/division/research/{}", "c/demo/field/P"):
        names += [name for kind in KINDS if Topic.parse(name := pattern.format(kind))]
    paths = {f"/api/v1/live/{name}" for name in names}
    known = {"slug": "demo", "code": "research", "entry": run["entry"]["id"]}
    address = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        allowed = declared(app.view_functions[rule.endpoint])
        if "GET" in (rule.methods or ()) and (allowed == PUBLIC or "judge" in allowed):
            for values in combinations(rule.arguments):
                named = {name: known.get(name, value) for name, value in values.items()}
                paths |= {address.build(rule.endpoint, values), address.build(rule.endpoint, named)}
    for path in sorted(paths):
        # JSON as it is read, not as it is written: with its letters, whatever their escapes.
        answer = client.get(path, headers=headers)
        yield path, str(answer.get_json()) if answer.is_json else answer.get_data(as_text=True)
    listener = socketio.test_client(app, namespace="/live", headers=headers)
    for at in range(0, len(names), 40):
        joined = listener.emit("join", {"topics": names[at : at + 40]}, namespace="/live", callback=True)
        yield f"socket: join {at}", str(joined)
