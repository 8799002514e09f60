"""Every screen at three sizes, in three languages, with the longest of names: nothing cut, nothing small."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser import ugly
from tests.serving import ROOT, Serving, command, post, serving

SIZES = {"720p": (1280, 720), "4k": (3840, 2160), "totem": (1080, 1920)}
LANGUAGES = ("kk", "ru", "en")
SCREENS = {
    "run": "/screen/c/demo/run/C",
    "timer": "/screen/c/demo/timer/C",
    "overlay": "/screen/c/demo/overlay/C",
    "coming": "/screen/c/demo/run/D",
    "match": "/screen/c/demo/run/of-ring",
    "verdict": "/screen/c/demo/run/of-won",
    "coming match": "/screen/c/demo/run/of-groups",
    "bracket": "/screen/c/demo/bracket/ring",
    "groups": "/screen/c/demo/bracket/groups",
    "choosing": "/screen/c/demo/alliances/choosing",
    "alliances": "/screen/c/demo/run/of-allied",
    "match standings": "/screen/c/demo/division/ring",
    "standings": "/screen/c/demo/division/hall",
    "region": "/screen/c/demo/division/hall?region=KZ-35",
    "frozen": "/screen/c/demo/division/places",
    "schedule": "/screen/c/demo/schedule",
    "pit": "/screen/c/demo/pit",
    "wall": "/screen/c/demo/wall",
    "places": "/screen/c/demo/ceremony/places",
    "podium": "/screen/c/demo/ceremony/podium",
    "awards": "/screen/c/demo/ceremony/awards",
    "fresh": "/screen/",
}
ANNOUNCED = {"schedule", "pit", "wall", "standings", "bracket", "coming"}
"""Screens that say what is announced; it comes a moment after the picture."""
MEASURE = (Path(__file__).with_name("measure_screen.js")).read_text("utf-8").split("\n", 1)[1]
KEEP = os.environ.get("SCREENSHOTS")
"""A folder to keep a picture of every screen in, for people to look at."""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    if not (ROOT / "app" / "static" / "build" / "manifest.json").exists():
        pytest.skip("the front end is not built: make setup")
    with (
        serving(tmp_path_factory.mktemp("hall")) as server,
        httpx.Client(base_url=server.url, timeout=30) as client,
    ):
        ugly.fill(server, client)
        yield server


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_nor_small(browser: Browser, hall: Serving, size: str, language: str) -> None:
    page = opened(browser, size)
    wrong = {}
    for name, path in SCREENS.items():
        page.goto(f"{hall.url}{path}{'&' if '?' in path else '?'}lang={language}")
        wrong[name] = measured(page, f"{name}-{size}-{language}")
    assert {name: found for name, found in wrong.items() if found} == {}
    page.context.close()


@pytest.mark.parametrize("size", SIZES)
def test_an_emergency_overrides_every_screen(browser: Browser, hall: Serving, size: str) -> None:
    page = opened(browser, size)
    page.goto(f"{hall.url}/screen/c/demo/division/hall?lang=ru")
    expect(page.get_by_test_id("standings")).to_be_visible()
    tell(hall, "RaiseEmergency", {"kind": "own", "text": ugly.TITLE})
    emergency = page.get_by_test_id("emergency")
    expect(emergency).to_contain_text(ugly.TITLE["ru"])
    expect(emergency).to_contain_text(ugly.TITLE["kk"])
    assert measured(page, f"emergency-{size}") == []
    for name, path in SCREENS.items():
        if name != "fresh":
            page.goto(f"{hall.url}{path}")
            expect(emergency).to_be_visible()
    tell(hall, "LiftEmergency", {})
    expect(page.get_by_test_id("ceremony")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("size", SIZES)
def test_an_announcement_leaves_every_picture_whole(browser: Browser, hall: Serving, size: str) -> None:
    until = (datetime.now(UTC) + timedelta(minutes=20)).isoformat()
    tell(hall, "Announce", {"text": ugly.TITLE, "until_at": until})
    page, wrong, seen = opened(browser, size), {}, set()
    for name, path in SCREENS.items():
        page.goto(f"{hall.url}{path}{'&' if '?' in path else '?'}lang=kk")
        if name in ANNOUNCED:
            expect(page.get_by_test_id("announcements")).to_be_visible()
        wrong[name] = measured(page, f"announced-{name}-{size}")
        if page.get_by_test_id("announcements").count():
            seen.add(name)
    with httpx.Client(base_url=hall.url, timeout=30) as client:
        told = client.get("/api/v1/live/c/demo/notices").json()["data"]["announcements"]
    tell(hall, "EndAnnouncement", {"announcement": told[0]["id"]})
    assert {name: found for name, found in wrong.items() if found} == {}
    assert seen >= ANNOUNCED
    assert not {"run", "timer", "overlay", "match", "places", "podium", "awards", "fresh"} & seen
    page.context.close()


def test_the_overlay_lets_the_stream_through_and_keeps_to_the_safe_area(
    browser: Browser, hall: Serving
) -> None:
    page = browser.new_context(viewport=ViewportSize(width=1920, height=1080)).new_page()
    page.goto(f"{hall.url}{SCREENS['overlay']}?lang=kk")
    strip = page.get_by_test_id("lower-third")
    expect(strip).to_be_visible()
    for element in ("html", "body", "#screen", ".screen", ".overlay"):
        expect(page.locator(element)).to_have_css("background-color", "rgba(0, 0, 0, 0)")
        expect(page.locator(element)).to_have_css("background-image", "none")
    box = strip.bounding_box()
    assert box is not None
    assert box["x"] >= 0.05 * 1920
    assert box["x"] + box["width"] <= 0.95 * 1920
    assert box["y"] >= 0.5 * 1080
    assert box["y"] + box["height"] <= 0.95 * 1080
    page.context.close()


def opened(browser: Browser, size: str) -> Page:
    width, height = SIZES[size]
    viewport = ViewportSize(width=width, height=height)
    return browser.new_context(viewport=viewport, reduced_motion="reduce").new_page()


def measured(page: Page, name: str) -> list[str]:
    """What is wrong with the picture, once its fonts and its data are there."""
    expect(page.locator("main:not(.message)")).to_be_visible()
    page.evaluate("document.fonts.ready")
    if KEEP:
        page.screenshot(path=Path(KEEP) / f"{name}.png")
    found: list[str] = page.evaluate(MEASURE)
    return found


def tell(server: Serving, type_: str, payload: object) -> None:
    with httpx.Client(base_url=server.url, timeout=30) as client:
        [receipt] = post(client, server.bearer("organiser"), command(type_, "c/demo", payload))
    assert receipt["status"] == "accepted", receipt
