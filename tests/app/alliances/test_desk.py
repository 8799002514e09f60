"""The desk page of a selection, as an organiser and a referee use it in front of the hall."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.pipeline import Pipeline
from tests.app.conftest import Send
from tests.app.desk.desking import Desk, said
from tests.app.matches.contesting import set_up

from .choosing import choosing, formed, pick_all, qualified, told

PAGE = "/desk/c/demo/division/sumo/alliances"
MATCHES = "/desk/c/demo/division/sumo/matches"
WHY = {"reason": "pressed by mistake"}


@pytest.fixture
def organiser(client: FlaskClient, bearer: Callable[[str], dict[str, str]]) -> Desk:
    return Desk(client, bearer("organiser"))


def seen(pipeline: Pipeline) -> dict[str, str]:
    """The version the page shows, as its forms send it."""
    now = choosing(pipeline)
    return {"version": str(now.version if now else 0)}


def available(pipeline: Pipeline) -> tuple[str, ...]:
    now = choosing(pipeline)
    assert now is not None
    return now.selection.available


def test_a_selection_from_its_beginning_to_the_matches(
    organiser: Desk, send: Send, pipeline: Pipeline
) -> None:
    qualified(send, pipeline, lots=False)
    assert "alliances_due" in organiser.get("/desk/c/demo/now")
    assert "draw-lots" in organiser.get(PAGE)
    organiser.post(PAGE, f"{PAGE}/lots", {})
    assert "choosing" in organiser.get(MATCHES)
    page = organiser.post(PAGE, f"{PAGE}/open", {"count": "4"})
    assert said(page, "turn")[0].startswith("Alliance 1 picks")
    asked, other, *_ = available(pipeline)
    page = organiser.post(PAGE, f"{PAGE}/decline", {"entry": asked} | seen(pipeline))
    assert said(page, "last")[0].startswith("Declined: ")
    page = organiser.post(PAGE, f"{PAGE}/pick", {"entry": other} | seen(pipeline))
    assert said(page, "last")[0].startswith("Alliance 1 picked ")
    page = organiser.post(PAGE, f"{PAGE}/undo", WHY | seen(pipeline))
    assert said(page, "last")[0].startswith("Declined: ")
    pick_all(send, pipeline)
    page = organiser.post(PAGE, f"{PAGE}/form", seen(pipeline))
    assert "formed" in page
    assert organiser.get(MATCHES).count('data-status="START_LIST"') == 2
    page = organiser.post(PAGE, f"{PAGE}/reopen", WHY | seen(pipeline))
    assert "form-alliances" in page
    assert "open-selection" in organiser.post(PAGE, f"{PAGE}/discard", WHY | seen(pipeline))


def test_a_button_pressed_twice_says_nothing_and_picks_once(
    organiser: Desk, send: Send, pipeline: Pipeline
) -> None:
    qualified(send, pipeline)
    organiser.post(PAGE, f"{PAGE}/open", {"count": "4"})
    form = {"entry": available(pipeline)[0]} | seen(pipeline)
    organiser.post(PAGE, f"{PAGE}/pick", form)
    page = organiser.post(PAGE, f"{PAGE}/pick", form)
    assert said(page, "flash") == []
    assert said(page, "turn")[0].startswith("Alliance 2 picks")
    stale = form | {"entry": available(pipeline)[0]}
    assert "changed meanwhile" in said(organiser.post(PAGE, f"{PAGE}/pick", stale), "flash")[0]


def test_a_team_is_found_by_its_name_or_number(
    organiser: Desk, client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    """Teams are named Тәжік 1 to Тәжік 12; somebody types on a Russian keyboard."""
    qualified(send, pipeline)
    organiser.post(PAGE, f"{PAGE}/open", {"count": "4"})
    entry = told(client)["available"][-1]["entry"]
    name = entry["team"].replace("Тәжік", "тажик")
    for typed in (name, f"№ {entry['number']}", str(entry["number"])):
        found = organiser.get(f"{PAGE}?q={typed}")
        assert f'data-testid="pick-{entry["number"]}"' in found
        assert found.count('data-testid="pick-') < len(available(pipeline))
    assert 'data-testid="pick-' not in organiser.get(f"{PAGE}?q=zzz")


def test_a_backup_is_called_in(organiser: Desk, send: Send, pipeline: Pipeline) -> None:
    now = formed(send, pipeline, teams=14)
    first, second = now.selection.available
    organiser.post(PAGE, f"{PAGE}/decline", {"entry": first} | seen(pipeline))
    call = {"alliance": "2", "instead_of": "", "entry": second, "reason": "robot broken"} | seen(pipeline)
    page = organiser.post(PAGE, f"{PAGE}/backup", call)
    assert said(page, "last")[0].startswith("Backup of alliance 2")


def test_a_withdrawal_is_foretold_by_what_it_does_to_the_alliance(
    organiser: Desk, send: Send, pipeline: Pipeline
) -> None:
    now = formed(send, pipeline)
    captain, *others = now.selection.formed[0]
    for gone in others:
        page = organiser.get(f"/desk/c/demo/entry/{gone}/withdraw")
        assert 'data-testid="given"' not in page
        assert send("referee", "WithdrawEntry", f"c/demo/entry/{gone}", WHY)["status"] == "accepted"
    for page in (
        f"/desk/c/demo/entry/{captain}/withdraw",
        f"/desk/c/demo/division/sumo/withdraw?entry={captain}",
    ):
        [given] = said(organiser.get(page), "given")
        assert "·" in given.partition(":")[2], "the other alliance by the names of its teams"


def test_the_page_is_asked_again_and_again_but_swapped_only_when_it_moved(
    client: FlaskClient,
    bearer: Callable[[str], dict[str, str]],
    send: Send,
    pipeline: Pipeline,
) -> None:
    formed(send, pipeline)
    now = choosing(pipeline)
    assert now is not None
    headers = bearer("referee")
    assert client.get(f"{PAGE}/now?seen={now.version}", headers=headers).status_code == 204
    assert "alliances" in client.get(f"{PAGE}/now?seen=1", headers=headers).text


def test_there_is_no_page_where_the_rules_have_no_alliances(organiser: Desk, send: Send) -> None:
    set_up(send, 4)
    organiser.get(PAGE, 404)
    assert 'data-testid="alliances"' not in organiser.get(MATCHES)
