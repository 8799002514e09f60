"""Ties: found before anybody marks, kept when the panel is drawn, and declared by a judge who knows better."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.database import reader
from app.judging.ties import found_ties, surname_stem
from app.pipeline import Pipeline
from tests.app.conftest import Send

from .conftest import DIVISION, Bearer, Enter, sheets

PAGE = "/desk/c/demo/division/research/panel"


@pytest.fixture
def four(access: dict[str, Any], judges: list[str]) -> list[str]:
    """A panel with one judge more than the rules ask for."""
    third = [one["account"] for one in access["accounts"] if one["role"] == "judge"][2:3]
    return [*judges, *third]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Асқаров", "Асқарова"),
        ("Аскаров", "Асқаров"),
        ("Серікұлы", "Серікқызы"),
        ("Ильинский", "Ильинская"),
        ("Оспан", "Оспанова"),
    ],
)
def test_a_family_has_one_stem(one: str, other: str) -> None:
    assert surname_stem(one) == surname_stem(other) != ""


@pytest.mark.parametrize(("one", "other"), [("Ким", "Ли"), ("Иванов", "Петров"), ("Серікұлы", "Берікұлы")])
def test_other_families_have_others(one: str, other: str) -> None:
    assert surname_stem(one) != surname_stem(other) or surname_stem(one) == ""


def test_a_school_and_a_surname_are_found_and_a_region_all_share_is_not(
    app: Flask, pipeline: Pipeline, send: Send, projects: dict[str, str], judges: list[str]
) -> None:
    stated = [{"judge": judges[0], "organisation": "№2  МЕКТЕП", "district": "Алматы қаласы"}]
    assert send("organiser", "StateAffiliations", "c/demo", {"judges": stated})["status"] == "accepted"
    panel = [{"id": judges[0], "name": "Ким Анна"}, {"id": judges[1], "name": "А. Асқаров"}]
    with app.app_context(), pipeline.reading(), reader() as connection:
        state = pipeline.state("c/demo")
        assert state is not None
        found = {(tie.judge, tie.entry, tie.kind) for tie in found_ties(connection, state, "research", panel)}
    assert found == {
        (judges[0], projects["Дала"], "school"),
        (judges[1], projects["Аспан"], "family"),
    } | ({(judges[0], projects["Дала"], "family")} if surname_stem("Ким") else set())


def test_the_desk_shows_ties_before_it_draws(
    client: FlaskClient, bearer: Bearer, projects: dict[str, str], four: list[str]
) -> None:
    client.application.config["WTF_CSRF_ENABLED"] = False
    headers = bearer("organiser")
    form: dict[str, Any] = {"field": "A", "judges": four, f"organisation-{four[1]}": "№ 2 мектеп"}
    shown = client.post(PAGE, data=form, headers=headers)
    tie = f"{four[1]}|{projects['Дала']}|school"
    assert (shown.status_code, tie in shown.text) == (422, True)
    drawn = client.post(PAGE, data=form | {"tie": [tie], "seen": [tie]}, headers=headers)
    assert drawn.location == PAGE
    page = client.get(PAGE, headers=headers).text
    assert 'data-testid="kept-apart"' in page
    assert "Дала" in page
    assert PAGE in client.get("/desk/c/demo/", headers=headers).text
    assert client.get("/desk/c/demo/division/line/panel", headers=headers).status_code == 404


def test_a_judge_with_a_tie_marks_all_but_that_project(
    send: Send, client: FlaskClient, bearer: Bearer, projects: dict[str, str], four: list[str]
) -> None:
    tie = {"judge": four[0], "entry": projects["Көл"], "kind": "school"}
    assert (
        send("organiser", "DrawPanel", DIVISION, {"field": "P", "judges": four, "ties": [tie]})["status"]
        == "accepted"
    )
    runs = sheets(client, bearer)
    assert len(runs) == 12
    assert "Көл" not in {one["entry"]["team"] for one in runs if one["judge"] == four[0]}
    assert sorted(sum(one["judge"] == judge for one in runs) for judge in four) == [3, 3, 3, 3]


def test_who_steps_aside_hands_the_sheet_to_one_who_may_have_it(
    send: Send, client: FlaskClient, bearer: Bearer, projects: dict[str, str], four: list[str], enter: Enter
) -> None:
    assert send("organiser", "DrawPanel", DIVISION, {"field": "P", "judges": four})["status"] == "accepted"
    own = next(one for one in sheets(client, bearer) if one["judge"] == four[2])
    stepped = send("referee", "StepAside", own["target"], {"kind": "family"})
    assert stepped["status"] == "accepted"
    now = next(one for one in sheets(client, bearer) if one["id"] == own["id"])
    assert now["judge"] in {*four} - {four[2]}
    others = [one["judge"] for one in sheets(client, bearer) if one["entry"] == own["entry"]]
    assert len(others) == len(set(others)) == 3


def test_a_project_without_a_judge_is_shown_blocks_and_is_given_away(
    send: Send,
    client: FlaskClient,
    bearer: Bearer,
    panel: list[dict[str, Any]],
    judges: list[str],
    four: list[str],
    enter: Enter,
) -> None:
    client.application.config["WTF_CSRF_ENABLED"] = False
    own = next(one for one in panel if one["judge"] == judges[2])
    assert send("referee", "StepAside", own["target"], {"kind": "other"})["status"] == "accepted"
    assert next(one for one in sheets(client, bearer) if one["id"] == own["id"])["judge"] == ""
    page = client.get(PAGE, headers=bearer("organiser")).text
    assert 'data-testid="lacking"' in page
    assert PAGE in client.get("/desk/c/demo/now", headers=bearer("organiser")).text
    back = send("organiser", "GiveSheets", DIVISION, {"to": judges[2]})
    assert back["code"] == "no_sheet_to_give"
    given = client.post(f"{PAGE}/give", data={"judge": "", "to": four[3]}, headers=bearer("organiser"))
    assert given.status_code == 302
    now = next(one for one in sheets(client, bearer) if one["id"] == own["id"])
    assert now["judge"] == four[3]
    assert enter(now, {"content": 8, "outcome": 4, "system": 3})["status"] == "accepted"


def test_only_the_chief_judge_sees_how_judges_compare(
    client: FlaskClient, bearer: Bearer, panel: list[dict[str, Any]], judges: list[str], enter: Enter
) -> None:
    page = f"{PAGE}/calibration"
    for at, one in enumerate(panel):
        severe = one["judge"] == judges[1]
        assert (
            enter(one, {"content": (at % 4) + (0 if severe else 6), "outcome": 4, "system": 3})["status"]
            == "accepted"
        )
    assert [client.get(page, headers=bearer(role)).status_code for role in ("judge", "organiser")] == [
        403,
        403,
    ]
    text = client.get(page, headers=bearer("referee")).text
    severities = sorted(float(found) for found in re.findall(r'figures">([+-][0-9.]+)<', text))
    assert len(severities) == 3
    assert severities[0] < -3
    assert severities[1] > 1
