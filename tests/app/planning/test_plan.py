"""The plan of the day: asked, solved by the worker's own process, moved by hand, given to runs, mended when late."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from app.planning.drafts import Draft
from app.planning.jobs import Work
from app.planning.jobs import work as worker_task
from app.settings import Settings
from tests.app.conftest import Send

Bearer = Callable[[str], dict[str, str]]
DAY = datetime.now(UTC).date() + timedelta(days=7)
ASKED = {
    "first_day": DAY.isoformat(), "days": "1", "opens": "09:00", "closes": "18:00",
    "break_from": "13:00", "break_until": "14:00", "slot_min": "5", "gap_min": "10",
    "inspection_min": "0", "inspection_tables": "1", "minutes-line": "5", "fields-line": ["A", "B"],
}  # fmt: skip


def queue(client: FlaskClient, field: str) -> list[dict[str, Any]]:
    runs: list[dict[str, Any]] = client.get(f"/api/v1/live/c/demo/field/{field}/queue").get_json()["data"][
        "runs"
    ]
    return runs


def line_runs(client: FlaskClient) -> list[dict[str, Any]]:
    return [run for field in "ABR" for run in queue(client, field) if run["division"] == "line"]


def test_from_the_form_to_the_runs(client: FlaskClient, desk: Callable[..., Any], settings: Settings) -> None:
    assert 'data-testid="asked"' in desk()
    desk("asked", **ASKED)
    assert 'data-testid="missing"' in desk()
    desk("solve", limit_s="10")
    page = desk()
    assert 'data-testid="optimal"' in page
    assert 'data-testid="missing"' not in page
    assert 'data-testid="violation"' not in page
    assert not [run for run in line_runs(client) if run["planned_at_utc"]]
    desk("apply")
    runs = line_runs(client)
    assert all(run["planned_at_utc"].startswith(str(DAY)) for run in runs)
    assert {run["field"] for run in runs} == {"A", "B"}
    for field in "AB":
        starts = [run["planned_at_utc"] for run in queue(client, field) if run["planned_at_utc"]]
        assert starts == sorted(starts)
        assert len(set(starts)) == len(starts)
    by_entry: dict[str, list[tuple[str, int]]] = {}
    for run in runs:
        by_entry.setdefault(run["entry"]["id"], []).append((run["planned_at_utc"], run["attempt"]))
    assert all(
        [attempt for _, attempt in sorted(one)] == sorted(a for _, a in one) for one in by_entry.values()
    )
    assert Draft(settings, "demo").placed is None


def test_what_does_not_fit_is_said_before_anything_is_tried(desk: Callable[..., Any]) -> None:
    desk("asked", **ASKED | {"closes": "10:00", "fields-line": ["A"], "break_from": "", "break_until": ""})
    desk("solve", limit_s="10")
    page = desk()
    assert 'data-testid="short"' in page
    assert re.search(r"\(A\).*\d+ .*\d+", re.search(r'data-testid="short">([^<]*)', page)[1])  # type: ignore[index]


def test_rubbish_in_the_form_is_refused_at_its_field(desk: Callable[..., Any]) -> None:
    page = desk("asked", 422, **ASKED | {"days": "0"})
    assert 'data-testid="error-days"' in page
    assert 'value="09:00' in page
    desk("asked", 422, **ASKED | {"closes": "08:00"})
    desk("asked", 422, **ASKED | {"minutes-line": "0"})
    assert 'data-testid="plan-day"' not in desk()


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "0202-11-30"])
def test_a_slip_in_the_year_is_refused_at_its_field_and_leaves_the_page(
    desk: Callable[..., Any], day: str
) -> None:
    assert 'data-testid="error-first_day"' in desk("asked", 422, **ASKED | {"first_day": day, "days": "5"})
    assert 'data-testid="asked"' in desk()


def test_days_of_a_place_that_are_no_numbers_are_passed_over(desk: Callable[..., Any]) -> None:
    for odd in ("²", "9" * 5000):
        desk("asked", **ASKED | {"days": "2", "days-field/A": odd})


def test_a_start_in_no_year_of_ours_is_refused(client: FlaskClient, send: Send) -> None:
    [run, *_] = line_runs(client)
    for at in ("9999-12-31T23:59:00-05:00", "0001-01-01T00:00:00+05:00"):
        planned = {"runs": [{"run": run["id"], "field": "A", "start_at": at}]}
        receipt = send("organiser", "ApplyPlan", "c/demo", planned)
        assert receipt["code"] == "payload_invalid", receipt
        assert [error["code"] for error in receipt["errors"]] == ["field_year_wrong"]


def test_a_start_is_moved_by_hand_and_conflicts_are_shown_at_once(
    desk: Callable[..., Any], settings: Settings
) -> None:
    desk("asked", **ASKED)
    desk("solve", limit_s="10")
    desk()
    draft = Draft(settings, "demo")
    placed = draft.placed or {}
    (first, there), (second, elsewhere) = sorted(placed.items(), key=lambda one: one[1]["start"])[
        :: len(placed) - 1
    ]
    crash = desk(
        "move",
        200,
        activity=second,
        start=there["start"],
        resource=there["resources"][0],
        version=draft.version,
    )
    assert 'data-code="overfull"' in crash
    stale = desk("move", 200, activity=second, start=600, resource="field/A", version=draft.version - 1)
    assert "alert-danger" in stale
    swapped = desk(
        "move",
        200,
        activity=second,
        start=there["start"],
        resource=there["resources"][0],
        other=first,
        version=draft.version,
    )
    assert (draft.placed or {})[first]["start"] == there["start"]
    back = desk(
        "move",
        200,
        activity=second,
        start=elsewhere["start"],
        resource=elsewhere["resources"][0],
        version=draft.version,
    )
    assert swapped != back
    assert 'data-testid="violation"' not in back
    outside = desk("move", 200, activity=second, start=60, resource="field/A", version=draft.version)
    assert 'data-code="closed"' in outside
    nowhere = draft.placed
    for start in (-5, 10**18, "x"):
        desk("move", 200, activity=second, start=start, resource="field/A", version=draft.version)
    desk("move", 200, activity=second, start=60, resource="field/Z", version=draft.version)
    desk("move", 200, activity="stranger", start=60, resource="field/A", version=draft.version)
    assert draft.placed == nowhere


def test_a_start_at_an_inspection_table_is_named_before_the_plan_goes_to_the_runs(
    client: FlaskClient, desk: Callable[..., Any], settings: Settings
) -> None:
    desk("asked", **ASKED | {"inspection_min": "5", "inspected-line": "y"})
    desk("solve", limit_s="10")
    desk()
    draft = Draft(settings, "demo")
    placed = draft.placed or {}
    moved = next(run for run in line_runs(client) if run["id"] in placed)
    there = placed[moved["id"]]
    desk("move", 200, activity=moved["id"], start=600, resource="tables", version=draft.version)
    desk("apply")
    [said] = re.findall(r'role="alert" data-testid="flash">([^<]+)', desk())
    assert f"№ {moved['entry']['number']} {moved['entry']['team']}" in said
    assert "10:00" in said
    assert "Тексеру" in said or "Inspection" in said
    assert not [run for run in line_runs(client) if run["planned_at_utc"]]
    back = {"start": there["start"], "resource": there["resources"][0]}
    desk("move", 200, activity=moved["id"], version=draft.version, **back)
    desk("apply")
    assert all(run["planned_at_utc"] for run in line_runs(client))


def test_what_began_or_was_called_is_never_moved(
    client: FlaskClient, send: Send, desk: Callable[..., Any], settings: Settings
) -> None:
    desk("asked", **ASKED)
    desk("solve", limit_s="10")
    desk()
    desk("apply")
    first = queue(client, "A")[0]
    assert send("judge:A", "OpenRun", first["target"], {})["status"] == "accepted"
    draft = Draft(settings, "demo")
    desk("move", 200, activity=first["id"], start=600, resource="field/B", version=draft.version)
    assert draft.placed is None
    there = {"run": first["id"], "field": "B", "start_at": first["planned_at_utc"]}
    assert send("organiser", "ApplyPlan", "c/demo", {"runs": [there]})["code"] == "run_settled"
    desk("mend", kind="repair", resource="field/A", closed_from="09:00", closed_until="10:00", limit_s="10")
    desk()
    assert (draft.placed or {})[first["id"]]["resources"] == ["field/A"]


def test_an_order_is_stopped_by_taking_it_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.planning.jobs.work", lambda _order: None)
    work = Work(tmp_path, "demo")
    assert (work.is_under_way, work.take_answer()) == (False, None)
    work.ask({"kind": "solve", "limit_s": 1})
    assert work.is_under_way
    work.cancel()
    assert not work.is_under_way
    worker_task.call_local(str(tmp_path / "demo.gone.order"))
    assert list(tmp_path.iterdir()) == []


def test_a_solver_that_dies_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.planning.jobs.work", lambda order: worker_task.call_local(order))
    work = Work(tmp_path, "demo")
    work.ask({"kind": "solve", "limit_s": 1, "seed": 0, "instance": {"version": 0}})
    assert work.take_answer() == {"status": "failed"}


def test_calendars_say_when_and_where(client: FlaskClient, desk: Callable[..., Any]) -> None:
    assert client.get("/c/demo/schedule.ics").status_code == 200
    desk("asked", **ASKED)
    desk("solve", limit_s="10")
    desk()
    desk("apply")
    runs = line_runs(client)
    made: Any = Calendar.from_ical(client.get("/c/demo/schedule.ics?lang=ru").data)
    told = {(event.start.strftime("%Y-%m-%dT%H:%M:00Z"), str(event["location"])) for event in made.events}
    assert told == {(run["planned_at_utc"], run["field"]) for run in runs}
    one = runs[0]["entry"]
    own: Any = Calendar.from_ical(client.get(f"/c/demo/team/{one['number']}/schedule.ics").data)
    assert [one["team"] in str(event["summary"]) for event in own.events] == [True] * runs[0]["attempts"]
    field: Any = Calendar.from_ical(client.get("/c/demo/field/A/schedule.ics").data)
    assert len(field.events) == sum(run["field"] == "A" for run in runs)
    missing = ("/c/none/schedule.ics", "/c/demo/field/Z/schedule.ics", "/c/demo/team/999/schedule.ics")
    assert [client.get(path).status_code for path in missing] == [404] * 3


def test_matches_are_planned_and_change_fields(
    client: FlaskClient, send: Send, desk: Callable[..., Any], bearer: Bearer
) -> None:
    """Nobody is in two matches at a time, and the queues of both fields are in the plan's order."""
    desk("asked", **ASKED | {"fields-line": [], "minutes-duel": "5", "fields-duel": ["A", "R"]})
    desk("solve", limit_s="10")
    assert 'data-testid="violation"' not in desk()
    desk("apply")
    matches = [
        match
        for field in "AR"
        for match in client.get(f"/api/v1/live/c/demo/field/{field}/queue").get_json()["data"]["matches"]
    ]
    assert {match["field"] for match in matches} == {"A", "R"}
    begins: dict[str, list[datetime]] = {}
    for match in matches:
        for side in match["sides"]:
            begins.setdefault(side["id"], []).append(datetime.fromisoformat(match["planned_at_utc"]))
    for times in begins.values():
        assert all(after - before >= timedelta(minutes=15) for before, after in pairwise(sorted(times)))
    for field in "AR":
        told = [match["planned_clock"] for match in matches if match["field"] == field]
        assert told == sorted(told)
    events: Any = Calendar.from_ical(client.get("/c/demo/field/R/schedule.ics").data)
    assert len(events.events) == sum(match["field"] == "R" for match in matches)
    first = next(match for match in matches if match["field"] == "R")
    assert send("judge:R", "OpenMatch", first["target"], {})["status"] == "accepted"
    elsewhere = {"match": first["id"], "field": "A", "start_at": first["planned_at_utc"]}
    refused = send("organiser", "ApplyPlan", "c/demo", {"runs": [], "matches": [elsewhere]})
    assert refused["code"] == "run_settled"


@pytest.mark.parametrize("kind", ["push", "repair"])
def test_runs_that_should_have_begun_are_held_from_now_on(
    client: FlaskClient,
    send: Send,
    desk: Callable[..., Any],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    """Half an hour into the day one run is under way and nobody else has come: only that one stays where it was."""
    desk("asked", **ASKED | {"pair-A": "B"})
    desk("solve", limit_s="10")
    desk()
    desk("apply")
    begun = min(queue(client, "A"), key=lambda run: run["planned_at_utc"] or "~")
    assert send("judge:A", "OpenRun", begun["target"], {})["status"] == "accepted"
    now = datetime.combine(DAY, time(9, 30), ZoneInfo("Asia/Almaty"))
    monkeypatch.setattr("app.desk.plan.planning.utc_now", lambda: now.astimezone(UTC))
    desk("mend", kind=kind, limit_s="10")
    page = desk()
    placed = Draft(settings, "demo").placed or {}
    assert placed[begun["id"]]["start"] == 540
    assert all(place["start"] >= 570 for id_, place in placed.items() if id_ != begun["id"])
    assert 'data-testid="missing"' not in page
