"""Every page of the tablet, held both ways, in each language: axe finds nothing serious, and nothing sticks out.

SCREENSHOTS=folder keeps the pictures.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serving import ROOT, Serving

from .tablets import LANDSCAPE, PORTRAIT, account_of, choose_field, sign_on_the_glass, tablet

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = ("serious", "critical")
SMALLEST_PX = 48


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["upright", "lying"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_is_usable(browser: Browser, installation: Serving, language: str, size: Any) -> None:
    page = tablet(browser, installation, account_of(installation, "referee"), language, size)
    for name in pages(page):
        keep_picture(page, f"{name}-{language}-{size['width']}")
        page.evaluate(AXE.read_text("utf-8"))
        assert problems(page) == [], name
        assert sticking_out(page) == [], name
        assert small_targets(page) == [], name


def pages(page: Page) -> Iterator[str]:
    """Go through the tablet, stopping at each page."""
    expect(page.get_by_test_id("choose-field-A")).to_be_visible()
    yield "fields"
    choose_field(page, "B")
    yield "queue"
    page.get_by_test_id("row-more").first.click()
    page.get_by_test_id("swap-with").select_option(index=1)
    yield "queue-swap"
    page.get_by_test_id("row-more").first.click()
    page.get_by_test_id("run-open").first.click()
    expect(page.get_by_test_id("field-time-by-hand")).to_be_visible()
    yield "sheet"
    for field in ("line_obstacle", "maze", "line_hill", "pins"):
        page.get_by_test_id(f"field-{field}-least").or_(page.get_by_test_id(f"field-{field}-0")).first.click()
    page.get_by_test_id("field-time-start").click()
    yield "sheet-by-hand"
    page.get_by_test_id("field-time-stop").click()
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
    page.get_by_test_id("back").click()
    page.get_by_test_id("sign-out").click()
    expect(page.locator(".big-choice").first).to_be_visible()
    yield "sign-in"
    page.locator(".big-choice").first.click()
    yield "pin"


def problems(page: Page) -> list[str]:
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in found["violations"]
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


def sticking_out(page: Page) -> list[str]:
    """What is wider than the page."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
            .map((one) => one.outerHTML.slice(0, 120))"""
    )
    return found


def small_targets(page: Page) -> list[str]:
    """What is to be tapped and smaller than a fingertip."""
    found: list[str] = page.evaluate(
        """(smallest) => [...document.querySelectorAll('button, select, input, textarea')]
            .map((one) => [one, one.getBoundingClientRect()])
            .filter(([one, box]) => box.width > 0 && (box.width < smallest - 0.5 || box.height < smallest - 0.5))
            .map(([one, box]) => `${box.width} × ${box.height} ${one.outerHTML.slice(0, 120)}`)""",
        SMALLEST_PX,
    )
    return found


def keep_picture(page: Page, name: str) -> None:
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"tablet-{name}.png", full_page=True)
