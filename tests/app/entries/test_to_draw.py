"""Whoever was taken down, or withdrawn, before a draw is in none: nobody waits for a team that cannot come."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.entries.state import Entries
from app.eventlog.fold import State
from app.matches.state import Matches
from app.schedule.state import Schedule
from tests.app.conftest import Send
from tests.app.judging.conftest import judges

__all__ = ["judges"]
NAME = {"kk": "Сынақ", "ru": "Проба", "en": "Trial"}


def state_of(app: Flask) -> State:
    state: State = app.extensions["pipeline"].state("c/demo")
    return state


def four(app: Flask, send: Send, discipline: str) -> list[str]:
    """The entries left of a division of four, after the first was taken down and the second withdrawn."""
    rows = [{"division": "trial", "team": f"Топ {at}", "organisation": "№ 1 мектеп"} for at in range(4)]
    for type_, payload in (
        ("AddDivision", {"code": "trial", "name": NAME, "discipline": discipline}),
        ("ImportEntries", {"rows": rows}),
    ):
        assert send("organiser", type_, "c/demo", payload)["status"] == "accepted"
    first, second, *left = [one.id for one in state_of(app)[Entries].of("trial")]
    assert send("organiser", "TakeDownEntry", "c/demo", {"entry": first})["status"] == "accepted"
    reason = {"reason": "ауырып қалды"}
    assert send("referee", "WithdrawEntry", f"c/demo/entry/{second}", reason)["status"] == "accepted"
    return left


@pytest.mark.parametrize("discipline", ["line-race", "research-project"])
def test_a_start_list_and_a_panel_are_drawn_of_those_who_take_part(
    app: Flask, send: Send, judges: list[str], discipline: str
) -> None:
    left = four(app, send, discipline)
    how: dict[str, Any] = {"field": "A", "seed": 1}
    command = "DrawStartList"
    if discipline == "research-project":
        command, how = "DrawPanel", how | {"judges": judges}
    receipt = send("organiser", command, "c/demo/division/trial", how)
    assert receipt["status"] == "accepted", receipt
    assert sorted(state_of(app)[Schedule].start_lists["trial"].entries) == sorted(left)


def test_matches_are_drawn_and_drawn_anew_of_those_who_take_part(app: Flask, send: Send) -> None:
    left = four(app, send, "sumo-mini")
    how = {"fields": ["A"], "seeding": "draw"}
    receipt = send("organiser", "DrawMatches", "c/demo/division/trial", how)
    assert receipt["status"] == "accepted", receipt
    contest = state_of(app)[Matches].contest("trial")
    assert contest is not None
    assert sorted(contest.entries) == sorted(left)
    assert send("organiser", "TakeDownEntry", "c/demo", {"entry": left[0]})["status"] == "accepted"
    late = {"division": "trial", "team": "Кеш", "organisation": "№ 2 мектеп"}
    send("organiser", "ImportEntries", "c/demo", {"rows": [late]})
    assert send("organiser", "TakeInLateEntries", "c/demo/division/trial", {})["status"] == "accepted"
    contest = state_of(app)[Matches].contest("trial")
    assert contest is not None
    assert sorted(contest.entries) == sorted(state_of(app)[Entries].to_draw("trial"))
    assert left[0] not in contest.entries
