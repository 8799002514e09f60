"""A selection by commands: its way from the ranking to the bracket, what is refused, and what is taken back."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from app.alliances.state import Alliances
from app.pipeline import Pipeline
from app.states import open_state
from tests.app.conftest import Send
from tests.app.matches.contesting import DIVISION, WHY, contest, set_up, standings, waiting
from tests.app.matches.test_all_phases import check_rebuilt

from .choosing import TARGET, accepted, choosing, enter, formed, give, pick_all, qualified, ranked, told


def test_from_the_ranking_to_a_winning_alliance(
    app: Flask, client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    qualified(send, pipeline)
    assert contest(client)["choosing"] is True
    best = ranked(pipeline)
    accepted(send, pipeline, "OpenAllianceSelection")
    accepted(send, pipeline, "PickPartner", {"entry": best[1]})
    shown = told(client)
    assert (shown["stage"], shown["turn"]) == ("choosing", {"alliance": 2, "round": 1})
    assert [one["members"][0]["entry"]["id"] for one in shown["alliances"]] == [best[0], *best[2:5]]
    assert shown["last"]["kind"] == "picked"
    pick_all(send, pipeline)
    assert told(client)["stage"] == "complete"
    assert waiting(pipeline) == []
    accepted(send, pipeline, "FormAlliances")
    winner = _play_out(send, pipeline)
    now = choosing(pipeline)
    assert now is not None
    members = next(alliance for alliance in now.selection.formed if alliance[0] == winner)
    final = contest(client)["phases"][-1]
    assert final["champion"]["id"] == winner
    assert [one["id"] for one in final["champion"]["alliance"]["members"]] == list(members)
    firsts = [team for rank, team in standings(client) if rank == 1]
    assert len(firsts) == len(members) == 3
    check_rebuilt(app, pipeline)
    with app.extensions["engine"].connect() as connection:
        assert open_state(connection, "c/demo")[Alliances].of("sumo") == now


def _play_out(send: Send, pipeline: Pipeline) -> str:
    """Play the bracket; the second side always wins. The winner of the final."""
    winner = ""
    for _ in range(12):
        open_matches = waiting(pipeline)
        if not open_matches:
            return winner
        winner = open_matches[0].sides[1]
        enter(send, open_matches[0], winner)
    raise AssertionError("the bracket does not end")


def test_a_match_shows_everybody_who_plays_for_an_alliance(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    now = formed(send, pipeline)
    match = next(one for one in contest(client)["matches"] if one["phase"]["id"] == "playoff")
    side = match["sides"][0]
    assert side["id"] == now.selection.formed[0][0]
    assert side["alliance"]["number"] == 1
    assert side["team"] == "\N{NO-BREAK SPACE}· ".join(one["team"] for one in side["alliance"]["members"])


def test_who_declines_may_still_become_captain(client: FlaskClient, send: Send, pipeline: Pipeline) -> None:
    qualified(send, pipeline)
    best = ranked(pipeline)
    accepted(send, pipeline, "OpenAllianceSelection")
    accepted(send, pipeline, "DeclineInvitation", {"entry": best[1]})
    assert give(send, pipeline, "PickPartner", {"entry": best[1]})["code"] == "not_available"
    assert best[1] not in [one["entry"]["id"] for one in told(client)["available"]]
    pick_all(send, pipeline)
    assert best[1] in [one["members"][0]["entry"]["id"] for one in told(client)["alliances"]]


def test_two_laptops_do_not_pick_twice(send: Send, pipeline: Pipeline) -> None:
    qualified(send, pipeline)
    best = ranked(pipeline)
    accepted(send, pipeline, "OpenAllianceSelection")
    now = choosing(pipeline)
    assert now is not None
    accepted(send, pipeline, "PickPartner", {"entry": best[4]})
    late = send("referee", "PickPartner", TARGET, {"entry": best[5]}, now.version)
    assert (late["status"], late["code"]) == ("conflict", "version_stale")
    assert [change["type"] for change in late["changed"]] == ["PartnerPicked"]


def test_a_step_is_taken_back_with_a_reason(client: FlaskClient, send: Send, pipeline: Pipeline) -> None:
    qualified(send, pipeline)
    accepted(send, pipeline, "OpenAllianceSelection")
    before = told(client)
    assert give(send, pipeline, "UndoAllianceStep", WHY)["code"] == "alliance_step_none"
    accepted(send, pipeline, "PickPartner", {"entry": ranked(pipeline)[6]})
    assert give(send, pipeline, "UndoAllianceStep", {})["code"] == "payload_invalid"
    accepted(send, pipeline, "UndoAllianceStep", WHY)
    assert told(client) | {"version": 0} == before | {"version": 0}


def test_a_selection_waits_for_the_phase_before_it(send: Send, pipeline: Pipeline) -> None:
    set_up(send, 12, "alliance-tournament")
    assert give(send, pipeline, "PickPartner", {"entry": "x"})["code"] == "alliance_selection_not_begun"
    assert give(send, pipeline, "OpenAllianceSelection")["code"] == "alliances_not_due"


def test_lots_part_those_who_are_level_before_captains_are_named(send: Send, pipeline: Pipeline) -> None:
    qualified(send, pipeline, lots=False)
    assert give(send, pipeline, "OpenAllianceSelection")["code"] == "lots_missing"
    assert send("referee", "DrawLots", DIVISION, {})["status"] == "accepted"
    accepted(send, pipeline, "OpenAllianceSelection")


def test_fewer_alliances_where_few_teams_came(send: Send, pipeline: Pipeline) -> None:
    qualified(send, pipeline, teams=3)
    assert give(send, pipeline, "OpenAllianceSelection")["code"] == "entries_too_few"
    assert give(send, pipeline, "OpenAllianceSelection", {"count": 5})["code"] == "alliances_of_count"
    accepted(send, pipeline, "OpenAllianceSelection", {"count": 2})
    now = choosing(pipeline)
    assert now is not None
    assert now.selection.rules.count == 2


def test_alliances_are_formed_once_every_turn_is_over(send: Send, pipeline: Pipeline) -> None:
    qualified(send, pipeline)
    accepted(send, pipeline, "OpenAllianceSelection")
    assert give(send, pipeline, "FormAlliances")["code"] == "alliances_incomplete"
    pick_all(send, pipeline)
    accepted(send, pipeline, "FormAlliances")
    assert give(send, pipeline, "FormAlliances")["code"] == "alliances_formed"
    assert give(send, pipeline, "UndoAllianceStep", WHY)["code"] == "alliance_step_none"


def test_back_to_the_selection_until_an_alliance_has_played(send: Send, pipeline: Pipeline) -> None:
    formed(send, pipeline)
    assert len(waiting(pipeline)) == 2
    accepted(send, pipeline, "ReopenAllianceSelection", WHY)
    assert waiting(pipeline) == []
    accepted(send, pipeline, "UndoAllianceStep", WHY)
    pick_all(send, pipeline)
    accepted(send, pipeline, "FormAlliances")
    match = waiting(pipeline)[0]
    enter(send, match, match.sides[0])
    assert give(send, pipeline, "ReopenAllianceSelection", WHY)["code"] == "pairing_played"


def test_a_selection_is_discarded_and_begun_again(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    qualified(send, pipeline)
    accepted(send, pipeline, "OpenAllianceSelection")
    accepted(send, pipeline, "DiscardAllianceSelection", WHY)
    assert told(client)["stage"] == "none"
    accepted(send, pipeline, "OpenAllianceSelection")
    assert give(send, pipeline, "OpenAllianceSelection")["code"] == "alliance_selection_begun"


def test_judges_do_not_choose_alliances(send: Send, pipeline: Pipeline) -> None:
    qualified(send, pipeline)
    assert give(send, pipeline, "OpenAllianceSelection", who="judge")["code"] == "not_allowed"


def test_what_is_frozen_for_the_ceremony_is_not_told(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    qualified(send, pipeline)
    assert send("organiser", "FreezeStandings", DIVISION, {})["status"] == "accepted"
    accepted(send, pipeline, "OpenAllianceSelection")
    shown = told(client)
    assert (shown["stage"], shown["alliances"], shown["available"]) == ("none", [], [])
