"""A division of matches in the demo competition, drawn on field A, and ways to play it."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from app.matches.match import Match
from app.matches.state import Matches
from app.pipeline import Pipeline
from tests.app.conftest import Send

DIVISION = "c/demo/division/sumo"
WHY = {"reason": "the referee saw it"}
Shape = dict[str, Any]


def set_up(send: Send, teams: int, discipline: str = "sumo-mini", draw: bool = True) -> None:
    """The division ``sumo`` with so many teams, drawn in the order of their numbers."""
    names = {"kk": "Сумо", "ru": "Сумо", "en": "Sumo"}
    division = {"code": "sumo", "name": names, "discipline": discipline}
    assert send("organiser", "AddDivision", "c/demo", division)["status"] == "accepted"
    rows = [
        {"division": "sumo", "team": f"Тәжік {at}", "organisation": "№ 1 мектеп", "members": []}
        for at in range(1, teams + 1)
    ]
    assert send("organiser", "ImportEntries", "c/demo", {"rows": rows})["status"] == "accepted"
    if draw:
        drawn = send("organiser", "DrawMatches", DIVISION, {"fields": ["A"], "seeding": "numbers"})
        assert drawn["status"] == "accepted", drawn


def contest(client: FlaskClient) -> Shape:
    """The division's matches as the public sees them."""
    data: Shape = client.get("/api/v1/live/c/demo/division/sumo/matches").get_json()["data"]
    return data


def standings(client: FlaskClient) -> list[tuple[int | None, str]]:
    """``(rank, team)`` of the division, best first."""
    data = client.get("/api/v1/live/c/demo/division/sumo/standings").get_json()["data"]
    return [(row["rank"], row["entry"]["team"]) for row in data["rows"]]


def waiting(pipeline: Pipeline) -> list[Match]:
    """The matches that can be played now, in the order of field A."""
    state = pipeline.state("c/demo")
    assert state is not None
    return list(state[Matches].waiting("A"))


def won(match: Match, winner: str) -> Shape:
    """The bouts of a match won two to nothing."""
    assert winner in match.sides
    return {"bouts": [{"winner": winner}, {"winner": winner}]}


def enter(send: Send, match: Match, winner: str) -> Shape:
    receipt = send("judge", "EnterMatch", target(match), won(match, winner), match.version)
    assert receipt["status"] == "accepted", receipt
    return receipt


def target(match: Match) -> str:
    return f"c/demo/match/{match.id}"


def play_groups(send: Send, pipeline: Pipeline) -> None:
    """Play the group so that the lower number always wins: four go on to the playoff."""
    while waiting(pipeline) and waiting(pipeline)[0].pairing.phase == "groups":
        match = waiting(pipeline)[0]
        enter(send, match, first_of(pipeline, match))


def first_of(pipeline: Pipeline, match: Match) -> str:
    state = pipeline.state("c/demo")
    assert state is not None
    contest = state[Matches].contest("sumo")
    assert contest is not None
    return min(match.sides, key=contest.entries.index)
