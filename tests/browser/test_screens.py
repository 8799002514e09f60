"""Screens at every size they hang in: nothing small, nothing cut, a clock that does not tremble, every row seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serving import ROOT, Serving, command, post, serving

SIZES = {
    "720p": (1280, 720),
    "1080p": (1920, 1080),
    "4k": (3840, 2160),
    "totem": (1080, 1920),
    "phone": (390, 844),
}
TEAMS = [
    "Қызылорда облысы Шиелі ауданының «Робототехника және өнертапқыштық» үйірмесінің құрама командасы",
    "Тұлпар",
    "Межрегиональное объединение юных радиоэлектронщиков «Электрон-Достық-2026»",
    "МеханоЛаборатория",
    "Жас өнертапқыштар",
    "Ұшқыр жебе",
    "Үңгір барысы",
    "Robo",
    "Шаңырақ",
    "Қарлығаш",
]
SCHOOLS = [
    "Шығыс Қазақстан облысы білім басқармасының «Оқушылар шығармашылық сарайы» мемлекеттік қазыналық кәсіпорны",
    "№ 17 мектеп-гимназия",
]
LONGEST = TEAMS[0]
GOLD = "rgb(242, 183, 5)"
MEASURE = (Path(__file__).with_name("measure_screen.js")).read_text("utf-8").split("\n", 1)[1]
FIELD = "/screen/c/demo/field/C"
DIVISION = "/screen/c/demo/division/hall"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A field C whose teams and schools have the longest of names."""
    if not (ROOT / "app" / "static" / "build" / "manifest.json").exists():
        pytest.skip("the front end is not built: make setup")
    with serving(tmp_path_factory.mktemp("hall")) as server, _client(server) as client:
        rows = [
            {
                "division": "hall",
                "team": team,
                "organisation": SCHOOLS[n % len(SCHOOLS)],
                "region": f"KZ-{(63, 35)[n % 2]}",
            }
            for n, team in enumerate(TEAMS)
        ]
        name = {"kk": "Сызық бойымен жарыс, ашық санат", "ru": "Гонки по линии", "en": "Line race"}
        steps = [
            command("AddField", "c/demo", {"code": "C", "name": "C"}),
            command("AddDivision", "c/demo", {"code": "hall", "name": name, "discipline": "line-race"}),
            command("ImportEntries", "c/demo", {"rows": rows}),
            command("DrawStartList", "c/demo/division/hall", {"field": "C", "seed": 1}),
            command("AddScreen", "c/demo", {"code": "wall", "name": "Wall"}),
        ]
        receipts = post(client, server.bearer("organiser"), *steps)
        assert {receipt["status"] for receipt in receipts} == {"accepted"}, receipts
        yield server


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_long_names_are_never_cut_nor_small(browser: Browser, hall: Serving, language: str) -> None:
    run = runs(hall, team=LONGEST)[0 if language == "kk" else 1]
    screens = {size: opened(browser, hall, f"{FIELD}?lang={language}", size) for size in SIZES}
    submit(hall, "OpenRun", run)
    look_at(screens, "clock")
    submit(hall, "EnterScore", run, {"sheet": {"time": 83.456}})
    look_at(screens, "result")
    for page in screens.values():
        expect(page.get_by_test_id("team")).to_have_text(LONGEST)
        expect(page.get_by_test_id("hand-time")).to_be_visible()
        page.goto(f"{hall.url}{DIVISION}?lang={language}")
    look_at(screens, "standings")
    for page in screens.values():
        page.context.close()


def test_a_mark_fits_its_screen_in_one_line(browser: Browser, hall: Serving) -> None:
    screens = {size: opened(browser, hall, f"{FIELD}?lang=ru", size) for size in SIZES}
    submit(hall, "EnterScore", runs(hall, team="Тұлпар")[0], {"sheet": {}, "mark": "DSQ"})
    look_at(screens, "result")
    for page in screens.values():
        expect(page.get_by_test_id("result")).to_have_text("Дисквалифицирован")
        page.context.close()


def test_the_running_clock_does_not_tremble(browser: Browser, hall: Serving) -> None:
    page = opened(browser, hall, "/screen/c/demo/field/A?lang=kk", "720p")
    submit(hall, "OpenRun", runs(hall, field="A")[0], role="judge:A")
    crossed_start(hall, ago_s=57.0)
    expect(page.get_by_test_id("clock")).to_have_attribute("data-state", "running")
    widths = page.evaluate(
        """async () => {
            const digits = document.querySelector('[data-testid=clock] span');
            const seen = new Map();
            while (seen.size < 40 || !digits.textContent.startsWith('1:')) {
                seen.set(digits.textContent, digits.getBoundingClientRect().width);
                await new Promise(requestAnimationFrame);
            }
            return [...seen];
        }"""
    )
    assert len({round(width, 2) for _, width in widths}) == 1, widths
    shown = [text for text, _ in widths]
    assert shown == sorted(shown)
    assert shown[-1].startswith("1:"), shown
    page.context.close()


def test_every_row_gets_seen_page_by_page(browser: Browser, hall: Serving) -> None:
    page = opened(browser, hall, f"{DIVISION}?lang=kk", "720p")
    expect(page.get_by_test_id("standings-row")).to_have_count(len(TEAMS))
    seen = page.evaluate(
        """async () => {
            const seen = new Set();
            const room = document.querySelector('.board-room').getBoundingClientRect();
            const rows = [...document.querySelectorAll('.board-row')];
            for (const end = performance.now() + 40000; seen.size < rows.length && performance.now() < end; ) {
                for (const row of rows) {
                    const box = row.getBoundingClientRect();
                    const isWhole = box.top >= room.top - 1 && box.bottom <= room.bottom + 1;
                    if (isWhole && getComputedStyle(row).visibility === 'visible') seen.add(row.dataset.key);
                }
                await new Promise((resolve) => setTimeout(resolve, 50));
            }
            return seen.size;
        }"""
    )
    assert seen == len(TEAMS)
    page.context.close()


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_a_row_slides_to_its_new_place_unless_less_motion_is_wanted(
    browser: Browser, hall: Serving, motion: Literal["no-preference", "reduce"]
) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion=motion).new_page()
    page.add_init_script(
        """window.slides = [];
        const animate = Element.prototype.animate;
        Element.prototype.animate = function (frames, timing) {
            window.slides.push([this.dataset.key, timing.duration]);
            return animate.call(this, frames, timing);
        };"""
    )
    page.goto(f"{hall.url}{DIVISION}?lang=kk")
    expect(page.get_by_test_id("standings-row")).to_have_count(len(TEAMS))
    team, seconds = ("Robo", 12.0) if motion == "reduce" else ("Шаңырақ", 13.0)
    run = runs(hall, team=team)[0]
    submit(hall, "EnterScore", run, {"sheet": {"time": seconds}})
    first = page.get_by_test_id("standings-row").first
    expect(first).to_contain_text(team)
    expect(first.locator(".rank b")).to_have_css("background-color", GOLD)
    slides = page.evaluate("window.slides")
    if motion == "reduce":
        assert slides == []
    else:
        assert [run["entry"]["id"], 200] in slides
    page.context.close()


def test_a_steered_screen_shows_what_it_is_told_in_the_language_it_is_told(
    browser: Browser, hall: Serving
) -> None:
    page = opened(browser, hall, "/screen/demo-wall", "720p")
    steer(hall, view="standings", division="hall", locale="ru")
    expect(page.get_by_role("heading")).to_have_text("Гонки по линии")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    steer(hall, view="field", field="C", locale="kk")
    expect(page.get_by_test_id("coming").or_(page.get_by_test_id("run"))).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "kk")
    assert page.evaluate("localStorage.getItem('baige.locale')") is None, (
        "a steered language is not this device's choice"
    )
    page.context.close()


def opened(browser: Browser, server: Serving, path: str, size: str) -> Page:
    width, height = SIZES[size]
    page = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce"
    ).new_page()
    page.goto(f"{server.url}{path}")
    expect(page.locator("main")).to_be_visible()
    return page


def look_at(screens: dict[str, Page], testid: str) -> None:
    for size, page in screens.items():
        expect(page.get_by_test_id(testid)).to_be_visible()
        page.evaluate("document.fonts.ready")
        assert page.evaluate(MEASURE) == [], size


def runs(server: Serving, field: str = "C", team: str | None = None) -> list[dict[str, Any]]:
    """The runs of a field that have no result yet, of one team where it is named."""
    with _client(server) as client:
        queue = client.get(f"/api/v1/live/c/demo/field/{field}/queue").json()["data"]["runs"]
    return [run for run in queue if not run["result"] and team in (None, run["entry"]["team"])]


def submit(
    server: Serving, type_: str, run: dict[str, Any], payload: Any = None, role: str = "referee"
) -> None:
    version = None
    with _client(server) as client:
        if type_ == "EnterScore":
            queue = client.get(f"/api/v1/live/c/demo/field/{run['field']}/queue").json()["data"]["runs"]
            version = next(other["version"] for other in queue if other["id"] == run["id"])
        [receipt] = post(client, server.bearer(role), command(type_, run["target"], payload, version))
    assert receipt["status"] == "accepted", receipt


def steer(server: Serving, **payload: str) -> None:
    with _client(server) as client:
        [receipt] = post(
            client, server.bearer("organiser"), command("SetScreen", "c/demo/screen/demo-wall", payload)
        )
    assert receipt["status"] == "accepted", receipt


def crossed_start(server: Serving, ago_s: float) -> None:
    """A robot crossed field A's start gate a while ago."""
    at = datetime.now(UTC) - timedelta(seconds=ago_s)
    reading = {
        "seq": 1, "channel": 0, "edge": "fall", "ticks": 1, "at_utc": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "uncertainty_us": 20,
    }  # fmt: skip
    batch = {"device": "gates-a", "boot": 1, "origin": "simulated", "readings": [reading]}
    with _client(server) as client:
        client.post(
            "/api/v1/readings", json=batch, headers=server.bearer("field_controller:A")
        ).raise_for_status()


def _client(server: Serving) -> httpx.Client:
    return httpx.Client(base_url=server.url, timeout=30)
