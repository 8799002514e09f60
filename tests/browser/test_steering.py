"""The page that steers screens: a fresh browser is claimed by its code, previewed, watched, and told what to show."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.serving import Serving

DESK = ViewportSize(width=1366, height=768)


def test_a_fresh_browser_is_claimed_and_steered(browser: Browser, installation: Serving) -> None:
    tv = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    tv.goto(f"{installation.url}/screen/")
    code = tv.get_by_test_id("fresh").locator(".figure")
    expect(code).to_have_text(re.compile(r"^\d{4}$"))

    desk = signed_in_desk(browser, installation)
    claim = desk.get_by_test_id("claim")
    claim.get_by_label("Code on the screen").fill(code.inner_text())
    claim.get_by_label("Name").fill("Кіреберіс")
    claim.get_by_label("Place").fill("1-қабат, фойе")
    claim.get_by_role("button").click()
    expect(desk.get_by_test_id("flash")).to_have_text("The screen is claimed.")
    expect(tv).to_have_url(f"{installation.url}/screen/demo-s1")

    card = desk.get_by_test_id("screen-demo-s1")
    expect(card).to_contain_text("1-қабат, фойе")
    state = desk.get_by_test_id("state-demo-s1")
    expect(state).to_have_attribute("data-online", "yes")
    expect(state).to_contain_text("1280 × 720")
    expect(state).to_contain_text("version current")
    expect(state).to_contain_text(re.compile(r"\d+ ms"))

    card.get_by_role("checkbox").check()
    desk.get_by_test_id("steer").get_by_label("Shows", exact=True).first.select_option("standings:line")
    desk.get_by_test_id("steer").get_by_label("Language").select_option("ru")
    desk.get_by_test_id("show").click()
    expect(desk.get_by_test_id("flash")).to_have_text("The screens show it now.")
    expect(tv.get_by_role("heading")).to_have_text("Гонки по линии")
    preview = desk.frame_locator("#screen-demo-s1 iframe")
    expect(preview.get_by_role("heading")).to_have_text("Гонки по линии")
    expect(desk.get_by_test_id("state-demo-s1")).to_contain_text("standings line")

    tv.goto(f"{installation.url}/screen/")  # as after a restart: the browser is known again
    expect(tv).to_have_url(f"{installation.url}/screen/demo-s1")
    tv.context.close()
    expect(state).to_have_attribute("data-online", "no")
    expect(card.get_by_role("checkbox")).not_to_be_checked()
    card.get_by_role("checkbox").check()
    with desk.expect_response("**/screens/presence"):
        pass  # the page asked for the states again: what was ticked stays ticked
    expect(card.get_by_role("checkbox")).to_be_checked()
    desk.context.close()


def test_a_rotation_goes_from_step_to_step(browser: Browser, installation: Serving) -> None:
    tv = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    tv.goto(f"{installation.url}/screen/demo-hall")
    desk = signed_in_desk(browser, installation)
    steer = desk.get_by_test_id("steer")
    steer.get_by_label("Shows", exact=True).first.select_option("rotation:")
    steer.get_by_label("Language").select_option("en")
    steer.locator("summary").click()
    for n, (shows, seconds) in enumerate((("standings:line", 5), ("standings:trip", 600))):
        steer.locator(f"#steps-{n}-shows").select_option(shows)
        steer.locator(f"#steps-{n}-seconds").fill(str(seconds))
    desk.get_by_test_id("screen-demo-hall").get_by_role("checkbox").check()
    desk.get_by_test_id("show").click()
    expect(tv.get_by_role("heading")).to_have_text("Line race")
    expect(tv.get_by_role("heading")).to_have_text("Big journey, junior")
    tv.context.close()
    desk.context.close()


def signed_in_desk(browser: Browser, server: Serving) -> Page:
    """The steering page, in English, as the organiser sees it."""
    page = browser.new_context(viewport=DESK, locale="en").new_page()
    page.goto(server.access["roles"]["organiser"]["sign_in_url"])
    page.goto(f"{server.url}/desk/c/demo/screens?lang=en")
    return page
