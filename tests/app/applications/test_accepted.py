"""What organisers do to teams that applied by themselves leaves the coach's own page whole."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from app.applications.state import Application, Applications
from app.entries.state import Entries
from app.registry.state import People
from tests.app.applications.conftest import Open, filled, version
from tests.app.conftest import Send

TWO = {"wanted-1-division": "duel", "wanted-1-robot": "Күшті"}


def own(app: Flask) -> Application:
    [application] = app.extensions["pipeline"].state("c/demo")[Applications].by_id.values()
    assert isinstance(application, Application)
    return application


def accept(app: Flask, send: Send) -> Application:
    receipt = send(
        "organiser", "AcceptApplication", f"c/demo/application/{own(app).id}", {}, own(app).version
    )
    assert receipt["status"] == "accepted", receipt
    return own(app)


def sent(page: str, **changed: str) -> dict[str, str]:
    """The coach's form as it was opened: with the people it already knows."""
    ids = re.findall(r'name="((?:coach|members-\d+)-id)"[^>]*value="([0-9a-f-]+)"', page)
    return filled(**dict(ids), version=version(page), **changed)


@pytest.fixture
def two(web: Open, terms: Any) -> str:
    """The path of an application for two divisions."""
    terms()
    answer = web("/c/demo/apply", **filled(**TWO))
    assert answer.status_code == 302, answer.text
    return str(answer.location.split("?")[0])


def test_a_list_sent_to_the_api_changes_no_team_that_applied(
    app: Flask, web: Open, applied: str, send: Send
) -> None:
    entry = accept(app, send).places[0].entry
    change = {"entry": entry, "team": "Басқа", "organisation": "№ 3 мектеп", "kept": []}
    receipt = send("organiser", "ImportEntries", "c/demo", {"changes": [change]})
    assert receipt["code"] == "rows_invalid"
    assert [error["code"] for error in receipt["errors"]] == ["entry_of_application"]
    page = web(applied)
    assert page.status_code == 200
    assert "Шапшаң" in page.text
    assert "Қуаныш" in page.text
    assert len(app.extensions["pipeline"].state("c/demo")[People].of_entry(entry)) == 3


@pytest.mark.parametrize("gone", [0, 1])
def test_of_two_entries_one_is_taken_down_and_the_coach_changes_the_other(
    app: Flask, web: Open, two: str, send: Send, gone: int
) -> None:
    places = accept(app, send).places
    before = web(two).text
    receipt = send("organiser", "TakeDownEntry", "c/demo", {"entry": places[gone].entry})
    assert receipt["status"] == "accepted", receipt
    state = app.extensions["pipeline"].state("c/demo")
    stale = web(two, **sent(before, **TWO))
    assert stale.status_code == 400
    assert state[Entries].by_id[places[gone].entry].card not in state.cards, "an erased team has a name again"
    page = web(two).text
    assert "Шапшаң" in page
    left = places[1 - gone].division
    answer = web(two, **sent(page, **{"wanted-0-division": left, "district": "Нұра ауданы"}))
    assert answer.status_code == 302, answer.text
    assert state.cards[own(app).places[0].card]["district"] == "Нұра ауданы"
    assert [place.entry for place in own(app).places] == [places[1 - gone].entry]
    assert state[Entries].by_id[places[gone].entry].card not in state.cards
