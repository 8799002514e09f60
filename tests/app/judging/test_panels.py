"""Judged projects: a sheet for every judge and project, one's own only, and the mean of all as the result."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.app.conftest import Send

from .conftest import DIVISION, TEAMS, Bearer, Enter, sheets

FAIR = {"content": 8, "outcome": 4, "system": 3}


def test_each_judge_has_a_sheet_of_each_project(panel: list[dict[str, Any]], judges: list[str]) -> None:
    assert {(one["judge"], one["entry"]["team"]) for one in panel} == {(j, t) for j in judges for t in TEAMS}
    assert [one["judge"] for one in panel[:3]] == judges
    assert len({one["entry"]["id"] for one in panel[:3]}) == 3


def test_only_its_own_judge_marks_a_sheet_and_the_hall_sees_no_sheets(
    panel: list[dict[str, Any]], client: FlaskClient, judges: list[str], enter: Enter
) -> None:
    refused = enter(panel[0], FAIR, judges[1])
    assert refused["code"] in ("sheet_of_another_judge", "field_of_another")
    assert enter(panel[0], FAIR)["status"] == "accepted"
    assert client.get("/api/v1/live/c/demo/field/P/queue").get_json()["data"]["runs"] == []
    field = client.get("/api/v1/live/c/demo/field/P").get_json()["data"]
    assert (field["last"], field["next"]) == (None, [])


def test_the_result_is_what_the_rules_make_of_all_sheets(
    panel: list[dict[str, Any]], client: FlaskClient, enter: Enter
) -> None:
    marks: dict[str, list[int]] = {}
    for at, one in enumerate(panel):
        sheet = {"content": at % 11, "outcome": 4, "system": 3}
        marks.setdefault(one["entry"]["team"], []).append(sum(sheet.values()))
        assert enter(one, sheet)["status"] == "accepted"
    told = client.get(f"/api/v1/live/{DIVISION}/standings").get_json()["data"]
    assert told["unconfirmed"] == 0
    means = {row["entry"]["team"]: next(iter(row["values"].values())) for row in told["rows"]}
    assert means == {team: pytest.approx(sum(given) / 3) for team, given in marks.items()}
    assert [row["rank"] for row in told["rows"]] == sorted(row["rank"] for row in told["rows"])


def test_a_blind_panel_learns_numbers_only_and_secret_marks_stay_secret(
    send: Send, client: FlaskClient, bearer: Bearer, judges: list[str], projects: dict[str, str], enter: Enter
) -> None:
    payload = {"field": "P", "judges": judges, "blind": True, "secret": True}
    assert send("organiser", "DrawPanel", DIVISION, payload)["status"] == "accepted"
    told = client.get("/api/v1/live/c/demo/field/P/judging/all", headers=bearer("referee")).text
    assert not [word for word in (*projects, *projects.values(), "мектеп") if word in told]
    runs = sheets(client, bearer)
    assert {one["entry"]["team"] for one in runs} == {"№ 1", "№ 2", "№ 3", "№ 4"}
    assert enter(runs[0], FAIR)["status"] == "accepted"
    public = client.get(f"/api/v1/live/{DIVISION}/standings").get_json()["data"]
    assert {row["entry"]["team"] for row in public["rows"]} == set(TEAMS)
    assert {value for row in public["rows"] for value in row["values"].values()} == {None}
    own = client.get("/desk/c/demo/division/research/standings", headers=bearer("organiser")).text
    assert "15" in own


def test_a_panel_too_small_or_of_strangers_is_refused(
    send: Send, judges: list[str], projects: dict[str, str]
) -> None:
    def drawn(division: str = DIVISION, **payload: Any) -> str:
        code: str = send("organiser", "DrawPanel", division, {"field": "P", "judges": judges} | payload)[
            "code"
        ]
        return code

    assert drawn(judges=judges[:2]) == "panel_too_small"
    assert drawn(judges=[*judges[:2], judges[0]]) == "panel_too_small"
    assert drawn(judges=[*judges[:2], "stranger"]) == "judge_unknown"
    assert drawn(field="Z") == "field_unknown"
    assert drawn("c/demo/division/line") == "division_not_judged"
    tie = {"judge": judges[0], "entry": projects["Дала"], "kind": "family"}
    assert drawn(ties=[tie]) == "projects_lack_judges"
    assert send("organiser", "DrawPanel", DIVISION, {"field": "P", "judges": judges})["status"] == "accepted"
    assert drawn() == "start_list_drawn"


def test_the_page_of_the_day_says_how_far_a_panel_is(
    client: FlaskClient, bearer: Bearer, panel: list[dict[str, Any]]
) -> None:
    page = client.get("/desk/c/demo/now?lang=en", headers=bearer("organiser")).text
    assert f"Judges’ sheets: 0 of {len(panel)}." in page
