"""Match sheets on paper: printed with a code and the bouts of the rules, keyed in, marked as from paper."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2
import pytest
from flask.testing import FlaskClient

from app.desk.matches.paper_matches import find_match
from app.matches.state import Matches
from app.pipeline import Pipeline
from tests.app.conftest import Send
from tests.app.desk.desking import Desk, said
from tests.app.matches.contesting import WHY, contest, enter, set_up, target, waiting

Bearer = Callable[[str], dict[str, str]]
HERE = "/desk/c/demo"


@pytest.fixture
def organiser(client: FlaskClient, bearer: Bearer) -> Desk:
    return Desk(client, bearer("organiser"))


def pages(client: FlaskClient, headers: dict[str, str], languages: str = "kk,ru") -> list[str]:
    answer = client.get(f"{HERE}/division/sumo/score-sheets.pdf?in={languages}", headers=headers)
    assert answer.status_code == 200, answer.text
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.data)]


def test_a_sheet_is_printed_for_every_open_match(
    client: FlaskClient, bearer: Bearer, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 3)
    first = waiting(pipeline)[0]
    enter(send, first, first.sides[0])
    printed = pages(client, bearer("organiser"))
    assert len(printed) == 2
    second = waiting(pipeline)[0]
    for wanted in (f"sumo/{second.number}", "Ескертулер", "Предупреждения", "Фальстарты", "Тәжік"):
        assert wanted in printed[0]


def test_a_match_whose_rules_have_fields_is_printed_with_them(
    client: FlaskClient, bearer: Bearer, send: Send
) -> None:
    set_up(send, 2, "rcj-soccer")
    [page] = pages(client, bearer("organiser"), "en")
    assert "Goals" in page


def test_a_paper_is_found_by_its_code_and_its_bouts_are_keyed_in(
    organiser: Desk, client: FlaskClient, bearer: Bearer, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 2)
    match = waiting(pipeline)[0]
    left, right = match.sides
    here, store = f"{HERE}/key?code=SUMO/{match.number}", f"{HERE}/match/{match.id}/key"
    assert store in organiser.get(here)
    assert store in organiser.get(f"{HERE}/key?code=https://baige.local/desk/c/demo/key?code={match.id}")
    form = {
        "version": match.version,
        "bout-0": left,
        "bout-0-warnings-0": "1",
        "bout-1": "nobody",
        "bout-2-warnings-0": "1",
        "captain-0": "signed",
        "captain-1": "refused",
        "judge": "Құсайынова Үміт",
        "note": "Екі рет қайта басталды",
    }
    refused = organiser.post(here, store, form, expected=400)
    assert "the match is not decided yet" in refused
    assert 'value="Құсайынова Үміт"' in refused
    assert f'value="{left}" selected' in refused
    stored = organiser.post(here, store, form | {"bout-3": right})
    assert f"Stored: match {match.number}" in stored
    assert match.winner == right
    assert match.outcome is not None
    assert (match.outcome.paper, match.outcome.captains) == (True, {left: "signed", right: "refused"})
    assert [one["by"] for one in match.outcome.taken] == ["bout", "replayed", "warnings", "bout"]
    assert contest(client)["matches"][0]["paper"] is True
    page = organiser.get(f"{HERE}/match/{match.id}")
    assert "keyed from paper" in page
    assert "Құсайынова Үміт" in page
    assert "confirmed already" in organiser.get(here)


def test_fields_are_keyed_in_and_what_is_wrong_is_said_at_the_field(
    organiser: Desk, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 2, "rcj-soccer")
    match = waiting(pipeline)[0]
    here, store = f"{HERE}/key?code=sumo/{match.number}", f"{HERE}/match/{match.id}/key"
    form = {"version": match.version, "judge": "Үміт", "sheet.goals_left": "many", "sheet.goals_right": "1"}
    refused = organiser.post(here, store, form, expected=400)
    assert said(refused, "error-goals_left")
    typed = {"sheet.goals_left": "3", "sheet.late_left": "0", "sheet.late_right": "0"}
    organiser.post(here, store, form | typed)
    assert match.winner == match.sides[0]


def test_sides_that_did_not_come_lose_it(organiser: Desk, send: Send, pipeline: Pipeline) -> None:
    set_up(send, 3)
    first, second = waiting(pipeline)[:2]
    for match, absent, winner in (
        (first, [first.sides[0]], first.sides[1]),
        (second, list(second.sides), None),
    ):
        here, store = f"{HERE}/key?code=sumo/{match.number}", f"{HERE}/match/{match.id}/key"
        form = {"version": match.version, "judge": "Үміт", "absent": absent}
        fought = organiser.post(here, store, form | {"bout-0": match.sides[0]}, expected=400)
        assert "The bouts cannot be of this match." in fought
        organiser.post(here, store, form)
        assert match.is_confirmed
        assert match.winner == winner


def test_what_a_tablet_has_begun_is_confirmed_there(send: Send, pipeline: Pipeline) -> None:
    set_up(send, 2)
    match = waiting(pipeline)[0]
    send("judge", "OpenMatch", target(match))
    send("judge", "ShowBouts", target(match), {"bouts": [{"winner": match.sides[0]}]})
    paper = {"judge": "Үміт", "bouts": [{"winner": match.sides[0]}, {"winner": match.sides[0]}]}
    receipt = send("organiser", "KeyPaperMatch", target(match), paper, match.version)
    assert receipt["code"] == "match_on_tablet"
    assert send("judge", "KeyPaperMatch", target(match), paper, match.version)["code"] == "not_allowed"


def test_the_code_of_a_match_held_again_is_the_newer_ones(send: Send, pipeline: Pipeline) -> None:
    set_up(send, 2)
    match = waiting(pipeline)[0]
    enter(send, match, match.sides[0])
    send("referee", "ReplayMatch", target(match), WHY, match.version)
    state = pipeline.state("c/demo")
    assert state is not None
    found = find_match(state, f"sumo/{match.number}")
    assert found is not None
    assert found.replay_of == match.id
    assert find_match(state, "sumo/99") is None
    assert found in state[Matches].by_id.values()
