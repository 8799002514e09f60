"""The chief judge's desk: escalations first, sheets opened with their history, corrected, protested, published anew."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.competitions.state import Setup
from app.entries.state import Entries
from app.pipeline import Pipeline
from app.runs.state import Runs
from tests.app.conftest import WITHOUT_WAITING, Send
from tests.app.desk.desking import Desk, said

Bearer = Callable[[str], dict[str, str]]
HERE = "/desk/c/demo"
DIVISION = "c/demo/division/line"
REFUSED = {"outcome": "refused", "comment": "the robot was touched"}


@pytest.fixture
def referee(client: FlaskClient, bearer: Bearer) -> Desk:
    return Desk(client, bearer("referee"))


@pytest.fixture
def organiser(client: FlaskClient, bearer: Bearer) -> Desk:
    return Desk(client, bearer("organiser"))


@pytest.fixture
def version_of(pipeline: Pipeline) -> Callable[[str], int]:
    def version(run: str) -> int:
        state = pipeline.state("c/demo")
        assert state is not None
        return state[Runs].by_id[run].version

    return version


def confirm(send: Send, run: dict[str, Any], time_s: float, **more: Any) -> None:
    sheet = {"sheet": {"time": time_s}} | more
    assert send("judge", "EnterScore", run["target"], sheet, run["version"])["status"] == "accepted"


def states(page: str) -> list[tuple[str, str]]:
    return re.findall(r'data-run="([^"]+)" data-state="(\w+)"', page)


def test_what_is_escalated_comes_first(referee: Desk, send: Send, runs: list[dict[str, Any]]) -> None:
    confirm(send, runs[0], 20.0)
    confirm(send, runs[3], 21.0, captain=REFUSED)
    send("judge", "OpenRun", runs[4]["target"])
    shown = states(referee.get(f"{HERE}/sheets/table"))
    assert shown[:3] == [
        (runs[3]["id"], "refused"),
        (runs[4]["id"], "on_field"),
        (runs[0]["id"], "confirmed"),
    ]
    assert {state for _run, state in shown[3:]} == {"waiting"}
    send(
        "referee",
        "FileProtest",
        runs[0]["target"],
        {"entry": runs[0]["entry"]["id"], "text": "a long ground"},
    )
    shown = states(referee.get(f"{HERE}/sheets/table?division=line"))
    assert shown[0] == (runs[0]["id"], "protested")


def test_a_sheet_is_opened_with_its_history_and_corrected(
    referee: Desk, send: Send, runs: list[dict[str, Any]], version_of: Any, client: FlaskClient
) -> None:
    run = runs[0]
    confirm(send, run, 20.0, captain=REFUSED, note="wheel lost")
    here = f"{HERE}/run/{run['id']}"
    wrong = {"version": version_of(run["id"]), "sheet.time": "fast", "reason": "seen on film"}
    refused = referee.post(here, f"{here}/correct", wrong, expected=400)
    assert said(refused, "error-time")
    assert 'value="fast"' in refused
    page = referee.post(here, f"{here}/correct", wrong | {"sheet.time": "0:18,5"})
    history = re.findall(r'data-testid="history-line">(.*?)</tr>', page, re.DOTALL)
    words = [re.sub(r"<[^>]+>", " ", line) for line in history]
    assert ["wheel lost" in line and "the robot was touched" in line for line in words].count(True) == 1
    assert "20.000" in words[-1]
    assert "18.500" in words[-1]
    assert "seen on film" in words[-1]
    field = client.get("/api/v1/live/c/demo/field/A").get_json()["data"]
    assert field["last"]["result"]["corrected"] is True
    assert field["last"]["result"]["values"]["time"] == 18.5
    stale = referee.post(here, f"{here}/correct", wrong | {"sheet.time": "17"}, expected=400)
    assert 'value="17"' in stale


def test_only_a_referee_changes_a_sheet(organiser: Desk, send: Send, runs: list[dict[str, Any]]) -> None:
    confirm(send, runs[0], 20.0)
    here = f"{HERE}/run/{runs[0]['id']}"
    assert said(organiser.get(here), "store") == []
    organiser.post(here, f"{here}/correct", {"sheet.time": "1", "reason": "because"}, expected=403)
    organiser.get(f"{HERE}/run/none", expected=404)


def test_a_correction_after_publishing_makes_revision_2(
    referee: Desk, organiser: Desk, send: Send, runs: list[dict[str, Any]], version_of: Any
) -> None:
    for at, run in enumerate(runs):
        confirm(send, run, 20.0 + at)
    page = organiser.get(f"{HERE}/sheets")
    assert "may be protested until" in said(page, "block")[0]
    assert 'name="early"' in page
    organiser.post(f"{HERE}/sheets", f"{HERE}/division/line/publish", WITHOUT_WAITING)
    assert "revision 1" in organiser.get(f"{HERE}/papers")
    here = f"{HERE}/run/{runs[0]['id']}"
    mended = {"version": version_of(runs[0]["id"]), "sheet.time": "9.9", "reason": "seen on film"}
    referee.post(here, f"{here}/correct", mended)
    assert "changed since" in organiser.get(f"{HERE}/papers")
    organiser.post(f"{HERE}/sheets", f"{HERE}/division/line/publish", WITHOUT_WAITING)
    papers = organiser.get(f"{HERE}/papers")
    assert "revision 2" in papers
    assert "changed since" not in papers


def test_a_protest_is_taken_at_the_desk_and_decided(
    referee: Desk,
    organiser: Desk,
    send: Send,
    runs: list[dict[str, Any]],
    version_of: Any,
    pipeline: Pipeline,
) -> None:
    run = runs[0]
    confirm(send, run, 20.0)
    here = f"{HERE}/run/{run['id']}"
    protest = {"entry": run["entry"]["id"], "text": "The gate counted a hand."}
    organiser.post(here, f"{here}/protest", protest | {"text": "no"}, expected=400)
    page = organiser.post(here, f"{here}/protest", protest)
    rival = {"entry": next(one["entry"]["id"] for one in runs if one["entry"]["id"] != run["entry"]["id"])}
    page = organiser.post(here, f"{here}/protest", protest | rival)
    for shown in (page, referee.get(here)):
        ids = [one for one in re.findall(r' id="([^"]+)"', shown) if not one.endswith("csrf_token")]
        assert len(ids) == len(set(ids)), "every field has an id of its own"
    assert "The gate counted a hand." in page
    assert "protests" in " ".join(said(organiser.get(f"{HERE}/sheets"), "block")).lower()
    first, second = re.findall(r'action="([^"]+/decide)"', referee.get(here))
    rejected = {
        "outcome": "rejected",
        "effect": "none",
        "reason": "not seen",
        "version": version_of(run["id"]),
    }
    assert 'data-state="protested"' in referee.post(here, second, rejected)
    ruling = {"outcome": "upheld", "effect": "correction", "reason": "the film shows it", "sheet.time": "12"}
    page = referee.post(here, first, ruling | {"version": version_of(run["id"])})
    assert "the film shows it" in page
    assert 'data-state="corrected"' in page
    state = pipeline.state("c/demo")
    assert state is not None
    result = state[Runs].by_id[run["id"]].result
    assert result is not None
    assert result.results["time"] == 12.0


def test_a_replay_and_a_practice_run_are_ordered(
    referee: Desk, send: Send, runs: list[dict[str, Any]], pipeline: Pipeline
) -> None:
    here = f"{HERE}/run/{runs[0]['id']}"
    confirm(send, runs[0], 20.0)
    assert "no longer counts" in referee.get(here)
    assert 'data-state="replaced"' in referee.post(here, f"{here}/replay", {"reason": "gate failed"})
    practice = {"field": "A", "entry": runs[1]["entry"]["id"]}
    assert "practice" in referee.post(f"{HERE}/sheets", f"{HERE}/sheets/practice", practice)
    state = pipeline.state("c/demo")
    assert state is not None
    assert [run.entry for run in state[Runs].by_id.values() if run.practice] == [runs[1]["entry"]["id"]]


def test_a_withdrawal_says_what_it_does_before_it_is_done(
    organiser: Desk, send: Send, runs: list[dict[str, Any]], pipeline: Pipeline
) -> None:
    run = runs[0]
    confirm(send, run, 20.0)
    here = f"{HERE}/entry/{run['entry']['id']}/withdraw"
    before = organiser.get(here)
    state = pipeline.state("c/demo")
    assert state is not None
    left = state[Setup].divisions["line"].ruleset.attempts.count - 1
    assert before.count("<li>attempt") == left
    assert "1 confirmed run keeps its result." in before
    after = organiser.post(here, here, {"reason": "robot broken"})
    assert 'data-withdrawn="true"' in after
    assert run["entry"]["id"] in state[Entries].withdrawn
    assert 'data-withdrawn="false"' in organiser.post(here, here, {"reason": "mended", "back": "1"})
    organiser.get(f"{HERE}/entry/none/withdraw", expected=404)


def test_the_list_is_sent_again_only_when_something_changed(
    client: FlaskClient, bearer: Bearer, send: Send, runs: list[dict[str, Any]]
) -> None:
    page = client.get(f"{HERE}/sheets", headers=bearer("referee")).text
    again = re.search(r'hx-get="([^"]+/sheets/table[^"]*)"', page)
    assert again is not None
    assert client.get(again[1], headers=bearer("referee")).status_code == 204
    confirm(send, runs[0], 20.0)
    assert states(client.get(again[1], headers=bearer("referee")).text)[0] == (runs[0]["id"], "confirmed")


def test_what_is_escalated_waits_on_the_page_of_the_day(
    organiser: Desk, send: Send, runs: list[dict[str, Any]]
) -> None:
    confirm(send, runs[0], 20.0, captain=REFUSED)
    waiting = re.findall(r'<li data-code="(\w+)".*?<a href="([^"]+)"', organiser.get(f"{HERE}/now/cards"))
    assert waiting == [("sheet_refused", f"{HERE}/run/{runs[0]['id']}")]


def test_publishing_that_is_barred_leads_to_what_bars_it(
    organiser: Desk, send: Send, runs: list[dict[str, Any]]
) -> None:
    confirm(send, runs[0], 20.0)
    page = organiser.post(f"{HERE}/division/line/standings", f"{HERE}/division/line/publish", {})
    assert f"{len(runs) - 1}" in said(page, "block")[0]


def test_a_long_list_is_cut_until_all_is_asked_for(
    referee: Desk, send: Send, runs: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.desk.sheets.sheets.MOST_LINES", 2)
    confirm(send, runs[0], 20.0)
    confirm(send, runs[1], 21.0)
    confirm(send, runs[2], 22.0, captain=REFUSED)
    shown = states(referee.get(f"{HERE}/sheets?division=line"))
    assert shown == [(runs[2]["id"], "refused"), (runs[1]["id"], "confirmed")]
    assert len(states(referee.get(f"{HERE}/sheets?all=1&division=line"))) == len(runs)
