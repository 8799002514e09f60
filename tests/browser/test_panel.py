"""A panel of judges in browsers: set on the desk with a tie shown, projects marked on a tablet, one handed over."""

from __future__ import annotations

import httpx
from playwright.sync_api import Browser, expect

from tests.serving import Serving, command, post

from .tablets import account_of, all_sent, confirm, tablet
from .test_story import open_page, sign_in_organiser
from .usability import faults, keep_picture

TEAMS = ["Аспан", "Дала", "Көл"]


def test_a_panel_marks_projects(browser: Browser, installation: Serving) -> None:
    organiser, judge = account_of(installation, "organiser"), account_of(installation, "judge", "A")
    with httpx.Client(base_url=installation.url, timeout=30) as client:
        names = {"kk": "Жобалар", "ru": "Проекты", "en": "Projects"}
        rows = [{"division": "research", "team": team, "organisation": f"{team} мектебі"} for team in TEAMS]
        setting_up = [
            command("AddField", "c/demo", {"code": "P", "name": "P"}),
            command(
                "AddDivision", "c/demo", {"code": "research", "name": names, "discipline": "research-project"}
            ),
            command("ImportEntries", "c/demo", {"rows": rows}),
        ]
        for receipt in post(client, {"Authorization": f"Bearer {organiser['token']}"}, *setting_up):
            assert receipt["status"] == "accepted", receipt

    desk = open_page(browser, 1366, 900)
    sign_in_organiser(desk, installation, "kk")
    desk.goto(f"{installation.url}/desk/c/demo/")
    with desk.expect_navigation():
        desk.get_by_test_id("panel-research").click()
    desk.locator("#field").select_option("P")
    for box in desk.locator("input[name=judges]").all()[:4]:
        box.check()
    desk.locator(f"input[name='organisation-{judge['account']}']").fill("Дала мектебі")
    desk.get_by_test_id("draw-panel").click()
    expect(desk.get_by_test_id("ties").locator("input[type=checkbox]")).to_have_count(1)
    keep_picture(desk, "panel-ties")
    desk.get_by_test_id("draw-panel").click()
    keep_picture(desk, "panel-drawn")
    expect(desk.get_by_test_id("panel").locator("tbody tr")).to_have_count(4)

    page = tablet(browser, installation, judge)
    page.get_by_test_id("choose-field-P").click()
    rows_here = page.get_by_test_id("queue-row")
    expect(rows_here).to_have_count(2)
    expect(page.get_by_text("Дала", exact=True)).to_have_count(0)
    assert faults(page, "panel-queue") == []

    page.get_by_test_id("run-open").first.click()
    page.get_by_test_id("field-outcome-level-4").click()
    page.get_by_test_id("field-system-level-3").click()
    page.get_by_test_id("field-content-value").fill("8")
    page.get_by_test_id("field-content-value").press("Tab")
    expect(page.get_by_test_id("total")).to_contain_text("15")
    assert faults(page, "panel-sheet") == []
    confirm(page)
    all_sent(page)

    page.get_by_test_id("row-more").last.click()
    assert faults(page, "panel-aside") == []
    page.get_by_test_id("tie-kind").select_option("family")
    page.get_by_test_id("step-aside").click()
    page.get_by_test_id("step-aside").click()
    all_sent(page)
    expect(rows_here).to_have_count(1)
    desk.reload()
    expect(desk.get_by_test_id(f"open-{judge['account']}")).to_have_text("0")
