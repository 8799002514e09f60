"""Waiting for what a page computes; for what it shows there is `expect`."""

from __future__ import annotations

import time

from playwright.sync_api import Page

from .conftest import PATIENCE_MS


def until(page: Page, script: str) -> None:
    """
    Wait until `script` is true in the page.

    Playwright's own `wait_for_function` evaluates its text in the page each time but the first, which our content
    security policy forbids.
    """
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not page.evaluate(script):
        assert time.monotonic() < deadline, f"not true within {PATIENCE_MS} ms: {script}"
        page.wait_for_timeout(50)
