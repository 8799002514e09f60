"""The judge's tablet in Chromium: how soon it starts offline, how soon a tap counts, how fast it catches up."""

from __future__ import annotations

import gzip
import json
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import FilePayload, Page, ViewportSize, expect, sync_playwright
from uuid_utils import uuid7

from tests.bench.figures import Figure, figure, percentile
from tests.serving import ROOT, Serving, enter_runs, serving

NAMES = ("tablet.",)
SLOWED = 4
"""How many times slower the processor is made: a cheap tablet against this machine."""
STARTS = 9
TAPS = 300
KEPT = 400
BUILD = ROOT / "app" / "static" / "build"
WITHIN_MS = 120_000
SIZE: ViewportSize = {"width": 600, "height": 960}

READY = """new Promise((resolve) => {
    const look = () => document.querySelector('[data-testid=queue-row]')
        ? requestAnimationFrame(() => resolve(performance.now()))
        : requestAnimationFrame(look);
    look();
})"""
"""Milliseconds from the start of the navigation to the frame that shows the queue."""

TAP = """(taps) => new Promise((resolve) => {
    const took = [];
    const total = document.querySelector('[data-testid=total]');
    const plus = document.querySelector('[data-testid=field-maze-plus]');
    const minus = document.querySelector('[data-testid=field-maze-minus]');
    const tap = () => {
        if (took.length === taps) return resolve(took);
        const before = total.textContent;
        const started = performance.now();
        const look = () => {
            if (total.textContent === before) return requestAnimationFrame(look);
            // A message comes after the frame that was being made is on the screen.
            const after = new MessageChannel();
            after.port1.onmessage = () => {
                took.push(performance.now() - started);
                setTimeout(tap, 5);
            };
            after.port2.postMessage(null);
        };
        (took.length % 2 ? minus : plus).click();
        requestAnimationFrame(look);
    };
    tap();
})"""
"""Milliseconds from each tap to the total that counts it being drawn."""

DRAINED = """new Promise((resolve) => {
    addEventListener('online', () => {
        const started = performance.now();
        const count = document.querySelector('[data-testid=unsent-count]');
        const look = () => count.dataset.unsent === '0' ? resolve(performance.now() - started) : setTimeout(look, 5);
        look();
    });
})"""


def figures(_only: str) -> Iterator[Figure]:
    yield figure("tablet.javascript_kb", javascript_kb(), "KB", "lower", 150)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server, tablet() as page:
        referee = next(a for a in server.access["accounts"] if a["role"] == "referee")
        runs = enter_runs(server, KEPT)
        sign_in(page, server, referee)
        yield figure("tablet.offline_ready_ms", offline_ready_ms(page), "ms", "lower", 1500)
        yield figure("tablet.tap_to_total_ms_p99", tap_to_total_ms_p99(page, 1), "ms", "lower", 50)
        slowed = tap_to_total_ms_p99(page, SLOWED)
        yield figure(f"tablet.tap_to_total_ms_p99_slowed_{SLOWED}", slowed, "ms", "lower", None)
        yield figure("tablet.outbox_drain_per_s", drain_per_s(page, referee, runs), "1/s", "higher", None)


def javascript_kb() -> float:
    """Everything the tablet's page loads, as gzip leaves it; 1 KB is 1,000 bytes."""
    manifest: dict[str, Any] = json.loads((BUILD / "manifest.json").read_text("utf-8"))
    wanted = [key for key, made in manifest.items() if made.get("isEntry") and made["name"] == "judge"]
    seen: set[str] = set()
    while wanted:
        key = wanted.pop()
        if key not in seen:
            seen.add(key)
            wanted += [*manifest[key].get("imports", []), *manifest[key].get("dynamicImports", [])]
    return sum(len(gzip.compress((BUILD / manifest[key]["file"]).read_bytes(), 9)) for key in seen) / 1000


@contextmanager
def tablet() -> Iterator[Page]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(viewport=SIZE).new_page()
        page.set_default_timeout(WITHIN_MS)
        expect.set_options(timeout=WITHIN_MS)
        yield page
        browser.close()


def sign_in(page: Page, server: Serving, account: dict[str, Any]) -> None:
    """At field B, whose sheet has points, until everything a start without a network needs is on the tablet."""
    page.goto(server.url + "/" + "/".join(account["sign_in_url"].split("/")[3:]))
    page.goto(f"{server.url}/judge/?lang=kk")
    page.get_by_test_id("choose-field-B").click()
    page.get_by_test_id("run-open").first.click()
    expect(page.get_by_test_id("field-maze-plus")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.goto(f"{server.url}/judge/")


def offline_ready_ms(page: Page) -> float:
    """The median of several starts with the network off and the processor slowed."""
    page.context.set_offline(True)
    slow(page, SLOWED)
    starts = []
    for _ in range(STARTS):
        page.reload(wait_until="commit")
        starts.append(float(page.evaluate(READY)))
    slow(page, 1)
    page.context.set_offline(False)
    return statistics.median(starts)


def tap_to_total_ms_p99(page: Page, slowed: int) -> float:
    """Each tap changes a count; every one is kept on the tablet as any other is."""
    page.get_by_test_id("run-open").first.click()
    page.get_by_test_id("field-maze-least").click()
    slow(page, slowed)
    took: list[float] = page.evaluate(TAP, TAPS)
    slow(page, 1)
    page.get_by_test_id("back").click()
    return percentile(took, 99)


def drain_per_s(page: Page, account: dict[str, Any], runs: list[dict[str, Any]]) -> float:
    """Scores kept while offline, each an EnterScore of its own run, sent once the network is back."""
    page.context.set_offline(True)
    page.get_by_test_id("unsent-count").click()
    file = FilePayload(name="unsent.json", mimeType="application/json", buffer=unsent_file(account, runs))
    page.get_by_test_id("import").set_input_files(file)
    expect(page.get_by_test_id("unsent-count")).to_have_attribute("data-unsent", str(len(runs)))
    page.evaluate(f"window.drained = {DRAINED}; null")
    page.context.set_offline(False)
    took_ms = float(page.evaluate("window.drained"))
    expect(page.get_by_test_id("unsent-count")).to_have_attribute("data-troubled", "0")
    return len(runs) / (took_ms / 1000)


def unsent_file(account: dict[str, Any], runs: list[dict[str, Any]]) -> bytes:
    """What another tablet would have saved."""
    maker = {"account": account["account"], "name": account["name"], "device": "bench"}
    commands = [
        {
            "id": str(uuid7()),
            "type": "EnterScore",
            "target": run["target"],
            "lane": "c/demo/field/C",
            "expectedVersion": run["version"],
            "payload": {"sheet": {"time": 20 + at / 100}, "mark": None},
            "about": {"team": run["entry"]["team"], "attempt": run["attempt"]},
            "follows": False,
            "madeAt": datetime.now(UTC).isoformat(),
            "madeBy": maker,
            "state": "saved",
            "tries": 0,
            "receipt": None,
        }
        for at, run in enumerate(runs)
    ]
    return json.dumps({"format": "baige-unsent-1", "commands": commands}).encode()


def slow(page: Page, times: int) -> None:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": times})
