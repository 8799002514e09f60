"""An organiser tries rules in a browser: fills the sheet, sees the total and why, and how tries would be ranked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from app.competitions.rulesets import pinned, shipped, shipped_text
from tests.serving import Serving


@pytest.fixture
def page(browser: Browser, installation: Serving) -> Iterator[Page]:
    """A page of the organiser, in Kazakh."""
    context = browser.new_context(base_url=installation.url, viewport={"width": 1366, "height": 900})
    context.set_extra_http_headers(installation.bearer("organiser"))
    opened = context.new_page()
    opened.goto("/desk/rules/?lang=kk")
    yield opened
    context.close()


def test_a_sheet_is_filled_and_explained(page: Page) -> None:
    page.goto("/desk/rules/big-journey-senior")
    expect(page.get_by_test_id("total")).to_have_attribute("data-complete", "false")
    page.locator("[data-sample='0']").click()
    expect(page.get_by_test_id("total-points")).to_contain_text("400")
    expect(page.get_by_test_id("why-pin_points")).to_contain_text("5 * pins")
    expect(page.get_by_test_id("why-pin_points")).to_contain_text("40")
    expect(page.get_by_test_id("server-answer")).to_have_attribute("data-verdict", "same")
    page.get_by_test_id("field-pins").get_by_role("button", name="3", exact=True).click()
    expect(page.get_by_test_id("total-points")).to_contain_text("375")
    expect(page.get_by_test_id("server-answer")).to_have_attribute("data-verdict", "same")


def test_tries_are_ranked(page: Page) -> None:
    page.goto("/desk/rules/big-journey-senior")
    expect(page.get_by_test_id("tryout-keep")).to_be_disabled()
    for sample in (1, 0):
        page.locator(f"[data-sample='{sample}']").click()
        page.get_by_test_id("tryout-keep").click()
    ranking = page.get_by_test_id("tries-ranking").locator("tbody tr")
    expect(ranking).to_have_count(2)
    expect(ranking.first).to_contain_text("B")


def test_matches_are_tried_bout_by_bout(page: Page) -> None:
    page.goto("/desk/rules/sumo-3kg")
    page.get_by_test_id("match-add").click()
    match = page.get_by_role("group", name="A – B")
    match.get_by_role("button").click()
    for bout in range(2):
        match.get_by_label("B").nth(bout).check()
    first = page.get_by_test_id("tries-ranking").locator("tbody tr").first
    expect(first).to_contain_text("B")


def test_tablet_and_server_agree_on_every_discipline(page: Page) -> None:
    for name in shipped():
        ruleset = pinned(shipped_text(name) or "")
        if ruleset.match or not ruleset.examples:
            continue
        page.goto(f"/desk/rules/{name}")
        page.locator("[data-sample='0']").click()
        expect(page.get_by_test_id("server-answer"), name).to_have_attribute("data-verdict", "same")
