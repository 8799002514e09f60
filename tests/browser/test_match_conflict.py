"""Two tablets decide one match, one of them without a network: nothing is overwritten, and both become one result."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serving import Serving

from .tablets import account_of, all_sent, tablet
from .usability import faults

QUEUE = "/api/v1/live/c/demo/field/R/queue"


@pytest.fixture
def tablets(browser: Browser, installation: Serving) -> tuple[Page, Page]:
    """The judge's and the referee's tablet with the same match open; the referee's has lost its network."""
    judge = tablet(browser, installation, account_of(installation, "judge", "R"))
    referee = tablet(browser, installation, account_of(installation, "referee"))
    referee.get_by_test_id("choose-field-R").click()
    for page in (judge, referee):
        page.get_by_test_id("match-open").first.click()
        expect(page.get_by_test_id("side-0")).to_be_visible()
    all_sent(referee)
    referee.context.set_offline(True)
    return judge, referee


def decide(page: Page, *taps: str) -> None:
    for tap in (*taps, "review", "confirm"):
        page.get_by_test_id(tap).click()
    expect(page.get_by_test_id("confirm")).to_have_count(0)


def decided(server: Serving) -> dict[str, Any]:
    """The match that was decided, as everybody sees it."""
    matches = httpx.get(f"{server.url}{QUEUE}").json()["data"]["matches"]
    [found] = [match for match in matches if match["is_over"]]
    shown: dict[str, Any] = found
    return shown


def test_both_are_put_together_bout_by_bout(tablets: tuple[Page, Page], installation: Serving) -> None:
    judge, referee = tablets
    decide(judge, "bout-0", "bout-1", "bout-0")
    all_sent(judge)
    # The referee saw a warning the judge did not, and another winner of the last bout.
    decide(referee, "bout-0", "warnings-0", "bout-1", "bout-1")
    referee.context.set_offline(False)
    expect(referee.get_by_test_id("unsent-count")).to_have_attribute("data-troubled", "1")
    before = decided(installation)
    assert before["score"] == [2, 1], "nothing was overwritten"
    expect(judge.get_by_test_id("disputed")).to_be_visible()
    assert faults(judge, "match-disputed") == []

    referee.get_by_test_id("match-settle").click()
    expect(referee.get_by_test_id("settle-bout-0-mine")).to_have_count(0)
    expect(referee.get_by_test_id("settle-done")).to_be_disabled()
    assert faults(referee, "match-conflict") == []
    referee.get_by_test_id("keep-mine").click()
    expect(referee.get_by_test_id("settle-comes")).to_contain_text("1 : 2")
    referee.get_by_test_id("settle-bout-2-theirs").click()
    expect(referee.get_by_test_id("settle-comes")).to_contain_text("2 : 1")
    expect(referee.get_by_test_id("settle-done")).to_be_disabled()
    referee.get_by_test_id("reason-0").click()
    assert faults(referee, "match-conflict-merged") == []
    referee.get_by_test_id("settle-done").click()
    expect(referee.get_by_test_id("unsent-count")).to_have_attribute("data-troubled", "0")
    all_sent(referee)

    expect(judge.get_by_test_id("match-row").last).to_contain_text("Түзетілді")
    expect(judge.get_by_test_id("disputed")).to_have_count(0)
    after = decided(installation)
    first = after["sides"][0]["id"]
    assert (after["score"], after["corrected"], after["winner"]) == ([2, 1], True, first)
    assert [bout["warnings"].get(first, 0) for bout in after["bouts"]] == [0, 1, 0]
    assert installation.flask("log", "verify")["ok"]


def test_what_is_no_result_is_not_sent_and_theirs_can_be_left(
    tablets: tuple[Page, Page], installation: Serving
) -> None:
    judge, referee = tablets
    decide(judge, "bout-0", "bout-0")
    all_sent(judge)
    decide(referee, "bout-1", "bout-1")
    referee.context.set_offline(False)
    expect(referee.get_by_test_id("unsent-count")).to_have_attribute("data-troubled", "1")
    before = decided(installation)
    referee.get_by_test_id("unsent-count").click()
    referee.get_by_test_id("settle").click()
    referee.get_by_test_id("settle-bout-0-mine").click()
    referee.get_by_test_id("settle-bout-1-theirs").click()
    referee.get_by_test_id("reason-0").click()
    expect(referee.get_by_test_id("obstacle")).to_be_visible()
    expect(referee.get_by_test_id("settle-done")).to_be_disabled()
    assert faults(referee, "match-conflict-obstacle") == []
    referee.get_by_test_id("take-theirs").click()
    referee.get_by_test_id("settle-done").click()
    expect(referee.get_by_test_id("unsent-count")).to_have_attribute("data-troubled", "0")
    assert decided(installation) == before
    referee.goto(f"{installation.url}/judge/?lang=kk")
    expect(referee.get_by_test_id("match-row").last).to_contain_text("2 : 0")
    expect(referee.get_by_test_id("match-settle")).to_have_count(0)
