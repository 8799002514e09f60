"""An alliance selection in browsers: run from the keyboard on the desk, followed by the hall and the public page."""

from __future__ import annotations

from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, expect

from tests.serving import Serving, command, post, serving

from .test_story import open_page, sign_in_organiser

TEAMS = ("Тұлпар", "Барыс", "Қыран", "Robo", "Алатау", "Шағала", "Ұшқыр", "Жұлдыз")
HERE = "c/demo/division/alliances"
NAMES = {"kk": "Альянстар", "ru": "Альянсы", "en": "Alliances"}


def test_a_selection_from_the_keyboard_to_the_bracket(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        with httpx.Client(base_url=server.url, timeout=30) as client:
            qualify(server, client)
        screen = open_page(browser, 1280, 720)
        screen.goto(f"{server.url}/screen/c/demo/alliances/alliances?lang=kk")
        expect(screen.get_by_text("Альянстар әлі таңдалған жоқ.")).to_be_visible()

        desk = open_page(browser, 1366, 768)
        sign_in_organiser(desk, server, "ru")
        desk.goto(f"{server.url}/desk/{HERE}/alliances")
        desk.get_by_test_id("open-selection").click()
        expect(desk.get_by_test_id("search")).to_be_focused()
        expect(screen.get_by_test_id("turn")).to_contain_text("1-альянс таңдайды")
        _find_and_pick(desk, _last_available(desk))
        expect(screen.get_by_test_id("last")).to_have_attribute("data-kind", "picked")
        expect(screen.get_by_test_id("alliance-2")).to_have_attribute("data-state", "turn")

        desk.locator("[data-testid^=decline-]").first.click()
        expect(screen.get_by_test_id("last")).to_have_attribute("data-kind", "declined")
        desk.get_by_text("Отозвать").click()
        desk.get_by_test_id("undo-step").click()
        expect(screen.get_by_test_id("last")).to_have_attribute("data-kind", "picked")

        other = open_page(browser, 390, 844)
        sign_in_organiser(other, server, "kk")
        other.goto(f"{server.url}/desk/{HERE}/alliances")
        _find_and_pick(other, _last_available(other))
        expect(desk.get_by_test_id("complete")).to_be_visible()
        desk.get_by_test_id("form-alliances").click()
        expect(screen.get_by_test_id("alliances")).to_have_attribute("data-stage", "formed")
        public = open_page(browser, 390, 844)
        public.goto(f"{server.url}/{HERE}/matches?lang=kk")
        expect(public.get_by_test_id("alliance-2")).to_contain_text("капитан")
        expect(public.get_by_test_id("bracket")).to_contain_text("1-альянс")


def qualify(server: Serving, client: httpx.Client) -> None:
    """Two alliances of two are to be chosen from eight teams."""
    rows = [
        {"division": "alliances", "team": team, "organisation": "№ 1 мектеп", "members": []} for team in TEAMS
    ]
    division = {"code": "alliances", "name": NAMES, "discipline": "alliance-tournament"}
    receipts = post(
        client,
        server.bearer("organiser"),
        command("AddDivision", "c/demo", division),
        command("ImportEntries", "c/demo", {"rows": rows}),
        command("SetNumbers", HERE, {"numbers": {"rounds": 1, "alliances": 2, "partners": 1}}),
        command("DrawMatches", HERE, {"fields": ["A"], "seeding": "numbers"}),
        command("DrawLots", HERE, {"seed": 1}),
    )
    matches = client.get(f"/api/v1/live/{HERE}/matches").json()["data"]["matches"]
    bouts = {"bouts": [{"sheet": {"points_left": 85, "points_right": 40}}]}
    for match in matches:
        entering = command("EnterMatch", match["target"], bouts, match["version"])
        receipts += post(client, server.bearer("referee"), entering)
    assert {receipt["status"] for receipt in receipts} == {"accepted"}, receipts


def _last_available(desk: Page) -> str:
    return desk.locator("[data-testid=available] tbody tr strong").last.inner_text()


def _find_and_pick(desk: Page, team: str) -> None:
    """Type the beginning of a name, Enter to find, Enter to pick."""
    desk.get_by_test_id("search").fill(team[:4])
    desk.get_by_test_id("search").press("Enter")
    expect(desk.locator("[data-testid^=pick-]").first).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.get_by_test_id("last")).to_contain_text(team)
