"""The queue of matches: exchanged, practised before, who is there for them, and what is lost where nobody came."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient

from app.competitions.state import Setup
from app.entries.state import Entries
from app.pipeline import Pipeline
from app.standings.state import Standings, ranked_anew
from tests.app.conftest import WITHOUT_WAITING, Send

from .contesting import (
    DIVISION,
    WHY,
    contest,
    enter,
    first_of,
    play_groups,
    set_up,
    standings,
    target,
    waiting,
    won,
)

Bearer = Callable[[str], dict[str, str]]
Shape = dict[str, Any]


def judging(client: FlaskClient, bearer: Bearer) -> list[Shape]:
    """The matches of field A as its judge's tablet is told of them."""
    data = client.get("/api/v1/live/c/demo/field/A/judging", headers=bearer("judge:A")).get_json()["data"]
    matches: list[Shape] = data["matches"]
    return matches


def test_two_waiting_matches_change_places(
    client: FlaskClient, bearer: Bearer, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 4)
    first, second, third = waiting(pipeline)[:3]
    swap = {"other": third.id, "reason": "the team is late"}
    assert send("judge:B", "SwapMatches", target(first), swap)["code"] == "field_of_another"
    for other in (first.id, "nobody"):
        assert (
            send("judge", "SwapMatches", target(first), swap | {"other": other})["code"] == "match_not_there"
        )
    assert send("judge", "SwapMatches", target(first), swap)["status"] == "accepted"
    assert waiting(pipeline)[:3] == [third, second, first]
    assert [one["id"] for one in judging(client, bearer)[:3]] == [third.id, second.id, first.id]
    shown = client.get("/api/v1/live/c/demo/field/A").get_json()["data"]["next_matches"]
    assert shown[0]["id"] == third.id
    send("judge", "OpenMatch", target(third))
    assert send("judge", "SwapMatches", target(second), swap)["code"] == "match_begun"
    assert first.sides == tuple(
        one["id"]
        for one in next(shape for shape in judging(client, bearer) if shape["id"] == first.id)["sides"]
    )


def test_judges_are_told_whether_both_sides_are_there_and_passed(
    client: FlaskClient, bearer: Bearer, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 2)
    match = waiting(pipeline)[0]
    left, right = match.sides
    nothing = {"checked_in": None, "inspection": None}
    assert judging(client, bearer)[0]["arrivals"] == [nothing, nothing]
    assert send("organiser", "CheckIn", f"c/demo/entry/{left}")["status"] == "accepted"
    failed = {"outcome": "failed"}
    assert send("organiser", "RecordInspection", f"c/demo/entry/{right}", failed)["status"] == "accepted"
    assert judging(client, bearer)[0]["arrivals"] == [
        {"checked_in": True, "inspection": "to_do"},
        {"checked_in": False, "inspection": "failed"},
    ]
    public = client.get("/api/v1/live/c/demo/field/A/queue").get_json()["data"]["matches"]
    assert "arrivals" not in public[0]


def test_a_group_match_to_which_neither_came_is_lost_by_both(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 4)
    match = waiting(pipeline)[0]
    nobody = {"winner": None} | WHY
    assert send("judge", "GiveWalkover", target(match), WHY, match.version)["code"] == "payload_invalid"
    assert send("judge", "GiveWalkover", target(match), nobody, match.version)["status"] == "accepted"
    shown = next(one for one in contest(client)["matches"] if one["id"] == match.id)
    assert (shown["is_over"], shown["walkover"], shown["winner"]) == (True, True, None)
    table = {row["entry"]["id"]: row["values"] for row in contest(client)["phases"][0]["tables"][0]}
    for side in match.sides:
        assert (table[side]["match_points"], table[side]["played"]) == (0, 1)
    came = {"winner": match.sides[0]} | WHY
    assert send("judge", "GiveWalkover", target(match), came, match.version)["status"] == "accepted"
    assert match.winner == match.sides[0]
    check_standings(pipeline)


def test_a_semifinal_to_which_neither_came_sends_the_other_winner_through(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 4)
    play_groups(send, pipeline)
    absent, played = waiting(pipeline)
    winner = first_of(pipeline, played)
    enter(send, played, winner)
    nobody = {"winner": None} | WHY
    assert send("judge", "GiveWalkover", target(absent), nobody, absent.version)["status"] == "accepted"
    assert waiting(pipeline) == []
    data = contest(client)
    assert data["is_over"]
    assert data["phases"][1]["champion"]["id"] == winner
    assert [rank for rank, _ in standings(client)] == [1, 2, 3, 3]
    check_standings(pipeline)
    assert send("referee", "ReplayMatch", target(absent), WHY, absent.version)["status"] == "accepted"
    again = waiting(pipeline)[0]
    enter(send, again, first_of(pipeline, again))
    assert {match.pairing.part for match in waiting(pipeline)} == {"final", "bronze"}
    check_standings(pipeline)


def practise(send: Send, sides: list[str], field: str = "A", role: str = "judge") -> Shape:
    receipt: Shape = send(role, "AddPracticeMatch", f"c/demo/field/{field}", {"entries": sides})
    return receipt


def test_a_practice_match_comes_next_and_never_counts(
    client: FlaskClient, bearer: Bearer, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 3)
    before = standings(client)
    first = waiting(pipeline)[0]
    assert practise(send, list(first.sides))["status"] == "accepted"
    practice = waiting(pipeline)[0]
    assert practice.practice
    assert practice.sides == first.sides
    assert judging(client, bearer)[0]["practice"]
    assert send("judge", "OpenMatch", target(practice))["status"] == "accepted"
    bouts = {"bouts": [{"winner": practice.sides[0]}]}
    assert send("judge", "ShowBouts", target(practice), bouts)["status"] == "accepted"
    assert client.get("/api/v1/live/c/demo/field/A").get_json()["data"]["match"]["practice"]
    enter(send, practice, practice.sides[1])
    assert practice.winner == practice.sides[1]
    assert practice.id not in {one["id"] for one in contest(client)["matches"]}
    assert standings(client) == before
    mended = won(practice, practice.sides[0]) | WHY
    assert send("judge", "CorrectMatch", target(practice), mended, practice.version)["status"] == "accepted"
    replay = send("referee", "ReplayMatch", target(practice), WHY, practice.version)
    assert replay["code"] == "match_is_practice"
    protest = {"entry": practice.sides[0], "text": "It was unfair.", "fee_paid": True}
    filed = send("referee", "FileProtest", target(practice), protest)
    assert filed["code"] == "match_is_practice", filed
    check_standings(pipeline)


def test_practice_needs_no_draw_and_holds_nothing_up(
    client: FlaskClient, bearer: Bearer, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 2, draw=False)
    state = pipeline.state("c/demo")
    assert state is not None

    left, right = (entry.id for entry in state[Entries].of("sumo"))
    line = next(entry.id for entry in state[Entries].of("line"))
    assert practise(send, [left, right], role="judge:B")["code"] == "field_of_another"
    assert practise(send, [left, "nobody"])["code"] == "entry_unknown"
    assert practise(send, [left, left])["code"] == "practice_sides_wrong"
    assert practise(send, [left, line])["code"] == "practice_sides_wrong"
    lines = [entry.id for entry in state[Entries].of("line")][:2]
    assert practise(send, lines)["code"] == "division_without_matches"
    assert practise(send, [left, right], field="Q", role="organiser")["code"] == "field_unknown"
    assert practise(send, [left, right])["status"] == "accepted"
    practice = waiting(pipeline)[0]
    enter(send, practice, left)
    drawn = send("organiser", "DrawMatches", DIVISION, {"fields": ["A"], "seeding": "numbers"})
    assert drawn["status"] == "accepted"
    assert practise(send, [right, left])["status"] == "accepted"
    while real := [match for match in waiting(pipeline) if not match.practice]:
        enter(send, real[0], first_of(pipeline, real[0]))
    published = send("organiser", "PublishResults", DIVISION, WITHOUT_WAITING)
    assert published["status"] == "accepted", published


def check_standings(pipeline: Pipeline) -> None:
    """The order mended step by step is the order ranked anew."""
    state = pipeline.state("c/demo")
    assert state is not None
    assert state[Standings].of("sumo") == ranked_anew(state, state[Setup].divisions["sumo"])


def test_a_countdown_is_shown_while_it_runs_and_ends_a_bout(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 2)
    match = waiting(pipeline)[0]
    left, right = match.sides
    send("judge", "OpenMatch", target(match))
    began = "2026-11-29T09:00:00.000Z"
    counting = {"id": "still", "side": left, "started_at_utc": began}
    for wrong in ({"id": "none"}, {"side": None}, {"side": "nobody"}, {"id": "no_progress"}):
        shown = {"bouts": [], "countdowns": [counting | wrong]}
        assert send("judge", "ShowBouts", target(match), shown)["status"] == "refused", wrong
    assert send("judge", "ShowBouts", target(match), {"bouts": [], "countdowns": [counting]})["status"] == (
        "accepted"
    )
    on_field = client.get("/api/v1/live/c/demo/field/A").get_json()["data"]["match"]
    assert on_field["countdowns"] == [
        {
            "id": "still",
            "label": {"kk": "Қозғалмай тұр", "ru": "Не двигается", "en": "Not moving"},
            "seconds": 5,
            "side": left,
            "started_at_utc": began,
        }
    ]
    lost = {"winner": right, "countdown": "still"}
    again = {"countdown": "no_progress"}
    unknown = send("judge", "EnterMatch", target(match), {"bouts": [{"countdown": "none"}]}, match.version)
    assert [error["code"] for error in unknown["errors"]] == ["countdown_unknown"]
    entered = send("judge", "EnterMatch", target(match), {"bouts": [lost, again, lost]}, match.version)
    assert entered["status"] == "accepted", entered
    shape = next(one for one in contest(client)["matches"] if one["id"] == match.id)
    assert [one["by"] for one in shape["taken"]] == ["countdown", "restarted", "countdown"]
    assert (shape["score"], shape["countdowns"]) == ([0, 2], [])
