"""Every format played to the end by commands, with random winners, walkovers and withdrawals; the log rebuilds it."""

from __future__ import annotations

from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient

import app.competitions.commands as competition_commands
from app.competitions.rulesets import shipped_text
from app.competitions.state import Setup
from app.eventlog import queries
from app.matches.state import Matches
from app.pipeline import Pipeline
from app.standings.state import Standings, ranked_anew
from app.states import open_state
from tests.app.conftest import WITHOUT_WAITING, Send

from .contesting import DIVISION, WHY, contest, set_up, target, waiting, won

PHASES = {
    "round_robin": "{id: all, format: round_robin, legs: 2, LABEL}",
    "swiss": "{id: all, format: swiss, rounds: 4, LABEL}",
    "single": "{id: all, format: single_elimination, bronze: true, best_of: 3, LABEL}",
    "double": "{id: all, format: double_elimination, final_reset: true, LABEL}",
    "groups": "{id: groups, format: round_robin, groups: 2, LABEL, advance: {of_each_group: 2, ties: draw}}",
    "swiss_cut": "{id: swiss, format: swiss, rounds: 3, LABEL, advance: {top: 4, ties: draw}}",
    "playoff": "{id: playoff, format: double_elimination, final_best_of: 3, LABEL}",
    "eight": "{id: all, format: alliances_of_8, LABEL}",
    "eight_chosen": "{id: all, format: alliances_of_8, LABEL, alliances: {count: 8, picks: 2, backups: 1}}",
    "group_chosen": "{id: first, format: round_robin, LABEL, alliances: {count: 3, picks: 1}, advance: {top: 2}}",
}
CONTESTS = {
    "round_robin": (5, ["round_robin"]),
    "swiss": (7, ["swiss"]),
    "single": (6, ["single"]),
    "double": (7, ["double"]),
    "groups and playoff": (9, ["groups", "playoff"]),
    "swiss and playoff": (9, ["swiss_cut", "playoff"]),
    "eight": (8, ["eight"]),
}


def with_phases(names: list[str]) -> str:
    """The mini sumo's rules with other phases."""
    text = shipped_text("sumo-mini")
    assert text is not None
    before, _, rest = text.partition("\nphases:\n")
    after = rest[rest.index("\nranking_examples:") :]
    label = "label: {kk: Кезең, ru: Этап, en: Phase}"
    phases = "\n".join(f"  - {PHASES[name].replace('LABEL', label)}" for name in names)
    unused = before[: before.index("  - name: groups")] + before[before.index("\nmatch:") :]
    return f"{unused}\nphases:\n{phases}\n{after}"


@pytest.mark.parametrize("name", CONTESTS)
def test_a_contest_is_played_to_its_end(
    app: Flask,
    client: FlaskClient,
    send: Send,
    pipeline: Pipeline,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    teams, phases = CONTESTS[name]
    text = with_phases(phases)
    monkeypatch.setattr(competition_commands, "shipped_text", lambda _discipline: text)
    set_up(send, teams)
    assert send("organiser", "DrawLots", DIVISION, {"seed": 5})["status"] == "accepted"
    chance = Random(name)
    leaving = [] if name == "eight" else [chance.randrange(3, 8)]
    for step in range(200):
        open_matches = waiting(pipeline)
        if not open_matches:
            break
        match = chance.choice(open_matches[:3])
        if step in leaving:
            entry = f"c/demo/entry/{chance.choice(match.sides)}"
            assert send("referee", "WithdrawEntry", entry, WHY)["status"] == "accepted"
            continue
        winner = chance.choice(match.sides)
        if chance.random() < 0.1:
            given = {"winner": winner} | WHY
            receipt = send("judge", "GiveWalkover", target(match), given, match.version)
        else:
            receipt = send("judge", "EnterMatch", target(match), won(match, winner), match.version)
        assert receipt["status"] == "accepted", receipt
    shown = contest(client)
    assert (shown["is_over"], shown["ties"]) == (True, [])
    assert len(shown["phases"]) == len(phases)
    assert send("organiser", "PublishResults", DIVISION, WITHOUT_WAITING)["status"] == "accepted"
    check_rebuilt(app, pipeline)
    if shown["phases"][-1]["bracket"]:
        rows = client.get("/api/v1/live/c/demo/division/sumo/standings").get_json()["data"]["rows"]
        assert rows[0]["entry"]["id"] == shown["phases"][-1]["champion"]["id"]
        assert [row["rank"] for row in rows].count(1) == 1


def check_rebuilt(app: Flask, pipeline: Pipeline) -> None:
    """Folded again from the log, everything is as it is in memory; and the order is that ranked anew."""
    held = pipeline.state("c/demo")
    assert held is not None
    with app.extensions["engine"].connect() as connection:
        assert "c/demo" in queries.chains(connection)
        folded = open_state(connection, "c/demo")
    assert folded[Matches].by_id == held[Matches].by_id
    assert folded[Matches].queues == held[Matches].queues
    division = held[Setup].divisions["sumo"]
    assert folded[Standings].of("sumo") == held[Standings].of("sumo") == ranked_anew(held, division)
