"""What was written about a team goes with it, out of every table; what was written about others stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from app.erasing.state import ABOUT_ENTRIES, ABOUT_NO_ENTRY, Written
from app.eventlog.chain import utc_now
from app.eventlog.queries import links
from app.eventlog.verifying import references, verify
from app.matches.match import Match
from app.pipeline import Pipeline
from app.registry.state import People
from app.states import open_state
from tests.app.conftest import Send
from tests.app.matches.contesting import enter as enter_match
from tests.app.matches.contesting import set_up, target, waiting, won

Bearer = Callable[[str], dict[str, str]]
Run = dict[str, Any]
STROKES = [[111, 222, 333, 444]]
SIGNED = {"outcome": "signed", "strokes": STROKES}
GROUND = "біздің робот жанаспады"


def everything_stored(app: Flask) -> str:
    """Whatever is in any table, as text."""
    with sqlite3.connect(app.extensions["settings"].database) as connection:
        return "\n".join(connection.iterdump())


def done(receipt: dict[str, Any]) -> dict[str, Any]:
    assert receipt["status"] == "accepted", receipt
    return receipt


def write_about(send: Send, run: Run, who: str) -> list[str]:
    """Everything one writes about a team; each has ``who`` in it."""
    entry = run["entry"]["id"]
    inspected = {"outcome": "passed", "note": f"{who} inspected"}
    done(send("volunteer", "RecordInspection", f"c/demo/entry/{entry}", inspected))
    done(send("organiser", "SetSpokenWords", "c/demo", {"entry": entry, "note": f"{who} spoken"}))
    captain = {"outcome": "refused", "comment": f"{who} refused", "strokes": STROKES}
    sheet = {"sheet": {"time": 20.0}, "note": f"{who} noted", "captain": captain}
    version = done(send("judge", "EnterScore", run["target"], sheet, run["version"]))["version"]
    mended = {"sheet": {"time": 21.0}, "reason": f"{who} mended"}
    done(send("judge", "CorrectScore", run["target"], mended, version))
    done(send("organiser", "FileProtest", run["target"], {"entry": entry, "text": f"{who}: {GROUND}"}))
    done(send("referee", "WithdrawEntry", f"c/demo/entry/{entry}", {"reason": f"{who} went home"}))
    return [f"{who} {word}" for word in ("inspected", "spoken", "refused", "noted", "mended", "went home")]


def take_down(send: Send, entry: str) -> None:
    done(send("organiser", "TakeDownEntry", "c/demo", {"entry": entry}))


def test_all_that_was_written_about_a_team_goes_with_it(
    app: Flask, client: FlaskClient, bearer: Bearer, send: Send, runs: list[Run]
) -> None:
    own = write_about(send, runs[0], "Қызғалдақ")
    others = write_about(send, next(one for one in runs if one["entry"] != runs[0]["entry"]), "Бәйтерек")
    before = everything_stored(app)
    assert all(text in before for text in (*own, *others, GROUND))
    take_down(send, runs[0]["entry"]["id"])
    left = everything_stored(app)
    assert "Қызғалдақ" not in left
    assert all(text in left for text in others)
    page = client.get(
        f"/desk/c/demo/run/{runs[0]['id']}", headers=bearer("referee") | {"Accept-Language": "en"}
    )
    assert page.status_code == 200
    assert page.text.count("(erased)") >= 4, (
        "the note, the correction, the protest's ground, the captain's words"
    )
    assert "Қызғалдақ" not in page.text
    assert "polyline" not in page.text
    assert verify(app.extensions["engine"])["ok"]


def test_another_teams_protest_about_its_run_goes_too(app: Flask, send: Send, runs: list[Run]) -> None:
    done(send("judge", "EnterScore", runs[0]["target"], {"sheet": {"time": 20.0}}, runs[0]["version"]))
    other = next(one["entry"]["id"] for one in runs if one["entry"] != runs[0]["entry"])
    done(send("organiser", "FileProtest", runs[0]["target"], {"entry": other, "text": GROUND}))
    take_down(send, runs[0]["entry"]["id"])
    assert GROUND not in everything_stored(app)


def test_of_a_match_the_other_captains_signature_stays(
    app: Flask, client: FlaskClient, bearer: Bearer, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 4)
    match: Match = waiting(pipeline)[0]
    first, second = match.sides
    signed = {first: SIGNED, second: {"outcome": "refused", "comment": "Бәйтерек refused"}}
    played = won(match, first) | {"note": "both were late", "captains": signed}
    done(send("judge", "EnterMatch", target(match), played, match.version))
    take_down(send, first)
    left = everything_stored(app)
    assert "both were late" not in left
    assert "[[111,222" not in left
    assert "Бәйтерек refused" in left
    page = client.get(f"/desk/c/demo/match/{match.id}", headers=bearer("referee") | {"Accept-Language": "en"})
    assert "(erased)" in page.text
    enter_match(send, waiting(pipeline)[0], waiting(pipeline)[0].sides[0])


def test_why_two_matches_changed_places_goes_with_either_of_their_teams(
    app: Flask, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 4)
    first, second = waiting(pipeline)[:2]
    swap = {"other": second.id, "reason": "Бәйтерек is being repaired"}
    done(send("judge", "SwapMatches", target(first), swap))
    take_down(send, second.sides[0])
    assert "Бәйтерек is being repaired" not in everything_stored(app)


def test_what_was_written_goes_with_the_last_person_of_an_entry(
    app: Flask, send: Send, runs: list[Run], pipeline: Pipeline
) -> None:
    write_about(send, runs[0], "Қызғалдақ")
    state = pipeline.state("c/demo")
    assert state is not None
    people = [one.id for one in state[People].of_entry(runs[0]["entry"]["id"])]
    done(send("organiser", "ErasePeople", "c/demo", {"people": people[:1]}))
    assert "Қызғалдақ" in everything_stored(app)
    done(send("organiser", "ErasePeople", "c/demo", {"people": people[1:]}))
    assert "Қызғалдақ" not in everything_stored(app)


def test_when_everybody_is_erased_nothing_written_is_left(
    app: Flask, send: Send, runs: list[Run], pipeline: Pipeline
) -> None:
    write_about(send, runs[0], "Қызғалдақ")
    done(send("referee", "ReleaseField", "c/demo/field/A", {"reason": "nobody's words"}))
    state = pipeline.state("c/demo")
    assert state is not None
    over = (utc_now().date() - timedelta(days=2)).isoformat()
    done(send("organiser", "SetRetention", "c/demo", {"until": over}))
    done(send("organiser", "ErasePeople", "c/demo", {"people": list(state[People].by_id)}))
    with sqlite3.connect(app.extensions["settings"].database) as connection:
        assert connection.execute("SELECT count(*) FROM note").fetchone() == (0,)
    assert state[Written].about == {}
    assert verify(app.extensions["engine"])["ok"]


def test_folded_again_it_knows_the_same(app: Flask, send: Send, runs: list[Run], pipeline: Pipeline) -> None:
    write_about(send, runs[0], "Қызғалдақ")
    write_about(send, next(one for one in runs if one["entry"] != runs[0]["entry"]), "Бәйтерек")
    take_down(send, runs[0]["entry"]["id"])
    with app.extensions["engine"].connect() as connection:
        again = open_state(connection, "c/demo")
    held = pipeline.state("c/demo")
    assert held is not None
    assert again[Written].about == held[Written].about
    assert again[Written].erased_at == held[Written].erased_at > 0


def test_every_event_with_a_note_says_whom_it_is_about(app: Flask, send: Send, runs: list[Run]) -> None:
    write_about(send, runs[0], "Қызғалдақ")
    sealed_elsewhere = {"EntryRegistered", "EntryChanged", "ConsentGiven", "OfficialsSet"}
    with app.extensions["engine"].connect() as connection:
        told = {one.entry.type for one in links(connection, "c/demo") if [*references(one.entry.data)]}
    assert told <= ABOUT_ENTRIES | ABOUT_NO_ENTRY | sealed_elsewhere
