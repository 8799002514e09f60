"""Judges' tablets in browser tests: signed in, on a field, and what is done with a sheet."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.serving import Serving

PORTRAIT: ViewportSize = {"width": 600, "height": 960}
LANDSCAPE: ViewportSize = {"width": 1280, "height": 800}


def account_of(server: Serving, role: str, field: str | None = None) -> dict[str, Any]:
    accounts: list[dict[str, Any]] = server.access["accounts"]
    return next(a for a in accounts if a["role"] == role and (field is None or field in a["fields"]))


def tablet(
    browser: Browser,
    server: Serving,
    account: dict[str, Any],
    language: str = "kk",
    size: ViewportSize = PORTRAIT,
    context: BrowserContext | None = None,
) -> Page:
    """A tablet of its own (or in a context that was made for it), signed in by its account's link."""
    page = (context or browser.new_context(viewport=size, has_touch=True)).new_page()
    sign_in(page, server, account, language)
    return page


def sign_in(page: Page, server: Serving, account: dict[str, Any], language: str = "kk") -> None:
    path = "/" + "/".join(account["sign_in_url"].split("/")[3:])
    page.goto(server.url + path)
    page.goto(f"{server.url}/judge/?lang={language}")


def choose_field(page: Page, code: str) -> None:
    page.get_by_test_id(f"choose-field-{code}").click()
    expect(page.get_by_test_id("queue-row").first).to_be_visible()


def sign_on_the_glass(page: Page) -> None:
    """Two strokes of a finger across the pad."""
    pad = page.get_by_test_id("signature-pad").first
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    for start, end in ((0.2, 0.5), (0.5, 0.8)):
        page.mouse.move(box["x"] + box["width"] * start, box["y"] + box["height"] * 0.7)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * end, box["y"] + box["height"] * 0.2, steps=8)
        page.mouse.up()


def enter_by_hand(page: Page, seconds: str) -> None:
    page.get_by_test_id("field-time-by-hand").click()
    page.get_by_test_id("field-time-seconds").fill(seconds)
    page.get_by_test_id("field-time-seconds").press("Tab")


def confirm(page: Page) -> None:
    """Confirm the sheet that is open, and wait until the tablet has kept it: only then does its page close."""
    page.get_by_test_id("review").click()
    page.get_by_test_id("confirm").click()
    expect(page.get_by_test_id("confirm")).to_have_count(0)


def all_sent(page: Page, timeout_ms: float = 60_000) -> None:
    expect(page.get_by_test_id("unsent-count")).to_have_attribute("data-unsent", "0", timeout=timeout_ms)
