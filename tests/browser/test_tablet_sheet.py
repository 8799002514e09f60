"""A judge's hand on a sheet: boxes that cannot be read, taps taken back, and the way from the review to a field."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.serving import Serving

from .tablets import account_of, enter_by_hand, tablet

PAST_A_SECOND = re.compile(r"^([1-9]\d*|\d+:\d\d)\.\d$")


def opened_sheet(browser: Browser, server: Serving, field: str) -> Page:
    page = tablet(browser, server, account_of(server, "judge", field))
    page.get_by_test_id("run-open").first.click()
    expect(page.get_by_test_id("field-time-by-hand")).to_be_visible()
    return page


def test_a_box_that_cannot_be_read_bars_the_review(browser: Browser, installation: Serving) -> None:
    page = opened_sheet(browser, installation, "A")
    enter_by_hand(page, "12.5")
    seconds, unread = page.get_by_test_id("field-time-seconds"), page.get_by_test_id("field-time-unread")
    seconds.fill("13,5x")
    seconds.press("Tab")
    expect(unread).to_be_visible()
    page.get_by_test_id("review").click()
    expect(page.get_by_test_id("review-values")).to_have_count(0)
    expect(page.get_by_test_id("field-time")).to_be_focused()
    seconds.fill("13,5")
    seconds.press("Tab")
    expect(unread).to_have_count(0)
    page.get_by_test_id("review").click()
    expect(page.get_by_test_id("review-time")).to_contain_text("13.500")


def test_a_number_that_cannot_be_read_stays_in_its_box(browser: Browser, installation: Serving) -> None:
    page = opened_sheet(browser, installation, "B")
    box = page.get_by_test_id("field-maze-value")
    box.fill("abc")
    box.press("Tab")
    expect(page.get_by_test_id("field-maze-unread")).to_be_visible()
    expect(box).to_have_value("abc")
    page.get_by_test_id("field-maze-plus").click()
    expect(page.get_by_test_id("field-maze-unread")).to_have_count(0)
    expect(box).to_have_value("1")


def test_a_stopwatch_stopped_by_accident_goes_on(browser: Browser, installation: Serving) -> None:
    page = opened_sheet(browser, installation, "A")
    page.get_by_test_id("field-time-start").click()
    running = page.get_by_test_id("field-time-running")
    expect(running).to_have_text(PAST_A_SECOND)
    page.get_by_test_id("field-time-stop").click()
    stopped_s = float(page.get_by_test_id("field-time-seconds").input_value())
    page.get_by_test_id("undo").click()
    expect(running).to_be_visible()
    assert float(running.inner_text()) >= round(stopped_s, 1)


def test_the_review_leads_to_what_is_wrong_and_back_to_where_the_judge_was(
    browser: Browser, installation: Serving
) -> None:
    page = opened_sheet(browser, installation, "B")
    page.get_by_test_id("field-pins-5").click()
    page.get_by_test_id("field-maze-value").fill("9999")
    page.get_by_test_id("field-maze-value").press("Tab")
    expect(page.get_by_test_id("total-open")).to_contain_text("1 мән ережені бұзады")
    page.evaluate("scrollTo(0, 300)")
    place = page.evaluate("scrollY")
    page.get_by_test_id("review").click()
    expect(page.get_by_test_id("review-maze")).to_have_attribute("data-state", "wrong")
    expect(page.get_by_test_id("review-line_hill")).to_have_attribute("data-state", "open")
    page.get_by_test_id("edit").click()
    expect(page.get_by_test_id("field-pins")).to_be_visible()
    assert abs(page.evaluate("scrollY") - place) <= 1

    page.get_by_test_id("review").click()
    page.get_by_test_id("review-maze").click()
    expect(page.get_by_test_id("field-maze")).to_be_focused()
    expect(page.get_by_test_id("field-maze")).to_be_in_viewport()

    page.get_by_test_id("undo").click()
    label = page.get_by_test_id("field-maze").locator("h3").inner_text()
    expect(page.get_by_test_id("undone")).to_contain_text(label)
    page.evaluate("scrollTo(0, 0)")
    page.get_by_test_id("undo").click()
    expect(page.get_by_test_id("field-pins")).to_be_in_viewport()
    expect(page.get_by_test_id("undo")).to_be_disabled()
