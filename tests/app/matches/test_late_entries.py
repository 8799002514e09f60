"""Entries that come in after the matches of their division were drawn: what that does is said before it is done."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.competitions.state import Setup
from app.matches.late_entries import TakingIn, taking_in
from app.matches.state import Matches
from app.pipeline import Pipeline
from app.states import open_state
from scoring.contest import Phase
from tests.app.conftest import Send
from tests.app.desk.desking import Desk
from tests.app.desk.test_dashboard import waiting as needs

from .contesting import DIVISION, contest, enter, first_of, play_groups, set_up, standings, waiting

__all__ = ["needs"]
PAGE = "/desk/c/demo/division/sumo/matches"
LABEL = {"kk": "Кезең", "ru": "Этап", "en": "Phase"}


def come_late(send: Send, team: str = "Кеш") -> None:
    rows = [{"division": "sumo", "team": team, "organisation": "№ 9 мектеп", "members": []}]
    assert send("organiser", "ImportEntries", "c/demo", {"rows": rows})["status"] == "accepted"


def take_in(send: Send) -> dict[str, Any]:
    return send("organiser", "TakeInLateEntries", DIVISION, {})


def preview(pipeline: Pipeline) -> TakingIn:
    state = pipeline.state("c/demo")
    assert state is not None
    found = taking_in(state, "sumo")
    assert found is not None
    return found


def pairs(client: FlaskClient) -> list[set[str]]:
    return [{side["team"] for side in match["sides"]} for match in contest(client)["matches"]]


def by_rules(pipeline: Pipeline, send: Send, teams: int, *phases: Phase) -> None:
    """The division with other phases than its rules have, drawn."""
    set_up(send, teams, draw=False)
    state = pipeline.state("c/demo")
    assert state is not None
    division = state[Setup].divisions["sumo"]
    ruleset = replace(division.ruleset, phases=phases)
    state[Setup].divisions["sumo"] = replace(division, ruleset=ruleset)
    drawn = send("organiser", "DrawMatches", DIVISION, {"fields": ["A"], "seeding": "numbers"})
    assert drawn["status"] == "accepted", drawn


def test_before_the_first_match_all_is_drawn_anew(
    client: FlaskClient, send: Send, pipeline: Pipeline, bearer: Any, needs: Any
) -> None:
    set_up(send, 3)
    assert take_in(send)["code"] == "no_late_entries"
    come_late(send)
    assert ("entries_late", PAGE) in needs()
    assert preview(pipeline).anew
    organiser = Desk(client, bearer("organiser"))
    assert "all is drawn anew" in organiser.get(PAGE)
    assert 'data-testid="late"' not in organiser.post(PAGE, f"{PAGE}/late", {})
    assert ("entries_late", PAGE) not in needs()
    assert sum("Кеш" in pair for pair in pairs(client)) == 3
    assert len(pairs(client)) == 6
    state = pipeline.state("c/demo")
    assert state is not None
    assert {match.field for match in state[Matches].contests["sumo"].matches()} == {"A"}
    assert send("judge", "TakeInLateEntries", DIVISION, {})["code"] == "not_allowed"


def test_into_a_group_it_comes_last_and_meets_everybody(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 3)
    first = waiting(pipeline)[0]
    enter(send, first, first_of(pipeline, first))
    before = pairs(client)
    come_late(send)
    assert preview(pipeline) == replace(preview(pipeline), anew=False, added=3, called_off=0, refusal=None)
    assert take_in(send)["status"] == "accepted"
    assert pairs(client)[:3] == before, "nobody else is paired otherwise"
    assert [pair - {"Кеш"} for pair in pairs(client)[3:]] == [{"Тәжік 1"}, {"Тәжік 2"}, {"Тәжік 3"}]
    come_late(send, "Тағы")
    assert take_in(send)["status"] == "accepted"
    assert sum("Тағы" in pair for pair in pairs(client)) == 4
    play_groups(send, pipeline)
    assert {team for _, team in standings(client)} == {"Тәжік 1", "Тәжік 2", "Тәжік 3", "Кеш", "Тағы"}
    with pipeline._engine.connect() as connection:
        again = open_state(connection, "c/demo")
    state = pipeline.state("c/demo")
    assert state is not None
    assert again[Matches].by_id == state[Matches].by_id
    assert again[Matches].contests["sumo"].late == state[Matches].contests["sumo"].late


def test_once_the_next_phase_has_begun_it_is_too_late(
    client: FlaskClient, send: Send, pipeline: Pipeline, bearer: Any
) -> None:
    set_up(send, 4)
    play_groups(send, pipeline)
    come_late(send)
    assert (preview(pipeline).added, preview(pipeline).called_off) == (4, 2), (
        "the semifinals wait for its matches"
    )
    enter(send, waiting(pipeline)[0], first_of(pipeline, waiting(pipeline)[0]))
    assert take_in(send)["code"] == "late_phase_over"
    page = Desk(client, bearer("organiser")).get(PAGE)
    assert "The first phase is over" in page
    assert "take-in-late" not in page


def test_into_a_swiss_contest_it_comes_with_the_next_round(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    by_rules(pipeline, send, 4, Phase("swiss", LABEL, "swiss", rounds=3))
    first, second = waiting(pipeline)
    enter(send, first, first_of(pipeline, first))
    come_late(send)
    assert preview(pipeline).added == 0
    assert take_in(send)["status"] == "accepted"
    enter(send, second, first_of(pipeline, second))
    rounds = [match["round"] for match in contest(client)["matches"] if "Кеш" in str(match["sides"])]
    assert rounds == [2]
    come_late(send, "Тағы")
    assert take_in(send)["status"] == "accepted", "the second round has not begun, and is paired anew"
    assert sum("Тағы" in pair for pair in pairs(client)) == 1
    for _ in range(3):
        enter(send, waiting(pipeline)[0], first_of(pipeline, waiting(pipeline)[0]))
    enter(send, waiting(pipeline)[0], first_of(pipeline, waiting(pipeline)[0]))
    come_late(send, "Соңғы")
    assert take_in(send)["code"] == "late_rounds_over"


@pytest.mark.parametrize(("teams", "code"), [(3, None), (4, "late_pairing_played")])
def test_into_a_bracket_it_comes_where_somebody_has_no_opponent(
    client: FlaskClient, send: Send, pipeline: Pipeline, teams: int, code: str | None
) -> None:
    by_rules(pipeline, send, teams, Phase("final", LABEL, "single_elimination"))
    [first, *_] = waiting(pipeline)
    enter(send, first, first_of(pipeline, first))
    come_late(send)
    receipt = take_in(send)
    assert (receipt["code"] if code else None) == code
    if code is None:
        assert receipt["status"] == "accepted", receipt
        assert {"Тәжік 1", "Кеш"} in pairs(client)
