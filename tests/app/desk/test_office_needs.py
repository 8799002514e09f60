"""What waits at the desk: applications, entries that came after the draw, data kept too long; and how it is settled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Flask

from app.applications.state import Applications
from app.competitions.state import Setup
from app.desk.day.office_needs import office_needs
from app.eventlog.chain import utc_now
from app.runs.state import Runs
from app.schedule.state import Schedule
from app.standings.state import Standings
from tests.app.applications.conftest import desk, filled, terms, web
from tests.app.conftest import Send
from tests.app.desk.test_dashboard import waiting

__all__ = ["desk", "terms", "waiting", "web"]

Run = dict[str, Any]
Waiting = Callable[[], list[tuple[str, str]]]


def only(app: Flask) -> Any:
    [application] = app.extensions["pipeline"].state("c/demo")[Applications].by_id.values()
    return application


def test_an_application_waits_until_it_is_answered(
    app: Flask, web: Any, desk: Any, terms: Any, waiting: Waiting
) -> None:
    terms()
    web("/c/demo/apply", **filled())
    assert waiting() == [("applications_unanswered", "/desk/c/demo/applications")]
    desk(f"/applications/{only(app).id}/accept", version=only(app).version)
    assert waiting() == [("entries_late", "/desk/c/demo/#division-line")]


def test_who_was_withdrawn_frees_a_place(
    app: Flask, web: Any, desk: Any, terms: Any, waiting: Waiting, send: Send, runs: list[Run]
) -> None:
    terms(divisions={"line": {"most": 6}})
    web("/c/demo/apply", **filled())
    assert (only(app).status, waiting()) == ("waiting", [])
    gone = send(
        "organiser", "WithdrawEntry", f"c/demo/entry/{runs[0]['entry']['id']}", {"reason": "fell ill"}
    )
    assert gone["status"] == "accepted"
    assert waiting() == [("place_free", "/desk/c/demo/applications")]
    assert desk(f"/applications/{only(app).id}/accept", version=only(app).version).status_code == 302


def test_who_came_after_the_draw_runs_last_in_each_round(
    app: Flask, web: Any, desk: Any, terms: Any, waiting: Waiting, send: Send, runs: list[Run]
) -> None:
    first = send("judge:A", "EnterScore", runs[0]["target"], {"sheet": {"time": 20.0}}, runs[0]["version"])
    assert first["status"] == "accepted"
    assert send("organiser", "AddLateEntries", "c/demo/division/line", {})["code"] == "no_late_entries"
    terms()
    web("/c/demo/apply", **filled())
    desk(f"/applications/{only(app).id}/accept", version=only(app).version)
    [late] = (place.entry for place in only(app).places)
    assert 'data-testid="late-line"' in desk("/").text
    assert desk("/division/line/late-entries", late="1").status_code == 302
    assert "entries_late" not in [code for code, _ in waiting()]

    state = app.extensions["pipeline"].state("c/demo")
    order = [
        (run.attempt, run.entry == late)
        for run in map(state[Runs].by_id.__getitem__, state[Schedule].queues["A"])
        if run.division == "line"
    ]
    rounds = [[is_late for attempt, is_late in order if attempt == number] for number in (1, 2, 3)]
    assert [attempt for attempt, _ in order] == [1] * 7 + [2] * 7 + [3] * 7
    assert rounds == [[False] * 6 + [True]] * 3
    assert [run.attempt for run in state[Runs].attempts_of(late)] == [1, 2, 3]
    assert late in state[Schedule].start_lists["line"].entries
    last = state[Runs].attempts_of(late)[0]
    scored = send("judge:A", "EnterScore", f"c/demo/run/{last.id}", {"sheet": {"time": 9.0}}, last.version)
    assert scored["status"] == "accepted"
    assert state[Standings].of("line")[0].id == late
    assert send("organiser", "AddLateEntries", "c/demo/division/none", {})["code"] == "start_list_not_drawn"


def test_data_kept_too_long_are_named(waiting: Waiting, send: Send, web: Any, terms: Any, app: Flask) -> None:
    terms()
    web("/c/demo/apply", **filled())
    day = (utc_now() - timedelta(days=2)).date().isoformat()
    send("organiser", "SetRetention", "c/demo", {"until": day})
    assert ("people_to_erase", "/desk/c/demo/people") in waiting()


def test_a_day_is_proposed_until_which_people_are_kept(desk: Any, app: Flask) -> None:
    ends_on = date.fromisoformat(app.extensions["pipeline"].state("c/demo")[Setup].facts["ends_on"])
    assert f'value="{ends_on + timedelta(days=365)}"' in desk("/people").text


def test_who_ends_a_competition_is_asked_how_long_people_are_kept(app: Flask, send: Send) -> None:
    state = app.extensions["pipeline"].state("c/demo")
    after = datetime.fromisoformat(state[Setup].facts["ends_on"]).replace(tzinfo=UTC) + timedelta(days=2)

    def codes(now: datetime) -> set[str]:
        with app.test_request_context():
            return {need.code for need in office_needs(state, now)}

    assert "retention_unset" not in codes(after - timedelta(days=2))
    assert "retention_unset" in codes(after)
    send("organiser", "SetRetention", "c/demo", {"until": (after + timedelta(days=300)).date().isoformat()})
    assert "retention_unset" not in codes(after)
