"""The queue of matches on a tablet: who is there, exchanged, practised, called, lost by both; and countdowns."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serving import Serving, command, post

from .tablets import all_sent, sign_in
from .test_story import open_page
from .usability import faults, keep_picture

TEAMS = ["Тұлпар", "Барыс", "Қызыл қырандар тобы", "Алтын сақа"]


def account(server: Serving, role: str, field: str | None = None) -> dict[str, Any]:
    fields = [field] if field else []
    found: dict[str, Any] = next(
        one
        for one in server.access["accounts"]
        if one["role"] == role and (field is None or one["fields"] == fields)
    )
    return found


def prepare(server: Serving) -> None:
    """A division of four on field A; one of the first match is here, the other's robot did not pass."""
    headers = {
        role: {"Authorization": f"Bearer {account(server, role)['token']}"}
        for role in ("organiser", "referee")
    }
    names = {"kk": "Робосумо", "ru": "Робосумо", "en": "Robot sumo"}
    rows = [{"division": "sumo", "team": team, "organisation": "№ 1 мектеп", "members": []} for team in TEAMS]
    drawn = {"fields": ["A"], "seeding": "numbers"}
    with httpx.Client(base_url=server.url, timeout=30) as client:
        setting_up = [
            command("AddDivision", "c/demo", {"code": "sumo", "name": names, "discipline": "sumo-mini"}),
            command("ImportEntries", "c/demo", {"rows": rows}),
            command("DrawMatches", "c/demo/division/sumo", drawn),
        ]
        for receipt in post(client, headers["organiser"], *setting_up):
            assert receipt["status"] == "accepted", receipt
        queue = client.get("/api/v1/live/c/demo/field/A/queue").json()["data"]["matches"]
        left, right = (side["id"] for side in queue[0]["sides"])
        telling = [
            command("CheckIn", f"c/demo/entry/{left}"),
            command("RecordInspection", f"c/demo/entry/{right}", {"outcome": "failed"}),
            command("CallMatch", queue[0]["target"]),
        ]
        for receipt in post(client, headers["organiser"], *telling):
            assert receipt["status"] == "accepted", receipt


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_queue_of_matches(browser: Browser, installation: Serving, language: str) -> None:
    prepare(installation)
    screen = open_page(browser, 1280, 720)
    screen.goto(f"{installation.url}/screen/c/demo/field/A?lang={language}")
    tablet = open_page(browser, 600, 960)
    sign_in(tablet, installation, account(installation, "judge", "A"), language)

    first = tablet.get_by_test_id("match-row").first
    expect(first.get_by_test_id("called")).to_be_visible()
    expect(first.get_by_test_id("not-here")).to_have_count(1)
    expect(first.get_by_test_id("not-inspected")).to_have_count(2)
    number = first.locator(".queue-number").inner_text()
    first.get_by_test_id("row-more").click()
    tablet.get_by_test_id("swap-with").select_option(index=2)
    tablet.get_by_test_id("reason").locator("input, textarea").first.fill("Робот жөнделуде")
    assert faults(tablet, f"match-queue-{language}") == []
    tablet.get_by_test_id("swap").click()
    expect(tablet.get_by_test_id("match-row").nth(2).locator(".queue-number")).to_have_text(number)

    tablet.get_by_test_id("match-row").first.get_by_test_id("row-more").click()
    tablet.get_by_test_id("row-practise").click()
    expect(tablet.get_by_test_id("practice")).to_be_visible()
    tablet.get_by_test_id("match-row").first.get_by_test_id("match-open").click()
    expect(screen.get_by_test_id("match")).to_be_visible()
    count_down(tablet, screen, language)
    play(tablet)
    all_sent(tablet)

    tablet.get_by_test_id("match-open").first.click()
    tablet.get_by_test_id("absent-both").click()
    tablet.get_by_test_id("absent-both").click()
    expect(tablet.get_by_test_id("walkover")).to_be_visible()
    all_sent(tablet)
    keep_verdict(screen, language)


def count_down(tablet: Page, screen: Page, language: str) -> None:
    """A robot that stands still loses the bout, once the referee says so; a standstill can be stopped."""
    tablet.get_by_test_id("clock-start").click()
    tablet.get_by_test_id("countdown-no_progress").click()
    expect(screen.get_by_test_id("countdown")).to_be_visible()
    tablet.get_by_test_id("countdown-stop-no_progress").click()
    expect(tablet.get_by_test_id("countdown-no_progress")).to_have_attribute("data-state", "idle")
    tablet.get_by_test_id("countdown-still-0").click()
    keep_picture(screen, f"countdown-screen-{language}")
    expect(tablet.get_by_test_id("bout-1")).to_be_enabled()
    expect(tablet.get_by_test_id("countdown-still-0")).to_have_attribute("data-state", "over")
    assert faults(tablet, f"countdown-{language}") == []
    tablet.get_by_test_id("countdown-still-0").click()
    expect(tablet.locator("[data-by=countdown]")).to_be_visible()
    expect(screen.get_by_test_id("score-1")).to_have_text("1")
    expect(screen.get_by_test_id("countdown")).to_have_count(0)


def play(tablet: Page) -> None:
    for testid in ("bout-1", "review", "confirm"):
        tablet.get_by_test_id(testid).click()
    expect(tablet.get_by_test_id("confirm")).to_have_count(0)


def keep_verdict(screen: Page, language: str) -> None:
    expect(screen.get_by_test_id("verdict")).to_be_visible()
    keep_picture(screen, f"neither-came-{language}")
