"""A team nobody announced comes to the door: registered by hand, put on the start list, checked in, seen by a tablet;
and every page an organiser meets on that way is usable in three languages."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.serving import Serving

from .test_story import open_page, sign_in_organiser
from .usability import serious_problems, sticking_out

TEAM, SCHOOL = "Күтпеген", "№ 77 мектеп"


def test_a_team_at_the_door_is_on_the_tablet_a_minute_later(browser: Browser, installation: Serving) -> None:
    page = open_page(browser, 1280, 800)
    sign_in_organiser(page, installation, "kk")
    desk = f"{installation.url}/desk/c/demo"
    page.goto(f"{desk}/check-in?q={TEAM}")
    page.get_by_test_id("register-at-the-door").click()
    expect(page.get_by_test_id("drawn")).to_be_visible()
    page.locator("[name=division]").select_option("line")
    page.locator("[name=team]").fill("Кyтпеген")  # a Latin y
    page.locator("[name=organisation]").fill(SCHOOL)
    page.locator("[name='members-0-full_name']").fill(
        "Нұрланұлы Әлихан"
    )  # who is in a team of the demo already
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("look-at")).to_contain_text("Тұлпар")
    page.locator("[name=team]").fill(TEAM)
    with page.expect_navigation():  # the page before says "look at", too
        page.get_by_test_id("store-team").click()
    if page.get_by_test_id("look-at").is_visible():  # what was said changed with the name
        page.get_by_test_id("store-all-the-same").click()
    expect(page.get_by_test_id("late")).to_be_visible()
    with page.expect_navigation():
        page.get_by_test_id("add-late").click()
    page.goto(f"{desk}/check-in?q={TEAM}")
    page.get_by_test_id("check-in").click()
    expect(page.get_by_test_id("here")).to_contain_text("1")
    queue = httpx.get(f"{installation.url}/api/v1/live/c/demo/field/A/queue", verify=False).json()
    assert [run["entry"]["team"] for run in queue["data"]["runs"]].count(TEAM) == 3


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_pages_of_the_office_are_usable(browser: Browser, installation: Serving, language: str) -> None:
    page = open_page(browser, 1280, 800)
    sign_in_organiser(page, installation, language)
    desk = f"{installation.url}/desk/c/demo"
    page.goto(f"{desk}/entries")
    own = page.get_by_test_id("change-1").get_attribute("href") or ""
    entry = own.removesuffix("/team")
    for path in (
        f"{desk}/entries",
        f"{desk}/entries/new",
        f"{installation.url}{own}",
        f"{installation.url}{entry}",
        f"{installation.url}{entry}/consents",
        f"{installation.url}{entry}/take-down",
        f"{desk}/log",
        f"{desk}/people",
        f"{desk}/people/looks",
        f"{desk}/papers",
        f"{desk}/applications",
    ):
        page.goto(path)
        assert serious_problems(page) == [], path
        assert sticking_out(page) == [], path
