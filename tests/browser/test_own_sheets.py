"""Two judges of a panel on their tablets: each keeps and shows their own marks, with the network off, too."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.serving import Serving

from .panels import draw_panel
from .patience import until
from .tablets import all_sent, confirm, tablet
from .usability import faults

REMARK = "Тақырып толық ашылмаған"
KEPT = """() => new Promise((found) => {
    const opening = indexedDB.open('baige-judge');
    opening.onsuccess = () => {
        const asked = opening.result.transaction('snapshots').objectStore('snapshots').getAll();
        asked.onsuccess = () => found(JSON.stringify(asked.result));
    };
})"""


def test_a_judge_keeps_their_own_marks_and_never_anothers(browser: Browser, installation: Serving) -> None:
    first, second = (tablet(browser, installation, judge) for judge in draw_panel(installation)[:2])
    for page in (first, second):
        page.get_by_test_id("choose-field-P").click()
        expect(page.get_by_test_id("queue-row")).to_have_count(3)
    mark(first, "8")
    mark(second, "5")
    for page in (first, second):
        until(page, f"({KEPT})().then((kept) => kept.includes('{REMARK}'))")
    assert kept(first).count(REMARK) == kept(second).count(REMARK) == 1

    until(first, "navigator.serviceWorker.controller !== null")
    first.context.set_offline(True)
    first.reload()
    row = first.get_by_test_id("queue-row").filter(has=first.get_by_test_id("run-correct"))
    expect(row).to_contain_text("15")
    assert faults(first, "own-sheets-offline") == []
    row.get_by_test_id("run-correct").click()
    expect(first.get_by_test_id("field-content-value")).to_have_value("8")
    first.get_by_test_id("field-content-value").fill("9")
    first.get_by_test_id("field-content-value").press("Tab")
    first.get_by_test_id("review").click()
    first.get_by_test_id("reason-0").click()
    assert faults(first, "own-sheets-correcting") == []
    first.get_by_test_id("confirm").click()
    expect(first.get_by_test_id("confirm")).to_have_count(0)
    first.context.set_offline(False)
    all_sent(first)
    expect(row).to_contain_text("16")


def test_who_signs_in_at_anothers_tablet_gets_their_own_sheets(
    browser: Browser, installation: Serving
) -> None:
    first, second, _ = draw_panel(installation)
    page = tablet(browser, installation, first)
    page.get_by_test_id("choose-field-P").click()
    mark(page, "8")
    page.get_by_test_id("sign-out").click()
    page.get_by_test_id(f"account-{second['account']}").click()
    for digit in second["pin"]:
        page.get_by_test_id(f"pin-key-{digit}").click()
    expect(page.get_by_test_id("run-open")).to_have_count(3)
    mark(page, "5")
    expect(page.get_by_test_id("queue-row").filter(has=page.get_by_test_id("run-correct"))).to_contain_text(
        "12"
    )
    expect(page.get_by_text("15", exact=True)).to_have_count(0)


def mark(page: Page, content: str) -> None:
    """The first project of the list, with a remark."""
    page.get_by_test_id("run-open").first.click()
    page.get_by_test_id("field-content-value").fill(content)
    page.get_by_test_id("field-content-value").press("Tab")
    page.get_by_test_id("field-content_note-text").fill(REMARK)
    page.get_by_test_id("field-outcome-level-4").click()
    page.get_by_test_id("field-system-level-3").click()
    confirm(page)
    all_sent(page)
    expect(page.get_by_test_id("run-correct")).to_have_count(1)


def kept(page: Page) -> str:
    """Everything live that the tablet keeps to start from."""
    found: str = page.evaluate(KEPT)
    return found
