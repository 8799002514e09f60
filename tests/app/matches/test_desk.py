"""The desk's pages of matches, as an organiser and a referee use them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.entries.state import Entries
from app.matches.state import Matches
from app.pipeline import Pipeline
from tests.app.conftest import WITHOUT_WAITING, Send
from tests.app.desk.desking import Desk, said

from .contesting import DIVISION, WHY, contest, enter, first_of, play_groups, set_up, target, waiting

PAGE = "/desk/c/demo/division/sumo/matches"


@pytest.fixture
def organiser(client: FlaskClient, bearer: Callable[[str], dict[str, str]]) -> Desk:
    return Desk(client, bearer("organiser"))


@pytest.fixture
def referee(client: FlaskClient, bearer: Callable[[str], dict[str, str]]) -> Desk:
    return Desk(client, bearer("referee"))


def test_the_draw_asks_for_a_field_and_can_be_taken_back(organiser: Desk, referee: Desk, send: Send) -> None:
    set_up(send, 4, draw=False)
    assert "not drawn yet" in referee.get(PAGE)
    assert "matches_undrawn" in organiser.get("/desk/c/demo/now")
    draw = {"seeding": "draw", "seed": "7"}
    without = organiser.post(PAGE, f"{PAGE}/draw", draw, 400)
    assert said(without, "error-fields") == ["Choose at least one field."]
    drawn = organiser.post(PAGE, f"{PAGE}/draw", draw | {"fields": ["A"]})
    assert drawn.count('data-status="START_LIST"') == 6
    assert "seed 7" in drawn
    assert "discard-matches" not in referee.get(PAGE)
    assert 'data-testid="draw-matches"' in organiser.post(PAGE, f"{PAGE}/discard", WHY)


def test_a_match_is_called_moved_given_and_replayed(
    referee: Desk, organiser: Desk, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 4)
    match = waiting(pipeline)[0]
    here = f"/desk/c/demo/match/{match.id}"
    assert said(referee.post(here, f"{here}/call", {}), "called")
    assert "walkover" not in organiser.get(here)
    organiser.post(here, f"{here}/move", {"field": "B", "before": ""})
    assert match.field == "B"
    given = referee.post(here, f"{here}/walkover", {"winner": match.sides[1]} | WHY)
    assert said(given, "match-state") == ["walkover"]
    again = referee.post(here, f"{here}/replay", WHY)
    assert "It is held again." in again
    assert referee.get("/desk/c/demo/match/nobody", 404)


def test_what_a_withdrawal_does_is_said_first(
    referee: Desk, send: Send, pipeline: Pipeline, client: FlaskClient
) -> None:
    set_up(send, 4)
    match = waiting(pipeline)[0]
    gone = match.sides[0]
    enter(send, match, gone)
    page = f"/desk/c/demo/division/sumo/withdraw?entry={gone}"
    asked = referee.get(page)
    assert "1 match it has played keeps its result." in asked
    assert asked.count("<li>") == 2
    done = referee.post(page, f"/desk/c/demo/division/sumo/withdraw/{gone}", WHY)
    assert "This entry has withdrawn." in done
    assert sum(match["given"] for match in contest(client)["matches"]) == 2
    back = referee.post(page, f"/desk/c/demo/division/sumo/withdraw/{gone}", WHY | {"back": "1"})
    assert "This entry has withdrawn." not in back


def test_a_tie_is_settled_on_the_page(referee: Desk, send: Send, pipeline: Pipeline) -> None:
    set_up(send, 5)
    while waiting(pipeline):
        match = waiting(pipeline)[0]
        bouts = [{"winner": match.sides[0]}, {"winner": match.sides[1]}, {"winner": match.sides[1]}]
        send("judge", "EnterMatch", target(match), {"bouts": bouts}, match.version)
    assert "tie_open" in referee.get("/desk/c/demo/now")
    page = referee.get(PAGE)
    assert said(page, "tie")
    state = pipeline.state("c/demo")
    assert state is not None
    held = state[Matches].contest("sumo")
    assert held is not None
    (tie,) = held.tournament.ties
    form = {"entries": list(tie.level[: tie.places])} | WHY
    settled = referee.post(PAGE, f"{PAGE}/tie/{tie.key}", form)
    assert said(settled, "tie") == []
    assert 'data-testid="bracket"' in settled


def test_results_and_protocol_of_matches_are_made(
    referee: Desk,
    organiser: Desk,
    send: Send,
    pipeline: Pipeline,
    client: FlaskClient,
    bearer: Callable[[str], dict[str, str]],
) -> None:
    set_up(send, 4)
    play_groups(send, pipeline)
    while waiting(pipeline):
        enter(send, waiting(pipeline)[0], first_of(pipeline, waiting(pipeline)[0]))
    assert "results_ready" in referee.get("/desk/c/demo/now")
    assert send("organiser", "PublishResults", DIVISION, WITHOUT_WAITING)["status"] == "accepted"
    standings = referee.get("/desk/c/demo/division/sumo/standings")
    assert "By the bracket." in standings
    table = referee.get("/desk/c/demo/division/sumo/results.csv")
    assert table.count("Тәжік") >= 4
    made = client.get("/desk/c/demo/division/sumo/protocol.pdf?in=kk", headers=bearer("organiser"))
    assert made.status_code == 200
    assert made.data.startswith(b"%PDF")


def test_a_match_nobody_came_to_is_lost_by_both(referee: Desk, send: Send, pipeline: Pipeline) -> None:
    set_up(send, 2)
    match = waiting(pipeline)[0]
    here = f"/desk/c/demo/match/{match.id}"
    given = referee.post(here, f"{here}/walkover", {"winner": "nobody"} | WHY)
    assert said(given, "match-state") == ["neither side came"]
    assert match.is_lost_by_both


def test_a_practice_match_is_asked_for_on_the_desk(referee: Desk, send: Send, pipeline: Pipeline) -> None:
    sheets = "/desk/c/demo/sheets"
    set_up(send, 2, draw=False)
    state = pipeline.state("c/demo")
    assert state is not None
    left, right = (entry.id for entry in state[Entries].of("sumo"))
    form = {"field": "A", "left": left, "right": right}
    added = referee.post(sheets, f"{sheets}/practice-match", form)
    assert "The practice match comes next on field A." in added
    practice = waiting(pipeline)[0]
    page = referee.get(f"/desk/c/demo/match/{practice.id}")
    assert "Practice match" in page
    assert "It does not count" in page
    enter(send, practice, left)
    assert said(referee.get(f"/desk/c/demo/match/{practice.id}"), "replay") == []
