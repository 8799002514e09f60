"""Ten minutes without a network over a restart of the server: two judges, their captain, and the chief judge.

`make test` has the browsers' clocks run ahead; `make soak` waits the ten minutes.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serving import Serving

from .hall.big_hall import open_judges
from .tablets import (
    PORTRAIT,
    account_of,
    all_sent,
    choose_field,
    confirm,
    enter_by_hand,
    sign_in,
    sign_on_the_glass,
)
from .test_tablet_two_judges import result_of, sheet_state

MINUTES = 10
LONGEST_WAIT_S = 31
"""Within this a tablet tries the server again by itself."""
Wait = Callable[[float], None]


def test_ten_minutes_offline_by_a_faked_clock(browser: Browser, two_sheets: Serving) -> None:
    pages = [browser.new_context(viewport=PORTRAIT, has_touch=True).new_page() for _ in range(3)]
    for page in pages:
        page.clock.install()

    def wait(minutes: float) -> None:
        for page in pages:
            page.clock.fast_forward(round(minutes * 60_000))

    play(two_sheets, pages, wait)


@pytest.mark.soak
def test_ten_minutes_offline_in_real_time(browser: Browser, two_sheets: Serving) -> None:
    pages = [browser.new_context(viewport=PORTRAIT, has_touch=True).new_page() for _ in range(3)]
    play(two_sheets, pages, lambda minutes: pages[0].wait_for_timeout(minutes * 60_000))


def play(server: Serving, pages: list[Page], wait: Wait) -> None:
    """Sheets of two runs are kept by two tablets; the captain signs; what differs is settled by the chief judge."""
    first, second, chief = pages
    first_run, second_run = arrive(server, pages)
    server.kill()
    for page in pages:
        expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "offline")
    keep_sheet(first, first_run, "21.5", signed=True)
    keep_sheet(second, first_run, "21.5")
    wait(MINUTES / 2)
    # The browser is opened anew while nobody answers: the page and what it keeps come from the tablet itself.
    first.reload()
    expect(first.get_by_test_id("unsent-count")).to_have_attribute("data-unsent", re.compile("[1-9]"))
    keep_sheet(first, second_run, "22.5", signed=True)
    keep_sheet(second, second_run, "23.5")
    # The second stays out of reach of a server that is back.
    second.context.set_offline(True)
    server.start()
    wait(MINUTES / 2)
    wait(LONGEST_WAIT_S / 60)
    all_sent(first)
    expect(chief.locator(f"[data-run='{first_run}']").get_by_test_id("sheets-in")).to_be_visible()
    assert result_of(server, first_run) is None
    expect(second.get_by_test_id("unsent-count")).to_have_attribute("data-unsent", re.compile("[1-9]"))
    second.context.set_offline(False)
    all_sent(second)
    for page in pages:
        expect(page.locator(f"[data-run='{first_run}']")).to_have_attribute("data-status", "UNOFFICIAL")
    agreed = result_of(server, first_run)
    assert (agreed["values"], agreed["captain"]) == ({"time": 21.5}, "signed")
    settle(chief, second_run)
    settled = result_of(server, second_run)
    assert (settled["values"], settled["captain"]) == ({"time": 23.5}, "signed")
    assert sheet_state(server, second_run) == "signed"
    for page in pages:
        expect(page.get_by_test_id("unsent-count")).to_have_attribute("data-troubled", "0")
    server.stop()
    assert server.flask("log", "verify")["ok"]


def arrive(server: Serving, pages: list[Page]) -> tuple[str, str]:
    """Two judges of field A and the chief judge, each with the rules at hand; the first two runs."""
    first, second, chief = pages
    [other] = open_judges(server, "A", 1)
    sign_in(first, server, account_of(server, "judge", "A"))
    second.goto(f"{server.url}/judge/?lang=kk")
    second.get_by_test_id(f"account-{other.account}").click()
    for digit in other.pin:
        second.get_by_test_id(f"pin-key-{digit}").click()
    sign_in(chief, server, account_of(server, "referee"))
    choose_field(chief, "A")
    for page in pages:
        page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        page.get_by_test_id("run-open").first.click()
        expect(page.get_by_test_id("field-time-by-hand")).to_be_visible()
        page.get_by_test_id("back").click()
    rows = first.get_by_test_id("queue-row")
    return str(rows.nth(0).get_attribute("data-run")), str(rows.nth(1).get_attribute("data-run"))


def keep_sheet(page: Page, run: str, seconds: str, *, signed: bool = False) -> None:
    """A sheet of a run confirmed, perhaps signed by the captain, and kept on the tablet."""
    page.locator(f"[data-run='{run}']").get_by_test_id("run-open").click()
    enter_by_hand(page, seconds)
    if not signed:
        confirm(page)
    else:
        page.get_by_test_id("review").click()
        sign_on_the_glass(page)
        expect(page.get_by_test_id("captain")).to_have_attribute("data-outcome", "signed")
        page.get_by_test_id("confirm").click()
        expect(page.get_by_test_id("confirm")).to_have_count(0)
    expect(page.locator(f"[data-run='{run}']").get_by_test_id("state-saved")).to_be_visible()


def settle(chief: Page, run: str) -> None:
    """The second judge was right, and the captain sees and signs that."""
    chief.locator(f"[data-run='{run}']").get_by_test_id("row-agree").click()
    chief.get_by_test_id("agree-time-1").click()
    expect(chief.get_by_test_id("captain-not-seen")).to_be_visible()
    sign_on_the_glass(chief)
    expect(chief.get_by_test_id("captain")).to_have_attribute("data-outcome", "signed")
    chief.get_by_test_id("reason-1").click()
    chief.get_by_test_id("agree-done").click()
    expect(chief.locator(f"[data-run='{run}']")).to_have_attribute("data-status", "UNOFFICIAL")
    all_sent(chief)
