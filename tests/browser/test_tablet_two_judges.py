"""One run scored from two tablets: a captain signs or refuses, sheets that differ are settled together."""

from __future__ import annotations

import re
from typing import Any

import httpx
from playwright.sync_api import Browser, expect

from tests.serving import Serving

from .tablets import account_of, all_sent, choose_field, confirm, enter_by_hand, sign_on_the_glass, tablet


def test_two_judges_settle_one_run(browser: Browser, two_sheets: Serving) -> None:
    judge = tablet(browser, two_sheets, account_of(two_sheets, "judge", "A"))
    referee = tablet(browser, two_sheets, account_of(two_sheets, "referee"))
    choose_field(referee, "A")
    row = judge.get_by_test_id("queue-row").first
    run = row.get_attribute("data-run")
    row.get_by_test_id("run-open").click()
    enter_by_hand(judge, "21.5")
    judge.get_by_test_id("review").click()
    sign_on_the_glass(judge)
    expect(judge.get_by_test_id("captain")).to_have_attribute("data-outcome", "signed")
    judge.get_by_test_id("confirm").click()
    expect(judge.get_by_test_id("confirm")).to_have_count(0)
    all_sent(judge)

    theirs = referee.locator(f"[data-run='{run}']")
    expect(theirs.get_by_test_id("sheets-in")).to_be_visible()
    theirs.get_by_test_id("run-open").click()
    expect(referee.get_by_test_id("field-time-by-hand")).to_be_visible()
    enter_by_hand(referee, "22.5")
    confirm(referee)
    all_sent(referee)

    mine = judge.locator(f"[data-run='{run}']")
    mine.get_by_test_id("row-agree").click()
    expect(judge.get_by_test_id("agree-done")).to_be_disabled()
    judge.get_by_test_id("agree-time-0").click()
    expect(judge.get_by_test_id("captain")).to_have_count(0)
    judge.get_by_test_id("agree-time-1").click()
    expect(judge.get_by_test_id("captain-not-seen")).to_be_visible()
    expect(judge.get_by_test_id("captain")).to_have_attribute("data-outcome", "")
    sign_on_the_glass(judge)
    expect(judge.get_by_test_id("captain")).to_have_attribute("data-outcome", "signed")
    judge.get_by_test_id("reason-0").click()
    judge.get_by_test_id("agree-done").click()
    for page in (judge, referee):
        expect(page.locator(f"[data-run='{run}']")).to_have_attribute("data-status", "UNOFFICIAL")
        expect(page.locator(f"[data-run='{run}']")).to_contain_text("22.500")
    result = result_of(two_sheets, str(run))
    assert (result["captain"], result["hand_time"]) == ("signed", True)


def test_a_captain_refuses_and_says_why(browser: Browser, installation: Serving) -> None:
    judge = tablet(browser, installation, account_of(installation, "judge", "A"))
    run = judge.get_by_test_id("queue-row").first.get_attribute("data-run")
    judge.get_by_test_id("run-open").first.click()
    enter_by_hand(judge, "30")
    judge.get_by_test_id("review").click()
    judge.get_by_test_id("captain-refuses").click()
    expect(judge.get_by_test_id("confirm")).to_be_disabled()
    judge.get_by_test_id("captain-comment").fill("Үшінші қақпа екі рет саналды")
    judge.get_by_test_id("confirm").click()
    expect(judge.get_by_test_id("confirm")).to_have_count(0)
    all_sent(judge)
    expect(judge.locator(f"[data-run='{run}']")).to_have_attribute("data-status", "UNOFFICIAL")
    assert result_of(installation, str(run))["captain"] == "refused"
    assert "қақпа" not in (installation.data / "server.log").read_text("utf-8")


def sheet_state(server: Serving, run: str) -> str:
    """How the chief judge's desk says that a run's sheet stands."""
    address = f"{server.local_url}/desk/c/demo/sheets/table?all=1"
    page = (
        httpx.get(address, headers=server.bearer("referee"), verify=server.trusting).raise_for_status().text
    )
    found = re.search(rf'data-run="{run}" data-state="(\w+)"', page)
    assert found is not None, page
    return found[1]


def result_of(server: Serving, run: str) -> Any:
    """What the server holds for a run of field A; None where nothing is confirmed."""
    address = f"{server.local_url}/api/v1/live/c/demo/field/A/judging"
    answer = httpx.get(address, headers=server.bearer("referee"), verify=server.trusting)
    runs = answer.raise_for_status().json()["data"]["runs"]
    return next(one for one in runs if one["id"] == run)["result"]
