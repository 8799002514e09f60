"""Results of the phase before the alliances that change late: the alliances stand, or their page says what moved."""

from __future__ import annotations

from flask.testing import FlaskClient

from app.matches.match import Match
from app.matches.state import Matches
from app.pipeline import Pipeline
from tests.app.conftest import Send
from tests.app.matches.contesting import WHY, contest, target, waiting

from .choosing import accepted, choosing, enter, formed, give, qualified, ranked

LEFT_LOSES = {"bouts": [{"sheet": {"points_left": 1, "points_right": 99}}]}


def qualification(pipeline: Pipeline) -> list[Match]:
    state = pipeline.state("c/demo")
    assert state is not None
    standing = state[Matches].contest("sumo")
    assert standing is not None
    return [match for match in standing.matches() if match.pairing.phase == "qualification"]


def playoff(client: FlaskClient) -> list[list[str]]:
    matches = [one for one in contest(client)["matches"] if one["phase"]["id"] == "playoff"]
    return [[side["id"] for side in match["sides"]] for match in matches]


def test_a_correction_leaves_alliances_that_stand_as_they_are(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    formed(send, pipeline)
    before = playoff(client)
    match = qualification(pipeline)[0]
    receipt = send("referee", "CorrectMatch", target(match), LEFT_LOSES | WHY, match.version)
    assert receipt["status"] == "accepted"
    assert playoff(client) == before


def test_a_replay_takes_the_bracket_back_until_it_is_played(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    formed(send, pipeline)
    before = playoff(client)
    match = qualification(pipeline)[0]
    assert send("referee", "ReplayMatch", target(match), WHY, match.version)["status"] == "accepted"
    assert playoff(client) == []
    again = waiting(pipeline)[0]
    enter(send, again, again.sides[1])
    assert playoff(client) == before


def test_a_correction_during_the_selection_does_not_reorder_it(send: Send, pipeline: Pipeline) -> None:
    """Who picks stays as announced to the hall; to follow the new ranking, the selection is begun again."""
    qualified(send, pipeline)
    accepted(send, pipeline, "OpenAllianceSelection")
    announced = ranked(pipeline)
    match = qualification(pipeline)[0]
    receipt = send("referee", "CorrectMatch", target(match), LEFT_LOSES | WHY, match.version)
    assert receipt["status"] == "accepted"
    now = choosing(pipeline)
    assert now is not None
    assert now.selection.ranked == announced != ranked(pipeline)
    assert give(send, pipeline, "DiscardAllianceSelection", WHY)["status"] == "accepted"
    accepted(send, pipeline, "OpenAllianceSelection")
    after = choosing(pipeline)
    assert after is not None
    assert after.selection.ranked == ranked(pipeline)
