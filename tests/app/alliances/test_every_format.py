"""Contests that begin with alliances, in other formats: played to the end by commands, folded again from the log."""

from __future__ import annotations

from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient

import app.competitions.commands as competition_commands
from app.alliances.state import Alliances
from app.pipeline import Pipeline
from app.planning.starts import starts_of
from app.states import open_state
from tests.app.conftest import Send
from tests.app.matches.contesting import DIVISION, WHY, contest, set_up, standings, target, waiting, won
from tests.app.matches.test_all_phases import check_rebuilt, with_phases

from .choosing import accepted, choosing, give, told


@pytest.fixture
def begun(
    send: Send, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """The division drawn by the numbers of its entries, under these phases, and its selection begun."""
    teams, phases = request.param
    text = with_phases(phases)
    monkeypatch.setattr(competition_commands, "shipped_text", lambda _discipline: text)
    set_up(send, teams)
    assert waiting(pipeline) == []
    accepted(send, pipeline, "OpenAllianceSelection")


@pytest.mark.parametrize(
    ("begun", "winners"),
    [((26, ["eight_chosen"]), 3), ((7, ["group_chosen", "playoff"]), 2)],
    indirect=["begun"],
    ids=["eight alliances", "a group, then a final"],
)
@pytest.mark.usefixtures("begun")
def test_a_contest_of_alliances_is_played_to_its_end(
    app: Flask, client: FlaskClient, send: Send, pipeline: Pipeline, winners: int
) -> None:
    chance = Random(winners)
    while (now := choosing(pipeline)) and now.selection.turn:
        step = chance.choice(["PickPartner", "PickPartner", "DeclineInvitation", "UndoAllianceStep"])
        payload = {"entry": chance.choice(now.selection.available)}
        if step != "UndoAllianceStep":
            accepted(send, pipeline, step, payload)
        elif now.last_undoable:
            accepted(send, pipeline, step, WHY)
    accepted(send, pipeline, "FormAlliances")
    for _ in range(60):
        open_matches = waiting(pipeline)
        if not open_matches:
            break
        match = chance.choice(open_matches)
        receipt = send(
            "judge", "EnterMatch", target(match), won(match, chance.choice(match.sides)), match.version
        )
        assert receipt["status"] == "accepted", receipt
    assert contest(client)["is_over"]
    ended = choosing(pipeline)
    assert ended is not None
    champion = contest(client)["phases"][-1]["champion"]
    assert 1 <= len(champion["alliance"]["members"]) <= winners
    first = [team for rank, team in standings(client) if rank == 1]
    assert sorted(first) == sorted(one["team"] for one in champion["alliance"]["members"])
    check_planned(client, pipeline)
    check_rebuilt(app, pipeline)
    with app.extensions["engine"].connect() as connection:
        assert open_state(connection, "c/demo")[Alliances].of("sumo") == ended


def check_planned(client: FlaskClient, pipeline: Pipeline) -> None:
    """The plan of the day keeps everybody free who plays, in every phase."""
    state = pipeline.state("c/demo")
    assert state is not None
    planned = {one.id: set(one.entries) for one in starts_of(state, "sumo")}
    assert planned == {
        match["id"]: {one["id"] for side in match["sides"] for one in side["alliance"]["members"]}
        for match in contest(client)["matches"]
        if len(match["sides"]) > 1
    }


@pytest.mark.parametrize("begun", [(7, ["group_chosen", "playoff"])], indirect=True)
@pytest.mark.usefixtures("begun")
def test_a_draw_taken_back_takes_the_selection_with_it(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    accepted(send, pipeline, "PickPartner", {"entry": told(client)["available"][0]["entry"]["id"]})
    assert send("organiser", "DiscardMatches", DIVISION, WHY)["status"] == "accepted"
    assert told(client)["stage"] == "none"
    assert give(send, pipeline, "OpenAllianceSelection")["code"] == "matches_not_drawn"


@pytest.mark.parametrize("begun", [(26, ["eight_chosen"])], indirect=True)
@pytest.mark.usefixtures("begun")
def test_eight_alliances_are_eight(send: Send, pipeline: Pipeline) -> None:
    accepted(send, pipeline, "DiscardAllianceSelection", WHY)
    assert give(send, pipeline, "OpenAllianceSelection", {"count": 7})["code"] == "alliances_of_count"
