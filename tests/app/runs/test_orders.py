"""Replays, practice runs and withdrawals: what is run again or no more, and what counts."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from app.competitions.state import Setup
from app.pipeline import Pipeline
from app.standings.state import Standings, ranked_anew
from tests.app.conftest import WITHOUT_WAITING, Send
from tests.app.runs.judging import judging

Run = dict[str, Any]
WHY = {"reason": "the gate failed"}


def test_a_replay_takes_the_place_of_a_run_that_stays_marked(
    client: FlaskClient, bearer: Any, send: Send, runs: list[Run], pipeline: Pipeline
) -> None:
    old = runs[0]
    entered = send("judge", "EnterScore", old["target"], {"sheet": {"time": 5.0}}, old["version"])
    assert send("judge", "OrderReplay", old["target"], WHY)["code"] == "not_allowed"
    assert send("referee", "OrderReplay", old["target"], WHY)["status"] == "accepted"
    queue = judging(client, bearer)
    again = next(run for run in queue if run["replay_of"] == old["id"])
    kept = next(run for run in queue if run["id"] == old["id"])
    assert (kept["replaced_by"], kept["result"]["values"]) == (again["id"], {"time": 5.0})
    assert (again["attempt"], again["entry"]["id"]) == (old["attempt"], old["entry"]["id"])
    waiting = [run["id"] for run in queue if run["result"] is None]
    assert waiting[0] == again["id"]
    assert rank_of(client, old) is None
    mended = {"sheet": {"time": 4.0}, "reason": "misread"}
    assert send("judge", "CorrectScore", old["target"], mended, entered["version"])["code"] == "version_stale"
    assert send("judge", "CorrectScore", old["target"], mended, kept["version"])["code"] == "run_replaced"
    send("judge", "EnterScore", again["target"], {"sheet": {"time": 9.0}}, again["version"])
    assert rank_of(client, old) == 1
    assert send("referee", "OrderReplay", old["target"], WHY)["code"] == "run_replaced"
    state = pipeline.state("c/demo")
    assert state is not None
    assert state[Standings].of("line") == ranked_anew(state, state[Setup].divisions["line"])


def test_two_waiting_runs_change_places(
    client: FlaskClient, bearer: Any, send: Send, runs: list[Run]
) -> None:
    first, second = runs[0], runs[1]
    swap = {"other": second["id"], "reason": "the team is late"}
    assert send("judge:B", "SwapRuns", first["target"], swap)["code"] == "field_of_another"
    for other in (first["id"], "nobody"):
        assert (
            send("judge", "SwapRuns", first["target"], swap | {"other": other})["code"]
            == "run_not_on_this_field"
        )
    assert send("judge", "SwapRuns", first["target"], swap)["status"] == "accepted"
    assert [run["id"] for run in judging(client, bearer)[:2]] == [second["id"], first["id"]]
    schedule = client.get("/api/v1/live/c/demo/schedule").get_json()["data"]
    field = next(field for field in schedule["fields"] if field["code"] == "A")
    assert [run["id"] for run in field["next"][:2]] == [second["id"], first["id"]]
    assert send("judge", "OpenRun", second["target"])["status"] == "accepted"
    assert send("judge", "SwapRuns", first["target"], swap)["code"] == "run_begun"


def test_a_practice_run_comes_next_and_never_counts(
    client: FlaskClient, bearer: Any, send: Send, runs: list[Run]
) -> None:
    entry = runs[3]["entry"]["id"]
    other = send("judge:B", "AddPracticeRun", "c/demo/field/A", {"entry": entry})
    assert other["code"] == "field_of_another"
    unknown = send("judge", "AddPracticeRun", "c/demo/field/A", {"entry": "nobody"})
    assert [error["field"] for error in unknown["errors"]] == ["entry"]
    assert send("judge", "AddPracticeRun", "c/demo/field/A", {"entry": entry})["status"] == "accepted"
    practice = judging(client, bearer)[0]
    assert (practice["practice"], practice["entry"]["id"]) == (True, entry)
    done = send("judge", "EnterScore", practice["target"], {"sheet": {"time": 1.0}}, practice["version"])
    assert done["status"] == "accepted"
    assert rank_of(client, runs[3]) is None
    field = client.get("/api/v1/live/c/demo/field/A").get_json()["data"]
    assert field["last"] is None
    assert send("referee", "OrderReplay", practice["target"], WHY)["code"] == "run_is_practice"


def test_a_withdrawn_entry_keeps_what_was_confirmed_and_holds_nothing_up(
    client: FlaskClient, bearer: Any, send: Send, runs: list[Run]
) -> None:
    gone, entry = runs[0], f"c/demo/entry/{runs[0]['entry']['id']}"
    send("judge", "EnterScore", gone["target"], {"sheet": {"time": 5.0}}, gone["version"])
    theirs = [run for run in runs if run["entry"]["id"] == gone["entry"]["id"]]
    assert send("referee", "WithdrawEntry", "c/demo/entry/nobody", WHY)["code"] == "entry_unknown"
    assert send("judge", "WithdrawEntry", entry, WHY)["code"] == "not_allowed"
    assert send("referee", "WithdrawEntry", entry, WHY)["status"] == "accepted"
    assert send("referee", "WithdrawEntry", entry, WHY)["code"] == "entry_withdrawn"
    assert rank_of(client, gone) == 1
    late = send("judge", "EnterScore", theirs[1]["target"], {"sheet": {"time": 4.0}}, theirs[1]["version"])
    assert late["code"] == "run_withdrawn"
    assert send("judge", "OpenRun", theirs[1]["target"])["code"] == "run_withdrawn"
    for run in runs:
        if run["entry"]["id"] != gone["entry"]["id"]:
            send("judge", "EnterScore", run["target"], {"sheet": {}, "mark": "DNS"}, run["version"])
    assert (
        send("organiser", "PublishResults", "c/demo/division/line", WITHOUT_WAITING)["status"] == "accepted"
    )


def test_a_withdrawal_is_taken_back(client: FlaskClient, bearer: Any, send: Send, runs: list[Run]) -> None:
    entry = f"c/demo/entry/{runs[0]['entry']['id']}"
    assert send("organiser", "ReinstateEntry", entry, WHY)["code"] == "entry_not_withdrawn"
    send("organiser", "WithdrawEntry", entry, WHY)
    assert judging(client, bearer)[0]["withdrawn"] is True
    assert client.get("/api/v1/live/c/demo/field/A").get_json()["data"]["next"][0]["id"] == runs[1]["id"]
    assert send("organiser", "ReinstateEntry", entry, WHY)["status"] == "accepted"
    assert judging(client, bearer)[0]["withdrawn"] is False
    scored = send("judge", "EnterScore", runs[0]["target"], {"sheet": {"time": 4.0}}, runs[0]["version"])
    assert scored["status"] == "accepted"


def rank_of(client: FlaskClient, run: Run) -> int | None:
    """The place of a run's entry in the public standings."""
    rows = client.get("/api/v1/live/c/demo/division/line/standings").get_json()["data"]["rows"]
    rank: int | None = next(row["rank"] for row in rows if row["entry"]["id"] == run["entry"]["id"])
    return rank
