"""The queue on a tablet: places exchanged, a team that did not come, and a run timed by the judge's own hand."""

from __future__ import annotations

import re

import httpx
from playwright.sync_api import Browser, Page, expect

from tests.serving import Serving

from .tablets import account_of, all_sent, confirm, enter_by_hand, tablet
from .test_tablet_two_judges import result_of

PAST_A_SECOND = re.compile(r"^[1-9]\d*\.\d$")


def order(page: Page) -> list[str | None]:
    return [row.get_attribute("data-run") for row in page.get_by_test_id("queue-row").all()]


def test_two_runs_change_places_and_a_team_does_not_come(browser: Browser, installation: Serving) -> None:
    judge = tablet(browser, installation, account_of(installation, "judge", "A"))
    rows = judge.get_by_test_id("queue-row")
    expect(rows.first).to_be_visible()
    first, second = order(judge)[:2]
    rows.first.get_by_test_id("row-more").click()
    judge.get_by_test_id("swap-with").select_option(second)
    expect(judge.get_by_test_id("swap")).to_be_disabled()
    judge.get_by_test_id("reason-0").click()
    judge.get_by_test_id("swap").click()
    all_sent(judge)
    expect(rows.first).to_have_attribute("data-run", str(second))
    assert order(judge)[:2] == [second, first]

    rows.first.get_by_test_id("row-more").click()
    rows.first.get_by_test_id("row-dns").dblclick()
    all_sent(judge)
    expect(judge.locator(f"[data-run='{second}']")).to_have_attribute("data-status", "UNOFFICIAL")
    result = result_of(installation, str(second))
    assert (result["mark"], result["captain"]) == ("DNS", None)
    expect(rows.first).to_have_attribute("data-run", str(first))


def test_a_run_is_timed_by_hand_over_a_reload(browser: Browser, installation: Serving) -> None:
    judge = tablet(browser, installation, account_of(installation, "judge", "A"))
    run = judge.get_by_test_id("queue-row").first.get_attribute("data-run")
    judge.get_by_test_id("run-open").first.click()
    judge.get_by_test_id("field-time-start").click()
    running = judge.get_by_test_id("field-time-running")
    expect(running).to_have_text(PAST_A_SECOND)
    before = float(running.inner_text())
    judge.reload()
    expect(running).to_have_text(PAST_A_SECOND)
    judge.get_by_test_id("field-time-stop").click()
    seconds = float(judge.get_by_test_id("field-time-seconds").input_value())
    assert seconds > before
    confirm(judge)
    all_sent(judge)
    expect(judge.locator(f"[data-run='{run}']")).to_have_attribute("data-status", "UNOFFICIAL")
    result = result_of(installation, str(run))
    assert (result["hand_time"], result["stopwatch"], result["values"]) == (True, True, {"time": seconds})


def test_a_practice_run_comes_first_and_does_not_count(browser: Browser, installation: Serving) -> None:
    judge = tablet(browser, installation, account_of(installation, "judge", "A"))
    rows = judge.get_by_test_id("queue-row")
    expect(rows.first).to_be_visible()
    waiting = order(judge)
    rows.first.get_by_test_id("row-more").click()
    judge.get_by_test_id("row-practise").click()
    expect(rows.first.get_by_test_id("practice")).to_be_visible()
    assert order(judge)[1:] == waiting
    run = str(rows.first.get_attribute("data-run"))
    rows.first.get_by_test_id("run-open").click()
    enter_by_hand(judge, "9")
    judge.get_by_test_id("review").click()
    expect(judge.get_by_test_id("confirm")).to_be_enabled()
    expect(judge.get_by_test_id("captain")).to_have_count(0)
    judge.get_by_test_id("confirm").click()
    expect(judge.get_by_test_id("confirm")).to_have_count(0)
    all_sent(judge)
    expect(judge.locator(f"[data-run='{run}']")).to_have_attribute("data-status", "UNOFFICIAL")
    standings = httpx.get(f"{installation.url}/api/v1/live/c/demo/division/line/standings").json()["data"]
    assert [row["rank"] for row in standings["rows"]] == [None] * len(standings["rows"])


def test_what_was_asked_without_network_is_seen_at_once(browser: Browser, installation: Serving) -> None:
    """A judge who saw nothing would ask again, and two exchanges of places cancel each other out."""
    judge = tablet(browser, installation, account_of(installation, "judge", "A"))
    rows = judge.get_by_test_id("queue-row")
    expect(rows.first).to_be_visible()
    first, second, third = order(judge)[:3]
    judge.context.set_offline(True)
    rows.first.get_by_test_id("row-more").click()
    judge.get_by_test_id("swap-with").select_option(second)
    judge.get_by_test_id("reason-0").click()
    judge.get_by_test_id("swap").click()
    expect(rows.first).to_have_attribute("data-run", str(second))
    expect(judge.locator(f"[data-run='{first}']").get_by_test_id("asked")).to_be_visible()

    judge.locator(f"[data-run='{third}']").get_by_test_id("row-more").click()
    judge.get_by_test_id("row-practise").click()
    expect(judge.get_by_test_id("practice-asked").get_by_test_id("state-saved")).to_be_visible()

    rows.first.get_by_test_id("row-more").click()
    rows.first.get_by_test_id("row-dns").dblclick()
    kept = judge.locator(f"[data-run='{second}']")
    expect(kept.get_by_test_id("kept-mark")).to_be_visible()
    expect(kept.get_by_test_id("state-saved")).to_be_visible()

    judge.context.set_offline(False)
    all_sent(judge)
    expect(judge.get_by_test_id("practice-asked")).to_have_count(0)
    expect(judge.get_by_test_id("asked")).to_have_count(0)
    expect(judge.get_by_test_id("practice")).to_have_count(1)
    assert order(judge)[1] == first
