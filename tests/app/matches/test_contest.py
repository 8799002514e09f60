"""A contest of matches from the draw to official results: groups, playoff, bronze match, standings."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from app.competitions.state import Setup
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


def test_groups_then_playoff_then_official(client: FlaskClient, send: Send, pipeline: Pipeline) -> None:
    set_up(send, 5)
    assert len(waiting(pipeline)) == 10
    play_groups(send, pipeline)
    assert standings(client)[:2] == [(1, "Тәжік 1"), (2, "Тәжік 2")]
    semifinals = waiting(pipeline)
    assert [match.pairing.slot for match in semifinals] == ["U1.1", "U1.2"]
    shown = contest(client)
    assert [phase["id"] for phase in shown["phases"]] == ["groups", "playoff"]
    final = next(slot for slot in shown["phases"][1]["bracket"] if slot["part"] == "final")
    assert [side["entry"] for side in final["sides"]] == [None, None]
    for match in semifinals:
        enter(send, match, first_of(pipeline, match))
    assert {match.pairing.part for match in waiting(pipeline)} == {"bronze", "final"}
    early = send("organiser", "PublishResults", DIVISION, WITHOUT_WAITING)
    assert (early["code"], early["facts"]["count"]) == ("matches_undecided", 2)
    for match in waiting(pipeline):
        enter(send, match, max(match.sides, key=lambda side: side != first_of(pipeline, match)))
    assert standings(client) == [
        (1, "Тәжік 2"),
        (2, "Тәжік 1"),
        (3, "Тәжік 4"),
        (4, "Тәжік 3"),
        (5, "Тәжік 5"),
    ]
    assert contest(client)["phases"][1]["champion"]["team"] == "Тәжік 2"
    assert send("organiser", "PublishResults", DIVISION, WITHOUT_WAITING)["status"] == "accepted"
    assert {match["status"] for match in contest(client)["matches"]} == {"OFFICIAL"}
    state = pipeline.state("c/demo")
    assert state is not None
    assert state[Standings].of("sumo") == ranked_anew(state, state[Setup].divisions["sumo"])


def test_a_match_is_entered_once_and_only_when_its_rules_decide_it(send: Send, pipeline: Pipeline) -> None:
    set_up(send, 3)
    match = waiting(pipeline)[0]
    left, right = match.sides
    half = {"bouts": [{"winner": left}]}
    assert send("judge", "EnterMatch", target(match), half, match.version)["code"] == "match_undecided"
    long = {"bouts": [{"winner": left}, {"winner": left}, {"winner": right}]}
    refused = send("judge", "EnterMatch", target(match), long, match.version)
    assert (refused["code"], refused["errors"][0]["field"]) == ("bout_after_end", "bouts.2")
    strange = {"bouts": [{"winner": "nobody"}]}
    assert send("judge", "EnterMatch", target(match), strange, match.version)["code"] == "bouts_invalid"
    assert (
        send("judge:B", "EnterMatch", target(match), won(match, left), match.version)["code"]
        == "field_of_another"
    )
    version = match.version
    by_warnings = {"bouts": [{"warnings": {right: 2}}, {"timed_out": True}, {"false_starts": {right: 2}}]}
    assert send("judge", "EnterMatch", target(match), by_warnings, version)["status"] == "accepted"
    again = send("judge", "EnterMatch", target(match), won(match, right), version)
    assert (again["status"], again["code"]) == ("conflict", "version_stale")
    late = send("judge", "EnterMatch", target(match), won(match, right), match.version)
    assert late["code"] == "match_confirmed"


def test_bouts_are_shown_while_they_are_fought(client: FlaskClient, send: Send, pipeline: Pipeline) -> None:
    set_up(send, 3)
    match = waiting(pipeline)[0]
    left, right = match.sides
    bouts = {"bouts": [{"winner": left}, {"warnings": {right: 1}}]}
    assert send("judge", "ShowBouts", target(match), bouts)["code"] == "match_not_on_field"
    assert send("judge", "OpenMatch", target(match))["status"] == "accepted"
    clock = {"started_at_utc": "2026-05-01T10:00:00.000Z", "elapsed_s": 0}
    assert send("judge", "ShowBouts", target(match), bouts | {"clock": clock})["status"] == "accepted"
    field = client.get("/api/v1/live/c/demo/field/A").get_json()["data"]
    assert (field["match"]["score"], field["match"]["outcome"]) == ([1, 0], "open")
    assert field["match"]["clock"]["started_at_utc"] == clock["started_at_utc"]
    assert field["division"]["code"] == "sumo"
    other = waiting(pipeline)[0]
    assert send("judge", "OpenMatch", target(other))["code"] == "field_busy"
    enter(send, match, left)
    field = client.get("/api/v1/live/c/demo/field/A").get_json()["data"]
    assert (field["match"], field["last_match"]["winner"]) == (None, left)


def test_a_run_and_a_match_share_a_field_one_at_a_time(
    client: FlaskClient, send: Send, pipeline: Pipeline, runs: list[dict[str, Any]]
) -> None:
    set_up(send, 3)
    match = waiting(pipeline)[0]
    send("judge", "OpenRun", runs[0]["target"])
    send("judge", "OpenMatch", target(match))
    field = client.get("/api/v1/live/c/demo/field/A").get_json()["data"]
    assert (field["run"], field["match"]["id"]) == (None, match.id)
    send("judge", "OpenRun", runs[0]["target"])
    field = client.get("/api/v1/live/c/demo/field/A").get_json()["data"]
    assert (field["run"]["id"], field["match"]) == (runs[0]["id"], None)


def test_the_same_seed_draws_the_same_and_a_draw_is_taken_back_before_the_first_match(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 6, draw=False)
    payload = {"fields": ["A", "B"], "seed": 7}
    assert send("judge", "DrawMatches", DIVISION, payload)["code"] == "not_allowed"
    assert send("organiser", "DrawMatches", DIVISION, payload)["status"] == "accepted"
    first = [[side["team"] for side in match["sides"]] for match in contest(client)["matches"]]
    assert send("organiser", "DrawMatches", DIVISION, payload)["code"] == "matches_drawn"
    assert send("organiser", "DiscardMatches", DIVISION, WHY)["status"] == "accepted"
    assert contest(client)["drawn"] is False
    assert waiting(pipeline) == []
    assert send("organiser", "DrawMatches", DIVISION, payload)["status"] == "accepted"
    assert [[side["team"] for side in match["sides"]] for match in contest(client)["matches"]] == first
    enter(send, waiting(pipeline)[0], waiting(pipeline)[0].sides[0])
    assert send("organiser", "DiscardMatches", DIVISION, WHY)["code"] == "matches_begun"
    numbers = send("organiser", "SetNumbers", DIVISION, {"numbers": {"groups": 2}})
    assert numbers["code"] == "matches_drawn"


def test_matches_are_not_drawn_where_there_are_none(send: Send) -> None:
    receipt = send("organiser", "DrawMatches", "c/demo/division/line", {"fields": ["A"]})
    assert receipt["code"] == "division_without_matches"
    set_up(send, 1, draw=False)
    alone = send("organiser", "DrawMatches", DIVISION, {"fields": ["A"]})
    assert alone["code"] == "entries_too_few"
    nowhere = send("organiser", "DrawMatches", DIVISION, {"fields": ["Z"]})
    assert nowhere["code"] == "field_unknown"
    by_lots = send("organiser", "DrawMatches", DIVISION, {"fields": ["A"], "seeding": "lots"})
    assert by_lots["code"] in ("lots_missing", "entries_too_few")


def test_everybody_reads_the_matches_before_any_script(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    page = "/c/demo/division/sumo/matches"
    assert client.get(page).status_code == 404
    assert client.get("/c/demo/division/line/matches").status_code == 404
    set_up(send, 3, draw=False)
    assert 'class="empty"' in client.get(page, headers={"Accept-Language": "ru"}).text
    send("organiser", "DrawMatches", DIVISION, {"fields": ["A"], "seeding": "numbers"})
    enter(send, waiting(pipeline)[0], waiting(pipeline)[0].sides[0])
    for language in ("kk", "ru", "en"):
        read = client.get(page, query_string={"lang": language}).text
        assert read.count('class="mb-3"') == 3
        assert "2 : 0" in read


def test_a_frozen_division_tells_nothing_of_its_matches(
    client: FlaskClient, send: Send, pipeline: Pipeline, bearer: Any
) -> None:
    set_up(send, 4)
    play_groups(send, pipeline)
    assert len(waiting(pipeline)) == 2
    assert send("organiser", "FreezeStandings", DIVISION, {})["status"] == "accepted"
    addresses = [
        "c/demo/division/sumo/matches",
        "c/demo/division/sumo/standings",
        "c/demo/field/A",
        "c/demo/field/A/queue",
        "c/demo/schedule",
    ]

    def told() -> list[Any]:
        return [client.get(f"/api/v1/live/{address}").get_json() for address in addresses]

    def facts(snapshots: list[Any]) -> list[Any]:
        return [{"version": one["version"], "data": one["data"]} for one in snapshots]

    before = facts(told())
    for match in waiting(pipeline):
        enter(send, match, match.sides[1])
    assert facts(told()) == before
    judged = client.get("/api/v1/live/c/demo/field/A/judging", headers=bearer("referee")).get_json()["data"]
    assert {match["part"] for match in judged["matches"]} >= {"final", "bronze"}
    send("organiser", "UnfreezeStandings", DIVISION, {})
    assert {match["part"] for match in contest(client)["matches"]} >= {"final", "bronze"}


def test_a_match_of_goals_is_scored_by_its_sheet(client: FlaskClient, send: Send, pipeline: Pipeline) -> None:
    set_up(send, 3, "football-3x3")
    match = waiting(pipeline)[0]
    left, right = match.sides
    send("judge", "OpenMatch", target(match))
    begun = send(
        "judge", "ShowBouts", target(match), {"bouts": [{"sheet": {"goals_left": 2}, "points": {left: 2}}]}
    )
    assert begun["status"] == "accepted"
    field = client.get("/api/v1/live/c/demo/field/A").get_json()["data"]
    assert field["match"]["score"] == [2, 0]
    half = send(
        "judge", "EnterMatch", target(match), {"bouts": [{"sheet": {"goals_left": 2}}]}, match.version
    )
    assert [error["field"] for error in half["errors"]] == ["bouts.0.sheet.goals_right"]
    bare = send("judge", "EnterMatch", target(match), {"bouts": [{"points": {left: 9}}]}, match.version)
    assert bare["code"] == "bouts_invalid"
    drawn = {"bouts": [{"sheet": {"goals_left": 1, "goals_right": 1}}]}
    assert send("judge", "EnterMatch", target(match), drawn, match.version)["status"] == "accepted"
    rows = client.get("/api/v1/live/c/demo/division/sumo/standings").get_json()["data"]["rows"]
    points = {row["entry"]["id"]: row["values"]["match_points"] for row in rows}
    assert (points[left], points[right]) == (1.0, 1.0)
    assert (
        send("judge", "EnterMatch", target(waiting(pipeline)[0]), {"bouts": [{"sheet": None}]}, 0)["status"]
        != "accepted"
    )
