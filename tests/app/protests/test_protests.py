"""Protests: who may file one and until when, the fee, what a decision changes, and that publishing waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.entries.state import Entries
from app.eventlog.chain import utc_now
from app.pipeline import Pipeline
from app.protests.state import Protest, Protests
from app.runs.state import Run, Runs
from tests.app.conftest import WITHOUT_WAITING, Send

DIVISION = "c/demo/division/line"
TEXT = {"text": "The gate counted a hand, not our robot."}
WINDOW = timedelta(minutes=10)


@pytest.fixture
def confirmed(send: Send, runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every run of the line race, confirmed at 20 s and more."""
    for index, run in enumerate(runs):
        sheet = {"sheet": {"time": 20.0 + index}}
        assert send("judge", "EnterScore", run["target"], sheet, run["version"])["status"] == "accepted"
    return runs


class Clock:
    """The pipeline's clock, moved by hand."""

    def __init__(self, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
        self.later = timedelta()
        monkeypatch.setattr(pipeline, "_now", lambda: utc_now() + self.later)


@pytest.fixture
def clock(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(pipeline, monkeypatch)


def known(pipeline: Pipeline, id_: str) -> Run:
    state = pipeline.state("c/demo")
    assert state is not None
    return state[Runs].by_id[id_]


def newest(pipeline: Pipeline) -> Protest:
    state = pipeline.state("c/demo")
    assert state is not None
    return list(state[Protests].by_id.values())[-1]


def file(send: Send, run: dict[str, Any], **more: Any) -> dict[str, Any]:
    return send("organiser", "FileProtest", run["target"], TEXT | {"entry": run["entry"]["id"]} | more)


def decide(send: Send, pipeline: Pipeline, protest: Protest, **payload: Any) -> dict[str, Any]:
    assert protest.run is not None
    version = known(pipeline, protest.run).version
    return send(
        "referee",
        "DecideProtest",
        f"c/demo/protest/{protest.id}",
        {"reason": "seen on film"} | payload,
        version,
    )


def test_a_protest_holds_up_publishing_until_it_is_decided(
    send: Send, confirmed: list[dict[str, Any]], pipeline: Pipeline, client: FlaskClient
) -> None:
    run = confirmed[0]
    assert file(send, run)["status"] == "accepted"
    assert file(send, run)["code"] == "protest_open_already"
    assert known(pipeline, run["id"]).status == "PROTESTED"
    refused = send("organiser", "PublishResults", DIVISION, WITHOUT_WAITING)
    assert (refused["code"], refused["facts"]["count"]) == ("protests_open", 1)
    assert f"№ {run['entry']['number']}/{run['attempt']}" in refused["facts"]["runs"]
    protest = newest(pipeline)
    ruling = {"outcome": "rejected"}
    target = f"c/demo/protest/{protest.id}"
    assert (
        send("organiser", "DecideProtest", target, ruling | {"reason": "no"}, 1)["code"] == "payload_invalid"
    )
    assert (
        send("organiser", "DecideProtest", target, ruling | {"reason": "not so"}, 1)["code"] == "not_allowed"
    )
    assert decide(send, pipeline, protest, **ruling)["status"] == "accepted"
    assert known(pipeline, run["id"]).status == "UNOFFICIAL"
    assert decide(send, pipeline, protest, **ruling)["code"] == "protest_decided"
    assert send("organiser", "PublishResults", DIVISION, WITHOUT_WAITING)["status"] == "accepted"


def test_an_upheld_protest_corrects_the_sheet_and_moves_the_standings(
    send: Send, confirmed: list[dict[str, Any]], pipeline: Pipeline, client: FlaskClient
) -> None:
    run = confirmed[-1]
    send("organiser", "PublishResults", DIVISION, WITHOUT_WAITING)
    file(send, run)
    protest = newest(pipeline)
    nonsense = {"outcome": "upheld", "effect": "correction", "sheet": {"time": "quick"}}
    assert decide(send, pipeline, protest, **nonsense)["code"] == "sheet_invalid"
    assert newest(pipeline).is_open
    unfounded = {"outcome": "rejected", "effect": "correction", "sheet": {"time": 1.0}}
    assert decide(send, pipeline, protest, **unfounded)["code"] == "payload_invalid"
    upheld = {"outcome": "upheld", "effect": "correction", "sheet": {"time": 5.5}}
    assert decide(send, pipeline, protest, **upheld)["status"] == "accepted"
    result = known(pipeline, run["id"]).result
    assert result is not None
    assert (result.results["time"], result.corrected) == (5.5, True)
    rows = client.get(f"/api/v1/live/{DIVISION}/standings").get_json()["data"]["rows"]
    assert rows[0]["entry"]["id"] == run["entry"]["id"]
    assert known(pipeline, run["id"]).status == "UNOFFICIAL"


def test_an_upheld_protest_has_the_run_held_again(
    send: Send, confirmed: list[dict[str, Any]], pipeline: Pipeline
) -> None:
    run = confirmed[2]
    file(send, run)
    assert decide(send, pipeline, newest(pipeline), outcome="upheld", effect="replay")["status"] == "accepted"
    old = known(pipeline, run["id"])
    assert old.replaced_by is not None
    assert old.result is not None
    assert known(pipeline, old.replaced_by).replay_of == old.id
    assert file(send, run)["code"] == "run_replaced"


def test_a_decision_on_a_sheet_that_has_changed_since_is_a_conflict(
    send: Send, confirmed: list[dict[str, Any]], pipeline: Pipeline
) -> None:
    run = confirmed[0]
    file(send, run)
    seen = known(pipeline, run["id"]).version
    mended = {"sheet": {"time": 8.0}, "reason": "misread"}
    send("referee", "CorrectScore", run["target"], mended, seen)
    target = f"c/demo/protest/{newest(pipeline).id}"
    stale = send("referee", "DecideProtest", target, {"outcome": "rejected", "reason": "not so"}, seen)
    assert stale["status"] == "conflict"
    assert newest(pipeline).is_open


def test_the_window_closes_but_for_a_paper_handed_in_before(
    send: Send, confirmed: list[dict[str, Any]], pipeline: Pipeline, clock: Clock
) -> None:
    run = confirmed[0]
    early = send("organiser", "PublishResults", DIVISION)
    assert (early["code"], list(early["facts"])) == ("protest_window_open", ["until"])
    result = known(pipeline, run["id"]).result
    assert result is not None
    clock.later = WINDOW + timedelta(seconds=5)
    late = file(send, run)
    assert (late["code"], late["facts"]["window"]) == ("protest_late", "10")
    in_time = datetime.fromisoformat(result.at_utc) + WINDOW / 2
    assert file(send, run, handed_in_at_utc=in_time.isoformat())["status"] == "accepted"
    assert newest(pipeline).at_utc == in_time.isoformat()
    assert decide(send, pipeline, newest(pipeline), outcome="taken_back")["status"] == "accepted"
    assert send("organiser", "PublishResults", DIVISION)["status"] == "accepted"


def test_a_correction_opens_the_window_anew(
    send: Send, confirmed: list[dict[str, Any]], pipeline: Pipeline, clock: Clock
) -> None:
    clock.later = 2 * WINDOW
    run = confirmed[0]
    assert file(send, run)["code"] == "protest_late"
    mended = {"sheet": {"time": 8.0}, "reason": "misread"}
    send("referee", "CorrectScore", run["target"], mended, known(pipeline, run["id"]).version)
    assert file(send, confirmed[1])["code"] == "protest_late"
    assert file(send, run)["status"] == "accepted"


def test_who_may_protest_about_what(
    send: Send, runs: list[dict[str, Any]], pipeline: Pipeline, confirmed: list[dict[str, Any]]
) -> None:
    assert send("judge", "FileProtest", runs[0]["target"], TEXT | {"entry": "x"})["code"] == "not_allowed"
    state = pipeline.state("c/demo")
    assert state is not None
    stranger = next(entry.id for entry in state[Entries].by_id.values() if entry.division != "line")
    assert file(send, runs[0], entry=stranger)["code"] == "entry_unknown"
    send("judge", "AddPracticeRun", "c/demo/field/A", {"entry": runs[0]["entry"]["id"]})
    practice = next(run for run in state[Runs].by_id.values() if run.practice)
    target = f"c/demo/run/{practice.id}"
    assert (
        send("referee", "FileProtest", target, TEXT | {"entry": practice.entry})["code"] == "run_is_practice"
    )
    rival = runs[1]["entry"]["id"]
    assert file(send, runs[0], entry=rival)["status"] == "accepted"


def test_a_state_folded_again_knows_the_same_protests(
    send: Send, confirmed: list[dict[str, Any]], pipeline: Pipeline
) -> None:
    from app.states import open_state

    file(send, confirmed[0])
    file(send, confirmed[1])
    decide(send, pipeline, newest(pipeline), outcome="upheld", effect="correction", sheet={"time": 3.0})
    state = pipeline.state("c/demo")
    assert state is not None
    again = open_state(pipeline._reader, "c/demo")
    assert again[Protests].by_id == state[Protests].by_id
    assert again[Runs].by_id == state[Runs].by_id
