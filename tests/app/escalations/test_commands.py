"""A judge calls the chief judge: who may, when it was, how it is answered, and who hears of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.eventlog.chain import instant, utc_now
from tests.app.accounts.test_handing_in import account
from tests.app.conftest import Send
from tests.app.desk.desking import Desk
from tests.serving import command

Run = dict[str, Any]
FIELD = "c/demo/field/A"


def told(client: FlaskClient, bearer: Any) -> list[dict[str, Any]]:
    answer = client.get("/api/v1/live/c/demo/escalations", headers=bearer("judge"))
    calls: list[dict[str, Any]] = answer.get_json()["data"]["escalations"]
    return calls


def call(send: Send, target: str, reason: str = "rules", **more: Any) -> dict[str, Any]:
    receipt = send("judge", "CallReferee", target, {"reason": reason, **more})
    assert receipt["status"] == "accepted", receipt
    return receipt


def answer(send: Send, role: str, id_: str, answered: str, **more: Any) -> dict[str, Any]:
    return send(role, "AnswerEscalation", f"c/demo/escalation/{id_}", {"answer": answered, **more})


def test_a_call_is_answered_step_by_step(
    client: FlaskClient, bearer: Any, send: Send, runs: list[Run]
) -> None:
    made = call(send, runs[0]["target"], "team", note="they say it was counted twice")
    (one,) = told(client, bearer)
    assert (one["id"], one["state"], one["about"]) == (made["id"], "open", runs[0]["target"])
    assert "counted" not in str(one)
    assert client.get("/api/v1/live/c/demo/escalations").status_code == 401
    assert answer(send, "judge", made["id"], "coming")["code"] == "not_allowed"
    assert answer(send, "referee", made["id"], "settled")["code"] == "outcome_missing"
    assert answer(send, "referee", made["id"], "coming")["status"] == "accepted"
    assert told(client, bearer)[0]["state"] == "coming"
    assert answer(send, "referee", made["id"], "settled", outcome="stands")["status"] == "accepted"
    (one,) = told(client, bearer)
    assert (one["state"], one["outcome"]) == ("settled", "stands")
    assert answer(send, "referee", made["id"], "coming")["code"] == "escalation_settled"
    assert answer(send, "referee", "nothing", "coming")["code"] == "escalation_unknown"


def test_what_is_written_is_told_to_its_judge_and_the_chief_judge_alone(
    client: FlaskClient, bearer: Any, send: Send, runs: list[Run], access: dict[str, Any]
) -> None:
    made = call(send, runs[0]["target"], "team", note="they say it was counted twice")
    answer(send, "referee", made["id"], "settled", outcome="stands", note="once, as the film shows")
    assert "film" not in str(told(client, bearer))
    said = {made["id"]: {"note": "they say it was counted twice", "answer": "once, as the film shows"}}
    judge, other = (account(access, "judge", field) for field in "AB")
    assert written(client, bearer, "judge:A", judge) == said
    assert written(client, bearer, "referee", "all") == said
    assert written(client, bearer, "referee", other) == {}
    shared = client.get("/api/v1/live/c/demo/field/A/judging", headers=bearer("judge:A")).text
    assert "film" not in shared, "another judge of the field reads it, too"
    public = client.get("/api/v1/live/c/demo/field/A/queue").get_json()["data"]
    assert "film" not in str(public)
    page = client.get(f"/desk/c/demo/run/{runs[0]['id']}", headers=bearer("referee")).text
    assert "once, as the film shows" in page
    gone = send("organiser", "TakeDownEntry", "c/demo", {"entry": runs[0]["entry"]["id"]})
    assert gone["status"] == "accepted", gone
    assert written(client, bearer, "judge:A", judge) == {}


def written(client: FlaskClient, bearer: Any, role: str, whose: str) -> dict[str, Any]:
    """What is told of an account's written calls on field A to somebody."""
    path = f"/api/v1/live/c/demo/field/A/judging/{whose}"
    calls: dict[str, Any] = client.get(path, headers=bearer(role)).get_json()["data"]["calls"]
    return calls


def test_whoever_called_takes_it_back_and_nobody_else(client: FlaskClient, bearer: Any, send: Send) -> None:
    made = call(send, FIELD)
    assert answer(send, "referee", made["id"], "taken_back")["code"] == "escalation_of_another"
    assert answer(send, "judge", made["id"], "taken_back")["status"] == "accepted"
    assert told(client, bearer)[0]["state"] == "taken_back"


def test_it_is_of_the_judges_own_field(send: Send, runs: list[Run]) -> None:
    reason = {"reason": "rules"}
    assert send("judge:B", "CallReferee", runs[0]["target"], reason)["code"] == "field_of_another"
    assert send("judge:B", "CallReferee", FIELD, reason)["code"] == "field_of_another"
    assert send("referee", "CallReferee", "c/demo/field/Z", reason)["code"] == "field_unknown"
    assert send("judge", "CallReferee", FIELD, {"reason": "bored"})["code"] == "payload_invalid"


@pytest.mark.parametrize(
    ("ago", "is_believed"),
    [(timedelta(minutes=9), True), (timedelta(hours=13), False), (timedelta(minutes=-5), False)],
)
def test_a_call_made_offline_keeps_the_time_of_its_tap_where_that_can_be(
    client: FlaskClient, bearer: Any, send: Send, ago: timedelta, is_believed: bool
) -> None:
    tapped = instant(utc_now() - ago)
    call(send, FIELD, tap={"at_utc": tapped, "uncertainty_ms": 20})
    (one,) = told(client, bearer)
    assert (one["at_utc"] == tapped) is is_believed


def test_sent_again_it_is_one_call(client: FlaskClient, bearer: Any) -> None:
    body = {"commands": [command("CallReferee", FIELD, {"reason": "safety"})]}
    for _ in range(2):
        client.post("/api/v1/commands", json=body, headers=bearer("judge"))
    assert len(told(client, bearer)) == 1


def test_the_desk_shows_it_before_all_else_and_its_referee_answers(
    client: FlaskClient, bearer: Any, send: Send, runs: list[Run]
) -> None:
    referee = Desk(client, bearer("referee"))
    sheets = "/desk/c/demo/sheets"
    assert 'data-testid="escalation"' not in referee.get(sheets)
    made = call(send, runs[0]["target"], "team", note="counted twice")
    now = referee.get("/desk/c/demo/now")
    assert now.index('data-code="referee_called"') == now.index("data-code=")
    shown = referee.get(sheets)
    assert "counted twice" in shown
    assert 'data-testid="escalation" data-state="open"' in shown
    shown = referee.post(sheets, f"/desk/c/demo/escalation/{made['id']}/coming", {})
    assert 'data-testid="escalation" data-state="coming"' in shown
    done = {"outcome": "explained", "note": "rule 4.2 was read to them"}
    shown = referee.post(sheets, f"/desk/c/demo/escalation/{made['id']}/settled", done)
    assert 'data-testid="escalation"' not in shown
    history = referee.get(f"/desk/c/demo/run/{runs[0]['id']}")
    for words in ("the chief judge called", "counted twice", "rule 4.2 was read to them"):
        assert words in history


def test_the_list_of_calls_is_sent_anew_only_where_one_changed(
    client: FlaskClient, bearer: Any, send: Send, runs: list[Run]
) -> None:
    referee = Desk(client, bearer("referee"))
    call(send, FIELD)
    shown = referee.get("/desk/c/demo/escalations")
    seq = shown.split("escalations?seq=")[1].split('"')[0]
    send("judge", "OpenRun", runs[0]["target"])
    assert referee.get(f"/desk/c/demo/escalations?seq={seq}", 204) == ""
    call(send, FIELD, "safety")
    assert shown != referee.get(f"/desk/c/demo/escalations?seq={seq}")


def test_a_sheet_with_a_note_is_marked(client: FlaskClient, bearer: Any, send: Send, runs: list[Run]) -> None:
    referee = Desk(client, bearer("referee"))
    for run, note in zip(runs, (None, "the robot fell over"), strict=False):
        sheet = {"sheet": {"time": 20.0}, "note": note}
        assert send("judge", "EnterScore", run["target"], sheet, run["version"])["status"] == "accepted"
    assert referee.get("/desk/c/demo/sheets/table").count('data-testid="noted"') == 1
