"""Every page of the tablet, held both ways, in each language: axe finds nothing serious, nothing sticks out or is cut.

One server for all; on each page the tablet is turned and its language changed, rather than the way gone six times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.serving import ROOT, Serving, command

from .tablet_hall import enter, full_hall, judge_of, run_of, tell
from .tablets import LANDSCAPE, PORTRAIT, account_of, choose_field, sign_on_the_glass, tablet
from .usability import ill_fitting, serious_problems

LANGUAGES = ("ru", "en", "kk")
REFUSED = "navigator.storage.persisted = navigator.storage.persist = () => Promise.resolve(false)"
LONG_NUMBERS = """() => document.querySelectorAll('.queue-number').forEach((one, at) => {
    one.firstChild.data = at % 2 ? '1234' : '123';
})"""
Stops = Iterator[str]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    if not (ROOT / "app" / "static" / "build" / "manifest.json").exists():
        pytest.skip("the front end is not built: make setup")
    with full_hall(tmp_path_factory.mktemp("hall")) as server:
        yield server


def check(page: Page, stops: Stops) -> None:
    """Look at the page at each stop of a journey, every way it can be held and read."""
    wrong = {}
    for name in stops:
        for size in (LANDSCAPE, PORTRAIT):
            page.set_viewport_size(size)
            for language in LANGUAGES:
                page.get_by_test_id(f"language-{language}").click()
                expect(page.locator("html")).to_have_attribute("lang", language)
                seen = f"{name}-{language}-{size['width']}"
                if found := [*ill_fitting(page, seen), *serious(page, language, size)]:
                    wrong[seen] = found
    page.context.close()
    assert wrong == {}


def serious(page: Page, language: str, size: ViewportSize) -> list[str]:
    """What axe finds: each page in each language, and held both ways, but not in all six combinations."""
    return serious_problems(page) if (language == "kk") == (size is PORTRAIT) else []


def test_timed_runs(browser: Browser, hall: Serving) -> None:
    page = tablet(browser, hall, account_of(hall, "referee"))
    check(page, timed_runs(page))


def timed_runs(page: Page) -> Stops:
    expect(page.get_by_test_id("choose-field-A")).to_be_visible()
    yield "fields"
    choose_field(page, "B")
    yield "queue"
    page.evaluate(LONG_NUMBERS)
    yield "queue-numbers"
    page.get_by_test_id("row-more").first.click()
    page.get_by_test_id("swap-with").select_option(index=1)
    yield "queue-swap"
    page.get_by_test_id("row-more").first.click()
    page.get_by_test_id("run-open").first.click()
    expect(page.get_by_test_id("field-time-by-hand")).to_be_visible()
    yield "sheet"
    page.get_by_test_id("field-maze-value").fill("abc")
    page.get_by_test_id("field-maze-value").press("Tab")
    yield "sheet-unread"
    for field in ("line_obstacle", "maze", "line_hill", "pins"):
        page.get_by_test_id(f"field-{field}-least").or_(page.get_by_test_id(f"field-{field}-0")).first.click()
    page.get_by_test_id("undo").click()
    yield "sheet-undone"
    page.get_by_test_id("field-time-start").click()
    yield "sheet-by-hand"
    page.get_by_test_id("field-time-stop").click()
    page.get_by_test_id("review").click()
    expect(page.get_by_test_id("to-obstacle")).to_be_visible()
    yield "review-open"
    page.get_by_test_id("to-obstacle").click()
    page.get_by_test_id("field-pins-0").click()
    page.get_by_test_id("review").click()
    sign_on_the_glass(page)
    yield "review-signed"
    page.get_by_test_id("captain-refuses").click()
    yield "review-refused"
    page.get_by_test_id("captain-comment").fill("…")
    page.get_by_test_id("confirm").click()
    expect(page.get_by_test_id("run-correct").first).to_be_visible()
    page.get_by_test_id("unsent-count").click()
    expect(page.get_by_test_id("outbox-item").first).to_be_visible()
    yield "outbox"
    page.get_by_test_id("scan-codes").click()
    expect(page.get_by_test_id("camera-trouble")).to_be_visible()
    yield "scan"
    page.get_by_test_id("back").click()
    page.get_by_test_id("back").click()
    page.get_by_test_id("run-correct").first.click()
    expect(page.get_by_test_id("correcting")).to_be_visible()
    yield "correction"
    page.get_by_test_id("review").click()
    page.get_by_test_id("reason-0").click()
    yield "correction-review"
    page.get_by_test_id("back").click()
    page.get_by_test_id("back").click()
    page.get_by_test_id("sign-out").click()
    expect(page.locator(".big-choice").first).to_be_visible()
    yield "sign-in"
    page.locator(".big-choice").first.click()
    yield "pin"


def test_a_match(browser: Browser, hall: Serving) -> None:
    page = tablet(browser, hall, judge_of(hall, "R"))
    check(page, match(page))


def match(page: Page) -> Stops:
    page.get_by_test_id("choose-field-R").click()
    expect(page.get_by_test_id("match-row").first).to_be_visible()
    page.evaluate(LONG_NUMBERS)
    yield "matches"
    page.get_by_test_id("call-referee").click()
    page.get_by_test_id("call-rules").click()
    yield "call"
    page.get_by_test_id("call-send").click()
    expect(page.get_by_test_id("my-call-open")).to_be_visible()
    yield "called"
    page.get_by_test_id("call-take-back").click()
    page.get_by_test_id("call-take-back").click()
    expect(page.get_by_test_id("my-call-open")).to_have_count(0)
    page.get_by_test_id("match-open").first.click()
    page.get_by_test_id("bout-0").click()
    yield "match"
    page.get_by_test_id("bout-0").click()
    page.get_by_test_id("review").click()
    expect(page.get_by_test_id("match-verdict")).to_be_visible()
    yield "match-review"


def test_what_went_wrong(browser: Browser, hall: Serving) -> None:
    page = tablet(browser, hall, account_of(hall, "referee"))
    check(page, troubles(page, hall))


def troubles(page: Page, hall: Serving) -> Stops:
    """A run somebody else scored meanwhile, and an exchange of places that came too late."""
    choose_field(page, "B")
    scored, begun = (run_of(hall, "B", at) for at in (1, 3))
    page.locator(f"[data-run='{scored['id']}']").get_by_test_id("run-open").click()
    page.get_by_test_id("field-pins-5").click()
    page.get_by_test_id("mark-DSQ").click()
    expect(page.get_by_test_id("unsent-count")).to_have_attribute("data-unsent", "0")
    page.context.set_offline(True)
    enter(hall, "judge:B", run_of(hall, "B", 1), {"pins": 3, "maze": 20}, "DNF")
    page.get_by_test_id("review").click()
    page.get_by_test_id("captain-refuses").click()
    page.get_by_test_id("captain-comment").fill("…")
    page.get_by_test_id("confirm").click()
    more = page.locator(f"[data-run='{begun['id']}']").get_by_test_id("row-more")
    more.click()
    page.get_by_test_id("swap-with").select_option(index=1)
    page.get_by_test_id("reason-0").click()
    page.get_by_test_id("swap").click()
    expect(page.get_by_test_id("asked").first).to_be_visible()
    yield "queue-offline"
    page.get_by_test_id("unsent-count").click()
    page.get_by_test_id("show-codes").click()
    expect(page.get_by_test_id("code")).to_be_visible()
    yield "codes"
    page.get_by_test_id("back").click()
    tell(hall, "judge:B", command("OpenRun", begun["target"]))
    page.context.set_offline(False)
    expect(page.get_by_test_id("unsent-count")).to_have_attribute("data-troubled", "2")
    yield "outbox-troubled"
    page.get_by_test_id("settle").click()
    page.get_by_test_id("keep-mine").click()
    expect(page.get_by_test_id("reason")).to_be_visible()
    yield "settle"


def test_two_sheets(browser: Browser, hall: Serving) -> None:
    run = run_of(hall, "A", 0)
    enter(hall, "judge:A", run, {"time": 21.5})
    enter(hall, "referee", run_of(hall, "A", 0), {"time": 22.5})
    page = tablet(browser, hall, judge_of(hall, "A"))
    check(page, two_sheets(page))


def two_sheets(page: Page) -> Stops:
    page.get_by_test_id("choose-field-A").click()
    page.get_by_test_id("row-agree").click()
    expect(page.get_by_test_id("sheets-differ")).to_be_visible()
    yield "agree"


def test_what_the_tablet_lacks(browser: Browser, hall: Serving) -> None:
    """No promise to keep its data, no rules of a division, and then no sign-in any more."""
    context = browser.new_context(viewport=PORTRAIT, has_touch=True)
    context.add_init_script(REFUSED)
    context.route(re.compile("/ruleset$"), lambda route: route.abort())
    page = tablet(browser, hall, judge_of(hall, "B"), context=context)
    check(page, lacking(page))


def lacking(page: Page) -> Stops:
    choose_field(page, "B")
    expect(page.get_by_test_id("persistence-refused")).to_be_visible()
    expect(page.get_by_test_id("offline-start")).to_have_attribute("data-state", "rules_missing")
    yield "persistence-refused"
    page.get_by_test_id("run-open").first.click()
    expect(page.locator("main.empty p")).to_be_visible()
    yield "rules-missing"
    page.locator("main.empty .button").click()
    page.context.clear_cookies()
    page.get_by_test_id("row-more").first.click()
    page.get_by_test_id("row-practise").click()
    expect(page.get_by_test_id("session-expired")).to_be_visible()
    yield "expired"


def test_a_panel(browser: Browser, hall: Serving) -> None:
    page = tablet(browser, hall, judge_of(hall, "R"))
    check(page, panel(page))


def panel(page: Page) -> Stops:
    page.get_by_test_id("choose-field-P").click()
    expect(page.get_by_test_id("queue-row").first).to_be_visible()
    yield "panel-queue"
    page.get_by_test_id("row-more").last.click()
    page.get_by_test_id("tie-kind").select_option("family")
    yield "panel-aside"
    page.get_by_test_id("run-open").first.click()
    page.locator(".levels .choice").first.click()
    expect(page.get_by_test_id("mark-DNS")).to_be_visible()
    expect(page.get_by_test_id("mark-DNF")).to_have_count(0)
    yield "panel-sheet"
    page.get_by_test_id("review").click()
    yield "panel-review"
