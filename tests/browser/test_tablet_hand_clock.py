"""A stopwatch started on a judge's tablet runs on the hall's screen and on other tablets, marked as hand time."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.serving import Serving

from .tablets import account_of, all_sent, choose_field, tablet


def test_the_hall_sees_the_hand_clock(browser: Browser, installation: Serving) -> None:
    screen = browser.new_page(viewport={"width": 1280, "height": 720})
    screen.goto(f"{installation.local_url}/screen/c/demo/run/A?lang=en")
    judge = tablet(browser, installation, account_of(installation, "judge", "A"))
    other = tablet(browser, installation, account_of(installation, "referee"))
    choose_field(other, "A")
    run = str(judge.get_by_test_id("queue-row").first.get_attribute("data-run"))
    judge.get_by_test_id("run-open").first.click()
    expect(screen.get_by_test_id("clock")).to_have_attribute("data-state", "ready")
    judge.get_by_test_id("field-time-start").click()
    expect(screen.get_by_test_id("clock")).to_have_attribute("data-state", "running")
    expect(screen.get_by_test_id("hand-time")).to_be_visible()
    other.locator(f"[data-run='{run}']").get_by_test_id("run-open").click()
    expect(other.get_by_test_id("field-clock")).to_have_attribute("data-state", "running")
    expect(other.get_by_test_id("clock-by-hand")).to_be_visible()
    judge.get_by_test_id("field-time-stop").click()
    expect(screen.get_by_test_id("clock")).to_have_attribute("data-state", "stopped")
    expect(other.get_by_test_id("field-clock")).to_have_attribute("data-state", "stopped")
    all_sent(judge)


def test_a_start_made_offline_is_shown_late_and_a_cancelled_one_not_at_all(
    browser: Browser, installation: Serving
) -> None:
    screen = browser.new_page(viewport={"width": 1280, "height": 720})
    screen.goto(f"{installation.local_url}/screen/c/demo/run/A?lang=en")
    judge = tablet(browser, installation, account_of(installation, "judge", "A"))
    judge.get_by_test_id("run-open").first.click()
    expect(screen.get_by_test_id("clock")).to_have_attribute("data-state", "ready")
    all_sent(judge)
    judge.context.set_offline(True)
    judge.get_by_test_id("field-time-start").click()
    expect(judge.get_by_test_id("unsent-count")).to_have_attribute("data-unsent", "1")
    judge.context.set_offline(False)
    expect(screen.get_by_test_id("clock")).to_have_attribute("data-state", "running")
    judge.get_by_test_id("field-time-cancel").click()
    expect(screen.get_by_test_id("clock")).to_have_attribute("data-state", "ready")
    all_sent(judge)
