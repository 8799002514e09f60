"""While a division is frozen its results cannot be had at any public address or topic, in any form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.access import PUBLIC, declared
from app.extensions import socketio
from app.live.snapshots import KINDS, STAFF_ONLY, Topic
from app.pipeline import Pipeline
from tests.app.conftest import Send

Bearer = Callable[[str], dict[str, str]]
LINE = "c/demo/division/line"
STANDINGS = f"{LINE}/standings"
FAST_S, SLOW_S = 17.171, 93.931
"""Times nobody else has; wherever one of them turns up, it leaked."""
NAMES = {
    "code": ("A", "B", "line", "trip"),
    "slug": ("demo",),
    "extension": ("json", "csv", "xlsx"),
    "number": ("1", "2"),
}


@pytest.fixture
def frozen(send: Send, runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The division ``line`` with three runs confirmed before it was frozen; the runs that are left."""
    for run, time_s in zip(runs[:3], (30.0, 31.0, 32.0), strict=True):
        assert score(send, run, time_s)["status"] == "accepted"
    assert send("organiser", "FreezeStandings", LINE)["status"] == "accepted"
    return runs[3:]


def score(send: Send, run: dict[str, Any], time_s: float | None, mark: str | None = None) -> dict[str, Any]:
    sheet = {} if time_s is None else {"time": time_s}
    return send("referee", "EnterScore", run["target"], {"sheet": sheet, "mark": mark}, run["version"])


def hidden_results(send: Send, left: list[dict[str, Any]]) -> None:
    """After the freeze: a win, a last place, a disqualification, and a run on its field."""
    assert score(send, left[0], FAST_S)["status"] == "accepted"
    assert score(send, left[1], SLOW_S)["status"] == "accepted"
    assert score(send, left[2], None, "DSQ")["status"] == "accepted"
    first = send("referee", "OpenRun", left[3]["target"])
    assert first["status"] == "accepted"


def test_no_public_address_or_topic_tells_a_hidden_result(
    app: Flask, client: FlaskClient, send: Send, frozen: list[dict[str, Any]]
) -> None:
    before = client.get(f"/api/v1/live/{STANDINGS}").get_json()
    mentions = {address: body.count("DSQ") for address, body in everything_public(app)}
    hidden_results(send, frozen)
    told = dict(everything_public(app))
    assert len(told) > 15, "what is public was not found"
    for address, body in told.items():
        for time_s in (FAST_S, SLOW_S):
            assert str(time_s) not in body, address
            assert str(time_s).replace(".", ",") not in body, address
        assert body.count("DSQ") == mentions[address], address
    assert client.get(f"/api/v1/live/{STANDINGS}").get_json() == before
    assert before["data"]["frozen_at_utc"] is not None


def test_neither_counts_nor_ranks_nor_versions_move(
    client: FlaskClient, send: Send, frozen: list[dict[str, Any]]
) -> None:
    def seen() -> dict[str, Any]:
        schedule = client.get("/api/v1/live/c/demo/schedule").get_json()["data"]["fields"][0]
        queue = client.get("/api/v1/live/c/demo/field/A/queue").get_json()["data"]["runs"]
        results = {run["id"]: (run["rank"], run["result"]) for run in queue}
        tag = client.get(f"/api/v1/live/{STANDINGS}").headers["ETag"]
        return {"done": schedule["done"], "left": schedule["left"], "results": results, "tag": tag}

    before = seen()
    assert sorted(rank for rank, _ in before["results"].values() if rank) == [1, 2, 3]
    hidden_results(send, frozen)
    assert seen() == before
    hidden = client.get("/api/v1/live/c/demo/field/A/queue").get_json()["data"]["runs"][3]
    assert (hidden["status"], hidden["version"], hidden["sealed"]) == ("UNCONFIRMED", 0, True)


def test_a_correction_after_the_freeze_shows_what_was_shown(
    client: FlaskClient, send: Send, runs: list[dict[str, Any]], frozen: list[dict[str, Any]]
) -> None:
    [earlier] = [r for r in judging(client, send) if r["id"] == runs[0]["id"]]
    payload = {"sheet": {"time": FAST_S}, "mark": None, "reason": "stopwatch"}
    corrected = send("referee", "CorrectScore", earlier["target"], payload, earlier["version"])
    assert corrected["status"] == "accepted"
    public = client.get("/api/v1/live/c/demo/field/A/queue").get_json()["data"]["runs"]
    [shown] = [run for run in public if run["id"] == runs[0]["id"]]
    assert (shown["result"]["values"]["time"], shown["result"]["corrected"]) == (30.0, False)


def test_neither_socket_nor_clock_tells_when_a_hidden_run_starts_and_stops(
    app: Flask, client: FlaskClient, send: Send, bearer: Bearer, frozen: list[dict[str, Any]]
) -> None:
    send("referee", "OpenRun", frozen[0]["target"])
    before = {topic: client.get(f"/api/v1/live/{topic}").get_json() for topic in topics(app)}
    listener = socketio.test_client(app, namespace="/live")
    listener.emit("join", {"topics": list(before)}, namespace="/live", callback=True)
    for seq, channel, second in ((1, 0, 10), (2, 1, 27)):
        reading = {
            "seq": seq, "channel": channel, "edge": "fall", "ticks": second * 1000,
            "at_utc": f"2026-04-01T07:00:{second}Z", "uncertainty_us": 9,
        }  # fmt: skip
        batch = {"device": "gate", "boot": 1, "origin": "simulated", "readings": [reading]}
        answer = client.post("/api/v1/readings", json=batch, headers=bearer("field_controller:A"))
        assert answer.status_code == 200, answer.text
    [run] = [run for run in judging(client, send) if run["id"] == frozen[0]["id"]]
    assert run["clock"]["state"] == "stopped", "the gates did time the run"
    assert listener.get_received("/live") == []
    assert {topic: client.get(f"/api/v1/live/{topic}").get_json() for topic in before} == before


def test_judges_see_what_the_public_does_not(
    app: Flask, client: FlaskClient, send: Send, frozen: list[dict[str, Any]]
) -> None:
    score(send, frozen[0], FAST_S)
    assert client.get("/api/v1/live/c/demo/field/A/judging").status_code == 401
    [run] = [run for run in judging(client, send) if run["id"] == frozen[0]["id"]]
    assert (run["result"]["values"]["time"], run["rank"]) == (FAST_S, 1)


def test_a_freeze_at_an_instant_to_come_begins_with_the_first_entry_after_it(
    pipeline: Pipeline, client: FlaskClient, send: Send, runs: list[dict[str, Any]]
) -> None:
    send("organiser", "FreezeStandings", LINE, {"at_utc": "2099-01-01T00:00:00Z"})
    score(send, runs[0], 30.0)
    planned = client.get(f"/api/v1/live/{STANDINGS}").get_json()["data"]
    assert planned["frozen_at_utc"] == "2099-01-01T00:00:00.000000Z"
    assert planned["rows"][0]["values"]["time"] == 30.0

    pipeline._now = lambda: datetime(2099, 1, 1, 0, 0, 1, tzinfo=UTC)
    score(send, runs[1], FAST_S)
    rows = client.get(f"/api/v1/live/{STANDINGS}").get_json()["data"]["rows"]
    assert [row["values"].get("time") for row in rows if row["rank"]] == [30.0]


def test_unfreezing_shows_everything(client: FlaskClient, send: Send, frozen: list[dict[str, Any]]) -> None:
    hidden_results(send, frozen)
    assert send("organiser", "UnfreezeStandings", LINE)["status"] == "accepted"
    data = client.get(f"/api/v1/live/{STANDINGS}").get_json()["data"]
    assert data["rows"][0]["values"]["time"] == FAST_S
    assert data["frozen_at_utc"] is None
    queue = client.get("/api/v1/live/c/demo/field/A/queue").get_json()["data"]["runs"]
    assert queue[3]["result"]["values"]["time"] == FAST_S


def judging(client: FlaskClient, send: Send) -> list[dict[str, Any]]:
    """Field A's runs as its judges see them."""
    told = json.loads(client.application.extensions["settings"].access_file.read_text("utf-8"))
    headers = {"Authorization": f"Bearer {told['roles']['referee']['token']}"}
    answer = client.get("/api/v1/live/c/demo/field/A/judging", headers=headers)
    runs: list[dict[str, Any]] = answer.get_json()["data"]["runs"]
    return runs


def topics(app: Flask) -> list[str]:
    """Every public topic of the demo, of every kind there is."""
    made = ["screen/demo-hall"]
    patterns = ["c/demo/{kind}", "c/demo/field/A/{kind}", "c/demo/division/line/{kind}", "c/demo/field/A"]
    for kind in KINDS:
        named = {pattern.format(kind=kind) for pattern in patterns}
        made += [name for name in named if Topic.parse(name)]
    kinds = {name: topic.kind for name in made if (topic := Topic.parse(name))}
    assert set(kinds.values()) >= set(KINDS)
    return sorted(name for name, kind in kinds.items() if kind not in STAFF_ONLY)


def everything_public(app: Flask) -> Iterator[tuple[str, str]]:
    """Each public address with what it answers to nobody in particular: pages, files, snapshots."""
    client = app.test_client()
    paths = {f"/api/v1/live/{topic}" for topic in topics(app)}
    address = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if declared(app.view_functions[rule.endpoint]) != PUBLIC or "GET" not in (rule.methods or ()):
            continue
        for values in combinations(rule.arguments):
            paths.add(address.build(rule.endpoint, values))
    for path in sorted(paths):
        yield path, client.get(path).get_data(as_text=True)
    listener = socketio.test_client(app, namespace="/live")
    answer = listener.emit("join", {"topics": topics(app)}, namespace="/live", callback=True)
    yield "socket: join", str(answer)


def combinations(arguments: set[str]) -> Iterator[dict[str, str]]:
    """Every way to fill a rule's arguments with names there are."""
    made: list[dict[str, str]] = [{}]
    for name in sorted(arguments):
        made = [one | {name: value} for one in made for value in NAMES.get(name, ("demo-hall",))]
    yield from made
