"""Projects that come in after their panel was drawn: who marks them, in which order, and whose ties are asked first."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from app.judging.state import Panels
from app.pipeline import Pipeline
from app.states import open_state
from tests.app.conftest import Send
from tests.app.desk.desking import Desk
from tests.app.desk.test_dashboard import waiting

from .conftest import DIVISION, Bearer, Enter, sheets

__all__ = ["waiting"]
FAIR = {"content": 8, "outcome": 4, "system": 3}
PANEL = "/desk/c/demo/division/research/panel"
LATE = {
    "division": "research",
    "team": "Кеш",
    "organisation": "№ 9 мектеп",
    "region": "KZ-75",
    "coach": "Бек Ерлан",
}


def come_late(send: Send, **more: Any) -> None:
    assert send("organiser", "ImportEntries", "c/demo", {"rows": [LATE | more]})["status"] == "accepted"


def test_a_late_project_is_marked_by_the_panel_last_of_all(
    panel: list[dict[str, Any]],
    send: Send,
    client: FlaskClient,
    bearer: Bearer,
    judges: list[str],
    enter: Enter,
    pipeline: Pipeline,
    waiting: Any,
) -> None:
    assert enter(panel[0], FAIR)["status"] == "accepted"
    assert send("organiser", "AddLateProjects", DIVISION, {})["code"] == "no_late_entries"
    come_late(send)
    assert ("entries_late", PANEL) in waiting()
    organiser = Desk(client, bearer("organiser"))
    assert 'data-testid="late"' in organiser.get(PANEL)
    shown = organiser.post(PANEL, f"{PANEL}/late", {})
    assert 'data-testid="late"' not in shown
    assert ("entries_late", PANEL) not in waiting()
    after = sheets(client, bearer)
    assert [one["id"] for one in after[: len(panel)]] == [one["id"] for one in panel], "no other sheet moved"
    late = after[len(panel) :]
    assert sorted(one["judge"] for one in late) == sorted(judges)
    assert {one["entry"]["team"] for one in late} == {"Кеш"}
    for one in late:
        assert enter(one, FAIR | {"content": 10})["status"] == "accepted"
    rows = client.get(f"/api/v1/live/{DIVISION}/standings").get_json()["data"]["rows"]
    assert rows[0]["entry"]["team"] == "Кеш"
    state = pipeline.state("c/demo")
    assert state is not None
    with pipeline._engine.connect() as connection:
        again = open_state(connection, "c/demo")
    assert again[Panels].by_division == state[Panels].by_division


def test_ties_of_a_late_project_are_asked_before_it_is_given(
    panel: list[dict[str, Any]], send: Send, client: FlaskClient, bearer: Bearer, judges: list[str]
) -> None:
    said = [{"judge": judges[0], "organisation": "№ 9 мектеп"}]
    assert send("organiser", "StateAffiliations", "c/demo", {"judges": said})["status"] == "accepted"
    come_late(send)
    organiser = Desk(client, bearer("organiser"))
    asked = organiser.post(PANEL, f"{PANEL}/late", {}, expected=422)
    assert 'data-testid="ties"' in asked
    assert len(sheets(client, bearer)) == len(panel)
    [key] = {f"{judges[0]}|{entry}|school" for entry in ids_in(asked, judges[0])}
    # All three must mark, and one of them may not: that is said, and nothing is done by halves.
    refused = organiser.post(PANEL, f"{PANEL}/late", {"tie": key, "seen": key})
    assert 'data-testid="late"' in refused
    organiser.post(PANEL, f"{PANEL}/late", {"seen": key})
    assert len(sheets(client, bearer)) == len(panel) + 3


def ids_in(page: str, judge: str) -> set[str]:
    """The entries a page asks about for a judge."""
    parts = page.split(f'value="{judge}|')[1:]
    return {part.split("|")[0] for part in parts}
