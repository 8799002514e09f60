"""Browser tests: Chromium from the system, and a whole installation (server, worker, gates) on loopback."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.forking import fork
from tests.serving import ENDED_WITHIN_S, ROOT, Serving, serving

from .tablet_hall import two_sheets_a_run

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE_MS = 30_000
"""What is due within a blink is measured by `make bench`; here it must only come, on busy machines too."""
UNUSED = (
    # Of the window around each page, which nobody sees: together half of what a page costs the processor.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "PreloadTopChromeWebUI",
    "SpareRendererForSitePerProcess",
    # Of several such lists Chromium obeys the last, so this one has what Playwright's own has.
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--disable-features={','.join(UNUSED)}",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed, and could not be")
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
        yield opened
        opened.close()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """Chromium, whose pages end with the test: one left open draws, and asks for its server, until all tests ended."""
    yield chromium
    for context in chromium.contexts:
        context.close()


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Serving]:
    """The demo competition on a running server, with a worker."""
    if not (ROOT / "app" / "static" / "build" / "manifest.json").exists():
        pytest.skip("the front end is not built: make setup")
    with serving(tmp_path) as server, running(server, "app.worker"):
        yield server


@pytest.fixture
def two_sheets(tmp_path: Path) -> Iterator[Serving]:
    with two_sheets_a_run(tmp_path) as server:
        yield server


class running:
    """A module of ours as a process beside the server; ended by its pid."""

    def __init__(self, server: Serving, module: str, *arguments: str) -> None:
        log = server.data / f"{module}.log"
        self._process = fork(module, *arguments, env=server.environment, out=log)

    def __enter__(self) -> running:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(ENDED_WITHIN_S)


def simulated_gates(server: Serving, field: str) -> running:
    """The field's controller with a simulated board whose robots take half a second."""
    token = server.access["controllers"][field]
    return running(
        server, "firmware_bridge", "--server", server.url, "--token", token, "--simulate",
        "--simulate-wait-s", "0.2:0.3", "--simulate-run-s", "2.5:3.0", "--spool", str(server.data / f"{field}.sqlite3"),
    )  # fmt: skip
