"""Two organisers save one form: the second is told what the first changed, and loses nothing that was typed."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.applications.state import Applications
from app.planning.state import Plans
from tests.app.conftest import Send
from tests.app.planning.test_plan import ASKED

APPLICATIONS, PLAN = "/desk/c/demo/applications", "/desk/c/demo/plan"


@pytest.fixture
def press(app: Flask, client: FlaskClient, bearer: Any) -> Any:
    app.config["WTF_CSRF_ENABLED"] = False

    def opened(path: str, expected: int = 200, **form: Any) -> str:
        method = "POST" if form else "GET"
        headers = bearer("organiser") | {"Accept-Language": "en"}
        answer = client.open(path, method=method, data=form or None, headers=headers)
        assert answer.status_code == expected, answer.text
        return unescape(answer.text)

    return opened


def version(page: str) -> str:
    found = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert found, page
    return found.group(1)


def told(page: str) -> str:
    """What is said to have changed meanwhile, without its marks."""
    found = re.search(r'data-testid="meanwhile">(.*?)</ul>', page, re.DOTALL)
    assert found, page
    return re.sub(r"<[^>]+>", "", found.group(1))


def test_terms_that_another_organiser_set_meanwhile_are_not_lost(press: Any, app: Flask) -> None:
    seen = version(press(APPLICATIONS))
    mine = {"is_open": "y", "most_of_region": "7", "version": seen}
    press(f"{APPLICATIONS}/terms", 302, is_open="y", most_of_organisation="4", version=seen)
    page = press(f"{APPLICATIONS}/terms", 409, **mine)
    assert "Most entries of an organisation: – → 4" in told(page)
    assert "Applications are open: no → yes" in told(page)
    assert "region" not in told(page), "what nobody else changed is not told"
    assert re.search(r'name="most_of_region"[^>]*value="7"', page), "what was typed stays"
    terms = app.extensions["pipeline"].state("c/demo")[Applications]
    assert (terms.terms.most_of_organisation, terms.terms.most_of_region) == (4, None)
    press(f"{APPLICATIONS}/terms", 302, **mine | {"version": version(page)})
    assert terms.terms.most_of_region == 7, "sent once more, it holds"


def test_a_plan_that_another_organiser_asked_for_meanwhile_is_not_lost(press: Any, app: Flask) -> None:
    seen = version(press(PLAN))
    press(f"{PLAN}/asked", 302, **ASKED | {"closes": "17:00", "version": seen})
    mine = ASKED | {"gap_min": "25", "minutes-line": "9", "closes-field/A": "12:00", "version": seen}
    page = press(f"{PLAN}/asked", 409, **mine)
    assert "Day 1: 09:00–18:00 → 09:00–17:00" in told(page)
    assert "Free minutes between two starts of a team" not in told(page)
    for name, value in {"gap_min": "25", "minutes-line": "9", "closes-field/A": "12:00"}.items():
        assert re.search(rf'name="{name}"[^>]*value="{value}"', page), name
    plan = app.extensions["pipeline"].state("c/demo")[Plans]
    assert (plan.asked["days"][0]["closes"], plan.asked["gap_min"]) == ("17:00:00", 10)
    press(f"{PLAN}/asked", 302, **mine | {"version": version(page)})
    assert (plan.asked["days"][0]["closes"], plan.asked["gap_min"]) == ("18:00:00", 25)


@pytest.mark.parametrize(
    ("type_", "payload", "other"),
    [
        ("SetApplicationTerms", {"is_open": True}, "PlanSet"),
        (
            "SetPlan",
            {"first_day": "2026-05-01", "days": [{"opens": "09:00", "closes": "18:00"}], "divisions": []},
            "ApplicationTermsSet",
        ),
    ],
)
def test_a_program_that_is_late_is_told_what_it_missed_and_no_more(
    send: Send, type_: str, payload: dict[str, Any], other: str
) -> None:
    both = {
        "SetApplicationTerms": {"is_open": False},
        "SetPlan": {
            "first_day": "2026-05-02",
            "days": [{"opens": "10:00", "closes": "11:00"}],
            "divisions": [],
        },
    }
    for one, told in both.items():
        assert send("organiser", one, "c/demo", told, 0)["status"] == "accepted"
    receipt = send("organiser", type_, "c/demo", payload, 0)
    assert (receipt["status"], receipt["code"]) == ("conflict", "version_stale")
    assert len(receipt["changed"]) == 1
    assert receipt["changed"][0]["type"] != other
    assert send("organiser", type_, "c/demo", payload)["code"] == "expected_version_missing"
