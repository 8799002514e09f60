"""What makes a page hard to use: what axe finds serious, what sticks out or is cut, what is too small for a finger.

SCREENSHOTS=folder keeps the pictures.
"""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.serving import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = ("serious", "critical")
SMALLEST_PX = 48


def faults(page: Page, name: str) -> list[str]:
    """Everything wrong with the page as it is now; ``name`` is its picture's."""
    return [*ill_fitting(page, name), *serious_problems(page)]


def ill_fitting(page: Page, name: str) -> list[str]:
    """What is too wide, too small, cut or broken, which depends on the language and on how the tablet is held."""
    wait_for_looks(page)
    keep_picture(page, name)
    return [
        *sticking_out(page),
        *small_targets(page),
        *cut_words(page),
        *broken_numbers(page),
    ]


def serious_problems(page: Page) -> list[str]:
    wait_for_looks(page)
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in found["violations"]
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


def wait_for_looks(page: Page) -> None:
    """Styles and fonts are there: a page is measured and looked at as a person sees it, not half loaded."""
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready.then(() => true)")


def sticking_out(page: Page) -> list[str]:
    """What is wider than the page, but for what scrolls in a frame that is not."""
    wait_for_looks(page)
    found: list[str] = page.evaluate(
        """() => {
            const sticksOut = (one) => one.getBoundingClientRect().right > innerWidth + 1;
            const scrolls = (one) => ['auto', 'scroll'].includes(getComputedStyle(one).overflowX);
            const isFramed = (one) => {
                for (let at = one.parentElement; at && at !== document.body; at = at.parentElement)
                    if (scrolls(at) && !sticksOut(at)) return true;
                return false;
            };
            return [...document.querySelectorAll('body *')]
                .filter((one) => sticksOut(one) && !isFramed(one))
                .map((one) => one.outerHTML.slice(0, 120));
        }"""
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


def cut_words(page: Page) -> list[str]:
    """Buttons whose words do not fit into them."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('button')]
            .filter((one) => one.clientWidth > 0 && one.scrollWidth > one.clientWidth)
            .map((one) => `cut: ${one.scrollWidth} in ${one.clientWidth} ${one.outerHTML.slice(0, 160)}`)"""
    )
    return found


def broken_numbers(page: Page) -> list[str]:
    """Numbers of entries and matches that go over more than one line."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('.queue-number')]
            .filter((one) => {
                const text = document.createRange();
                text.selectNodeContents(one);
                return text.getClientRects().length > 1;
            })
            .map((one) => `broken: ${one.outerHTML}`)"""
    )
    return found


def keep_picture(page: Page, name: str) -> None:
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"tablet-{name}.png", full_page=True)
