"""A lost tablet's scores through QR codes and a camera: a referee's tablet reads them and hands them in."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.serving import Serving

from .camera import seeing
from .tablets import account_of, all_sent, enter_by_hand, sign_on_the_glass, tablet
from .test_tablet_two_judges import result_of
from .usability import faults


def test_a_referee_scans_and_hands_in_what_a_lost_tablet_kept(
    browser: Browser, installation: Serving, tmp_path: Path
) -> None:
    lost = tablet(browser, installation, account_of(installation, "judge", "A"))
    runs = score_unsent(lost)
    lost.get_by_test_id("unsent-count").click()
    lost.get_by_test_id("show-codes").click()
    codes = all_codes(lost)
    assert faults(lost, "codes") == []

    with seeing(browser.browser_type, codes, tmp_path) as another:
        referee = tablet(another, installation, account_of(installation, "referee"))
        referee.get_by_test_id("choose-field-B").click()
        referee.get_by_test_id("unsent-count").click()
        referee.get_by_test_id("scan-codes").click()
        expect(
            referee.get_by_test_id("scan-seen").or_(referee.get_by_test_id("handover-outcome"))
        ).to_be_visible()
        assert faults(referee, "scan") == []
        expect(referee.get_by_test_id("handover-outcome")).to_have_class(re.compile("notice-calm"))
        referee.get_by_test_id("back").click()
        assert result_of(installation, runs[0]) is None
        referee.get_by_test_id("hand-in-now").click()
        all_sent(referee)
    assert [result_of(installation, run)["values"] for run in runs] == [{"time": 27.0}, {"time": 28.0}]

    lost.context.set_offline(False)
    all_sent(lost)
    expect(lost.get_by_test_id("unsent-count")).to_have_attribute("data-troubled", "0")
    assert [result_of(installation, run)["corrected"] for run in runs] == [False, False]


def score_unsent(page: Page) -> list[str]:
    """Confirm two runs with the network off, one of them signed; their ids."""
    rows = page.get_by_test_id("queue-row")
    expect(rows.first).to_be_visible()
    runs = [str(row.get_attribute("data-run")) for row in rows.all()[:2]]
    expect(page.get_by_test_id("offline-start")).to_have_attribute("data-state", re.compile("ready|unsure"))
    page.context.set_offline(True)
    for run, seconds in zip(runs, ("27", "28"), strict=True):
        page.locator(f"[data-run='{run}']").get_by_test_id("run-open").click()
        enter_by_hand(page, seconds)
        page.get_by_test_id("review").click()
        sign_on_the_glass(page)
        page.get_by_test_id("confirm").click()
        expect(page.get_by_test_id("confirm")).to_have_count(0)
    return runs


def all_codes(page: Page) -> list[bytes]:
    """A picture of each code, taken while they stand still."""
    page.get_by_test_id("codes-pause").click()
    count = int(page.get_by_test_id("code-turns").get_attribute("data-count") or 0)
    pictures = []
    for _ in range(count):
        pictures.append(page.get_by_test_id("code").screenshot())
        page.get_by_test_id("codes-next").click()
    return pictures
