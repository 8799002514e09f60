"""A division of alliances in the demo competition, its qualification played, and ways to go through the selection."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from app.alliances.state import Alliances, Choosing
from app.matches.match import Match
from app.matches.state import Matches
from app.pipeline import Pipeline
from tests.app.conftest import Send
from tests.app.matches.contesting import DIVISION, set_up, target, waiting

TARGET = "c/demo/alliances/sumo"
Shape = dict[str, Any]


def qualified(send: Send, pipeline: Pipeline, teams: int = 12, lots: bool = True) -> None:
    """The division ``sumo`` of an alliance tournament whose qualification is over: one round, then lots."""
    set_up(send, teams, "alliance-tournament", draw=False)
    numbers = {"numbers": {"rounds": 1}}
    assert send("organiser", "SetNumbers", DIVISION, numbers)["status"] == "accepted"
    drawn = send("organiser", "DrawMatches", DIVISION, {"fields": ["A"], "seeding": "numbers"})
    assert drawn["status"] == "accepted", drawn
    for match in waiting(pipeline):
        enter(send, match, match.sides[0])
    if lots:
        assert send("organiser", "DrawLots", DIVISION, {"seed": 5})["status"] == "accepted"


def enter(send: Send, match: Match, winner: str) -> Shape:
    """Confirm a match of scores for one side."""
    left, right = (20, 10) if winner == match.sides[0] else (10, 20)
    bouts = {"bouts": [{"sheet": {"points_left": left, "points_right": right}}]}
    receipt: Shape = send("judge", "EnterMatch", target(match), bouts, match.version)
    assert receipt["status"] == "accepted", receipt
    return receipt


def choosing(pipeline: Pipeline) -> Choosing | None:
    state = pipeline.state("c/demo")
    assert state is not None
    return state[Alliances].of("sumo")


def give(
    send: Send, pipeline: Pipeline, type_: str, payload: Shape | None = None, who: str = "organiser"
) -> Shape:
    """A command of the selection, against the version it has now."""
    now = choosing(pipeline)
    receipt: Shape = send(who, type_, TARGET, payload or {}, now.version if now else 0)
    return receipt


def accepted(send: Send, pipeline: Pipeline, type_: str, payload: Shape | None = None) -> None:
    receipt = give(send, pipeline, type_, payload)
    assert receipt["status"] == "accepted", receipt


def pick_all(send: Send, pipeline: Pipeline) -> None:
    """Every captain picks the best there is."""
    while (now := choosing(pipeline)) and now.selection.turn:
        accepted(send, pipeline, "PickPartner", {"entry": now.selection.available[0]})


def formed(send: Send, pipeline: Pipeline, teams: int = 12) -> Choosing:
    """The alliances stand, and their matches are paired."""
    qualified(send, pipeline, teams)
    accepted(send, pipeline, "OpenAllianceSelection")
    pick_all(send, pipeline)
    accepted(send, pipeline, "FormAlliances")
    now = choosing(pipeline)
    assert now is not None
    return now


def ranked(pipeline: Pipeline) -> tuple[str, ...]:
    """Who comes to the selection, best first."""
    state = pipeline.state("c/demo")
    assert state is not None
    contest = state[Matches].contest("sumo")
    assert contest is not None
    if contest.tournament.choice is None:
        return ()
    return contest.tournament.choice.ranked


def told(client: FlaskClient) -> Shape:
    """The selection as everybody sees it."""
    data: Shape = client.get("/api/v1/live/c/demo/division/sumo/alliances").get_json()["data"]
    return data
