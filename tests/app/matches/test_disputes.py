"""A match's result that comes too late and says otherwise: kept, barring publication until it is settled."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from app.matches.match import Match
from app.pipeline import Pipeline
from app.runs.disputes import Dispute, Disputes
from tests.app.conftest import Send
from tests.app.desk.desking import Desk

from .contesting import DIVISION, WHY, enter, first_of, play_groups, set_up, target, waiting, won


def disputes(pipeline: Pipeline, match: Match) -> list[Dispute]:
    state = pipeline.state("c/demo")
    assert state is not None
    return state[Disputes].open_of(match.id)


def test_it_bars_publication_until_the_referee_rules(
    client: FlaskClient, bearer: Any, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 3)
    match = waiting(pipeline)[0]
    version, winner = match.version, first_of(pipeline, match)
    other = next(side for side in match.sides if side != winner)
    enter(send, match, winner)
    equal = send("referee", "EnterMatch", target(match), won(match, winner), version)
    assert (equal["status"], disputes(pipeline, match)) == ("conflict", [])
    late = send("referee", "EnterMatch", target(match), won(match, other), version)
    assert late["status"] == "conflict"
    (kept,) = disputes(pipeline, match)
    assert (kept.id, kept.data["winner"]) == (late["id"], other)
    field = f"/api/v1/live/c/demo/field/{match.field}"
    told = client.get(f"{field}/judging", headers=bearer("judge")).get_json()["data"]["matches"]
    shown = next(one for one in told if one["id"] == match.id)
    assert [one["id"] for one in shown["disputes"]] == [late["id"]]
    assert "disputes" not in client.get(f"{field}/queue").get_json()["data"]["matches"][0]
    play_groups(send, pipeline)
    while waiting(pipeline):
        enter(send, waiting(pipeline)[0], first_of(pipeline, waiting(pipeline)[0]))
    early = {"early": "every team has signed"}
    assert send("organiser", "PublishResults", DIVISION, early)["code"] == "matches_disputed"
    referee = Desk(client, bearer("referee"))
    assert 'data-code="match_disputed"' in referee.get("/desk/c/demo/now")
    page = f"/desk/c/demo/match/{match.id}"
    assert 'data-testid="dispute"' in referee.get(page)
    shown = referee.post(page, f"{page}/dispute/{late['id']}", WHY | {"ruling": "stands"})
    assert 'data-testid="dispute"' not in shown
    assert "the result stands against the other one" in shown
    assert send("organiser", "PublishResults", DIVISION, early)["status"] == "accepted"


def test_its_judge_lets_it_go_or_corrects_by_it(send: Send, pipeline: Pipeline) -> None:
    set_up(send, 3)
    match = waiting(pipeline)[0]
    version, winner = match.version, first_of(pipeline, match)
    other = next(side for side in match.sides if side != winner)
    assert send("referee", "EnterMatch", target(match), won(match, winner), version)["status"] == "accepted"
    late = [send("judge", "EnterMatch", target(match), won(match, other), version) for _ in range(2)]
    settle = {"disputes": [late[0]["id"]]}
    assert send("judge", "SettleDisputes", target(match), settle)["status"] == "accepted"
    assert [one.id for one in disputes(pipeline, match)] == [late[1]["id"]]
    mine = won(match, other) | WHY | {"settles": [late[1]["id"]]}
    assert send("judge", "CorrectMatch", target(match), mine, match.version)["status"] == "accepted"
    assert disputes(pipeline, match) == []


def test_a_walkover_that_comes_too_late_is_kept_as_a_result_is(
    client: FlaskClient, bearer: Any, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 3)
    match = waiting(pipeline)[0]
    version, winner = match.version, first_of(pipeline, match)
    other = next(side for side in match.sides if side != winner)
    enter(send, match, winner)
    given = {"winner": other} | WHY
    late = send("judge", "GiveWalkover", target(match), given, version)
    (kept,) = disputes(pipeline, match)
    assert (late["status"], kept.id, kept.data["winner"]) == ("conflict", late["id"], other)
    referee = Desk(client, bearer("referee"))
    page = f"/desk/c/demo/match/{match.id}"
    assert "walkover" in referee.get(page)
    shown = referee.post(
        page, f"{page}/dispute/{late['id']}", WHY | {"ruling": "holds", "version": str(match.version)}
    )
    assert 'data-testid="dispute"' not in shown
    assert match.outcome is not None
    assert (match.outcome.walkover, match.winner) == (True, other)
    # The same again is no dispute; a result that was played is one against the walkover, until it is let go.
    send("judge", "GiveWalkover", target(match), given, version)
    assert disputes(pipeline, match) == []
    played = send("judge", "EnterMatch", target(match), won(match, winner), version)
    assert [one.id for one in disputes(pipeline, match)] == [played["id"]]
    send("judge", "GiveWalkover", target(match), {"winner": None} | WHY, version)
    both = send("judge", "GiveWalkover", target(match), {"winner": None} | WHY, match.version)
    assert both["status"] == "accepted"
    assert [one.id for one in disputes(pipeline, match)] == [played["id"]], "what the result says now is moot"
