"""Qualification with drawn partners in browsers: the desk draws them, a tablet judges them, hall and phone see them."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serving import Serving, command, post

from .test_story import open_page, sign_in_judge, sign_in_organiser
from .usability import faults, keep_picture

TEAMS = ("Тұлпар", "Барыс", "Қыран", "Шағала", "Ұшқыр")
HERE = "c/demo/division/pairs"
NAMES = {"kk": "2×2", "ru": "2×2", "en": "2v2"}
DRAWN_WITHIN_MS = 90_000
LIVE_WITHIN_MS = 20_000


@pytest.fixture
def server(installation: Serving) -> Serving:
    """Five teams of two against two, their division drawn on field A."""
    rows = [
        {"division": "pairs", "team": team, "organisation": "№ 1 мектеп", "members": []} for team in TEAMS
    ]
    with httpx.Client(base_url=installation.url, timeout=30) as client:
        receipts = post(
            client,
            installation.bearer("organiser"),
            command("AddDivision", "c/demo", {"code": "pairs", "name": NAMES, "discipline": "alliance-2v2"}),
            command("ImportEntries", "c/demo", {"rows": rows}),
            command("SetNumbers", HERE, {"numbers": {"rounds": 2, "alliances": 2}}),
            command("DrawMatches", HERE, {"fields": ["A"], "seeding": "numbers"}),
        )
    assert {receipt["status"] for receipt in receipts} == {"accepted"}, receipts
    return installation


def test_partners_from_the_draw_to_the_hall(browser: Browser, server: Serving) -> None:
    desk = open_page(browser, 1366, 768)
    sign_in_organiser(desk, server, "kk")
    desk.goto(f"{server.url}/desk/{HERE}/matches")
    desk.get_by_test_id("partners").click()
    desk.get_by_test_id("draw").click()
    expect(desk.get_by_test_id("list").locator("tbody tr")).to_have_count(3, timeout=DRAWN_WITHIN_MS)
    expect(desk.get_by_test_id("partner-repeats")).to_have_text("0")
    keep_picture(desk, "partners-desk")
    desk.get_by_test_id("use").click()
    expect(desk.get_by_test_id("matches").locator("tbody tr")).to_have_count(3)
    first = _teams_of_the_first(server)

    screen = open_page(browser, 1280, 720)
    screen.goto(f"{server.url}/screen/c/demo/field/A?lang=kk")
    tablet = open_page(browser, 600, 960)
    account = next(a for a in server.access["accounts"] if a["fields"] == ["A"] and a["role"] == "judge")
    origin = "/".join(account["sign_in_url"].split("/")[:3])
    sign_in_judge(tablet, account["sign_in_url"].replace(origin, server.url), "kk")
    tablet.get_by_test_id("match-open").first.click()
    for side, teams in enumerate(first):
        for team in teams:
            expect(tablet.get_by_test_id(f"side-{side}")).to_contain_text(team)
            expect(screen.get_by_test_id(f"side-{side}")).to_contain_text(team, timeout=LIVE_WITHIN_MS)
    assert faults(tablet, "partners-match") == []
    absent = tablet.locator("[data-testid^='partner-']")
    absent.first.click()
    expect(absent.first).to_have_attribute("aria-pressed", "true")
    expect(absent.nth(1)).to_be_disabled()
    keep_picture(screen, "partners-screen")
    _score(tablet, 85, 40)
    expect(screen.get_by_test_id("verdict")).to_be_visible(timeout=LIVE_WITHIN_MS)

    partner = first[0][1]
    phone = open_page(browser, 390, 844)
    phone.goto(f"{server.url}/{HERE}/matches?lang=kk")
    won = phone.get_by_test_id("matches").locator("li").first.locator("span.fw-bold")
    expect(won).to_contain_text(partner)
    keep_picture(phone, "partners-phone")
    desk.goto(f"{server.url}/desk/{HERE}/standings")
    leader = desk.get_by_test_id("standings").locator("tbody tr").first
    expect(leader).to_contain_text(partner)
    assert server.flask("log", "verify")["ok"]
    assert server.flask("standings", "rebuild")["ok"]


def _teams_of_the_first(server: Serving) -> list[list[str]]:
    """Who plays on each side of the first match."""
    told = httpx.get(f"{server.url}/api/v1/live/{HERE}/matches", timeout=30).json()["data"]["matches"][0]
    return [[one["team"] for one in side["alliance"]["members"]] for side in told["sides"]]


def _score(tablet: Page, left: int, right: int) -> None:
    """Enter what both sides scored, and confirm it."""
    for side, points in (("left", left), ("right", right)):
        value = tablet.get_by_test_id(f"field-points_{side}-value")
        value.fill(str(points))
        value.press("Tab")
    tablet.get_by_test_id("review").click()
    tablet.get_by_test_id("confirm").click()
