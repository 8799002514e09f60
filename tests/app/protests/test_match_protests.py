"""Protests about matches: the captains' signatures, the window, what a ruling changes, and that publishing waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.matches.match import Match
from app.matches.state import Matches
from app.pipeline import Pipeline
from app.protests.state import Protest, Protests
from tests.app.conftest import WITHOUT_WAITING, Send
from tests.app.desk.desking import Desk, said
from tests.app.matches.contesting import DIVISION, contest, enter, play_groups, set_up, target, waiting, won

TEXT = {"text": "Our robot was pushed after the gong."}


@pytest.fixture
def played(send: Send, pipeline: Pipeline) -> Match:
    """The first match of three teams, won by its first side."""
    set_up(send, 3)
    match = waiting(pipeline)[0]
    enter(send, match, match.sides[0])
    return match


def known(pipeline: Pipeline, id_: str) -> Match:
    state = pipeline.state("c/demo")
    assert state is not None
    return state[Matches].by_id[id_]


def newest(pipeline: Pipeline) -> Protest:
    state = pipeline.state("c/demo")
    assert state is not None
    return list(state[Protests].by_id.values())[-1]


def file(send: Send, match: Match, **more: Any) -> dict[str, Any]:
    return send("organiser", "FileProtest", target(match), TEXT | {"entry": match.sides[1]} | more)


def decide(send: Send, match: Match, protest: Protest, **ruling: Any) -> dict[str, Any]:
    payload = {"outcome": "upheld", "reason": "seen on film"} | ruling
    return send("referee", "DecideProtest", f"c/demo/protest/{protest.id}", payload, match.version)


def test_captains_sign_or_refuse(send: Send, pipeline: Pipeline) -> None:
    set_up(send, 3)
    match = waiting(pipeline)[0]
    first, second = match.sides
    signed = {"outcome": "signed", "strokes": [[10, 10, 90, 40]]}
    refused = {"outcome": "refused", "comment": "It was over time."}
    strange = won(match, first) | {"captains": {"nobody": signed}}
    receipt = send("judge", "EnterMatch", target(match), strange, match.version)
    assert (receipt["code"], receipt["errors"][0]["field"]) == ("side_unknown", "captains.nobody")
    whole = won(match, first) | {"captains": {first: signed, second: refused}}
    assert send("judge", "EnterMatch", target(match), whole, match.version)["status"] == "accepted"
    outcome = known(pipeline, match.id).outcome
    assert outcome is not None
    assert outcome.captains == {first: "signed", second: "refused"}


def test_a_protest_holds_up_publishing(
    send: Send, played: Match, pipeline: Pipeline, client: FlaskClient
) -> None:
    assert file(send, waiting(pipeline)[0])["code"] == "match_not_confirmed"
    assert file(send, played)["status"] == "accepted"
    assert file(send, played)["code"] == "protest_open_already"
    shown = {match["id"]: match["status"] for match in contest(client)["matches"]}
    assert shown[played.id] == "PROTESTED"
    play_groups(send, pipeline)
    while waiting(pipeline):
        enter(send, waiting(pipeline)[0], waiting(pipeline)[0].sides[0])
    refused = send("organiser", "PublishResults", DIVISION, WITHOUT_WAITING)
    assert (refused["code"], refused["facts"]["matches"]) == ("protests_of_matches_open", str(played.number))
    rejected = decide(send, known(pipeline, played.id), newest(pipeline), outcome="rejected")
    assert rejected["status"] == "accepted"
    assert send("organiser", "PublishResults", DIVISION)["code"] == "protest_window_open"
    assert send("organiser", "PublishResults", DIVISION, WITHOUT_WAITING)["status"] == "accepted"


def test_an_upheld_one_corrects_the_match(send: Send, played: Match, pipeline: Pipeline) -> None:
    file(send, played)
    stale = decide(send, waiting(pipeline)[0], newest(pipeline), effect="replay")
    assert stale["status"] == "conflict" or stale["code"] == "version_stale"
    match = known(pipeline, played.id)
    half = {"bouts": [{"winner": match.sides[1]}]}
    refused = decide(send, match, newest(pipeline), effect="correction", **half)
    assert (refused["code"], newest(pipeline).is_open) == ("match_undecided", True)
    whole = won(match, match.sides[1])
    assert decide(send, match, newest(pipeline), effect="correction", **whole)["status"] == "accepted"
    outcome = known(pipeline, played.id).outcome
    assert outcome is not None
    assert (outcome.winner, outcome.corrected, known(pipeline, played.id).status) == (
        match.sides[1],
        True,
        "UNOFFICIAL",
    )


def test_an_upheld_one_has_the_match_held_again(send: Send, played: Match, pipeline: Pipeline) -> None:
    file(send, played)
    match = known(pipeline, played.id)
    assert decide(send, match, newest(pipeline), effect="replay")["status"] == "accepted"
    assert waiting(pipeline)[0].replay_of == played.id
    assert file(send, played)["code"] == "match_replaced"


def test_the_desk_takes_one_and_the_jury_decides_it(
    send: Send,
    played: Match,
    pipeline: Pipeline,
    client: FlaskClient,
    bearer: Callable[[str], dict[str, str]],
) -> None:
    organiser, referee = Desk(client, bearer("organiser")), Desk(client, bearer("referee"))
    page = f"/desk/c/demo/match/{played.id}"
    filed = organiser.post(page, f"{page}/protest", TEXT | {"entry": played.sides[1]})
    assert "The protest is filed" in filed
    assert "under protest" in said(filed, "match-state")[0]
    protest = newest(pipeline)
    ruling = {
        "outcome": "upheld",
        "effect": "correction",
        "reason": "seen on film",
        "version": played.version,
    }
    way = f"{page}/protest/{protest.id}/decide"
    nonsense = ruling | {"bout-0": played.sides[1], "bout-1": ""}
    assert "not decided" in referee.post(page, way, nonsense, expected=400)
    bouts = {"bout-0": "kept", "bout-1": played.sides[1], "bout-2": played.sides[1]}
    done = referee.post(page, way, ruling | bouts)
    outcome = known(pipeline, played.id).outcome
    assert outcome is not None
    assert (outcome.winner, outcome.score) == (played.sides[1], (1.0, 2.0))
    assert [line for line in said(done, "history-line") if line]
    assert "2 : 0" in done
    assert "1 : 2" in done
    version = known(pipeline, played.id).version
    bouts = {"bout-0": played.sides[0], "bout-1": played.sides[0], "bout-2": ""}
    mended = referee.post(page, f"{page}/correct", bouts | {"reason": "a slip", "version": version})
    assert "The match is stored" in mended
    assert known(pipeline, played.id).winner == played.sides[0]
