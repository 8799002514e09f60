"""The chief judge watches sheets grow on the desk while they are filled in, and sees them go when confirmed."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.serving import Serving

from .panels import draw_panel
from .tablets import account_of, choose_field, confirm, tablet
from .test_story import open_page
from .usability import keep_picture, serious_problems


def desk_of(browser: Browser, server: Serving, role: str) -> Page:
    """The page of all sheets as somebody of the desk has it open."""
    page = open_page(browser, 1366, 768)
    page.goto(server.url + "/" + "/".join(account_of(server, role)["sign_in_url"].split("/")[3:]))
    page.goto(f"{server.url}/desk/c/demo/sheets?lang=kk")
    return page


def test_sheets_are_seen_while_they_are_filled_in(browser: Browser, installation: Serving) -> None:
    judges = draw_panel(installation)
    chief, organiser = (desk_of(browser, installation, role) for role in ("referee", "organiser"))
    judge = tablet(browser, installation, account_of(installation, "judge", "B"))
    choose_field(judge, "B")
    judge.get_by_test_id("run-open").first.click()
    run = judge.url.rsplit("/", 1)[1]
    judge.get_by_test_id("field-maze-value").fill("37")
    judge.get_by_test_id("field-maze-value").press("Tab")
    line = chief.locator(f"[data-testid=begun-sheet][data-run='{run}']")
    expect(line.get_by_test_id("begun-total")).to_contain_text("37")
    judge.get_by_test_id("field-pins-2").click()
    expect(line.get_by_test_id("begun-total")).to_contain_text("47")

    panel = tablet(browser, installation, judges[0])
    panel.get_by_test_id("choose-field-P").click()
    panel.get_by_test_id("run-open").first.click()
    panel.get_by_test_id("field-outcome-level-4").click()
    expect(chief.get_by_test_id("begun-sheet")).to_have_count(2)
    expect(organiser.get_by_test_id("begun-sheet")).to_have_count(1)
    keep_picture(chief, "begun")
    assert serious_problems(chief) == []

    # Out of reach, what was told last stays, with its age; what is entered meanwhile comes with the network.
    judge.context.set_offline(True)
    judge.get_by_test_id("field-pins-4").click()
    chief.goto(f"{installation.url}/desk/c/demo/run/{run}")
    expect(chief.get_by_test_id("begun-total")).to_contain_text("47")
    keep_picture(chief, "begun-run")
    judge.context.set_offline(False)
    expect(chief.get_by_test_id("begun-total")).to_contain_text("57")

    judge.get_by_test_id("field-line_obstacle-value").fill("10")
    judge.get_by_test_id("field-line_hill-value").fill("10")
    judge.get_by_test_id("field-time-by-hand").click()
    judge.get_by_test_id("field-time-seconds").fill("31")
    judge.get_by_test_id("field-time-seconds").press("Tab")
    confirm(judge)
    expect(chief.get_by_test_id("begun-sheet")).to_have_count(0)
