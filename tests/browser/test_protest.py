"""A team's protest is taken at the desk and decided by the referee; a screen in the hall shows the corrected result."""

from __future__ import annotations

import os
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, expect

from tests.browser.usability import serious_problems
from tests.serving import Serving, command, post

TEXT = "Қақпа роботты емес, қолды санады."
WHY = "Бейнежазбадан көрінді"


def test_a_protest_becomes_a_correction_on_a_screen(browser: Browser, installation: Serving) -> None:
    with httpx.Client(base_url=installation.url, timeout=30) as client:
        run = client.get("/api/v1/live/c/demo/field/A/queue").json()["data"]["runs"][0]
        entered = command("EnterScore", run["target"], {"sheet": {"time": 42.5}}, run["version"])
        assert post(client, installation.bearer("judge:A"), entered)[0]["status"] == "accepted"
    screen = signed_in(browser, installation, "screen")
    screen.goto("/screen/c/demo/field/A?lang=kk")
    expect(screen.get_by_test_id("result")).to_contain_text("42.500")
    organiser = signed_in(browser, installation, "organiser")
    take_protest(organiser, run["entry"]["team"])
    expect(screen.get_by_test_id("status")).to_contain_text("Наразылық")
    organiser.goto("/desk/c/demo/sheets")
    expect(organiser.get_by_test_id("sheet").first).to_have_attribute("data-state", "protested")
    referee = signed_in(browser, installation, "referee")
    decide(referee, run["id"])
    expect(referee.get_by_test_id("history-line").last).to_contain_text("42.500")
    expect(screen.get_by_test_id("result")).to_contain_text("17.250")
    expect(screen.get_by_test_id("corrected")).to_be_visible()
    expect(organiser.get_by_test_id("sheet").first).to_have_attribute("data-state", "corrected")
    keep(screen, "protest-screen")
    for page, name in ((referee, "protest-decided"), (organiser, "sheets")):
        keep(page, name)
        assert serious_problems(page) == []
    for page in (screen, organiser, referee):
        page.context.close()


def test_papers_are_keyed_in_with_the_keyboard_alone(browser: Browser, installation: Serving) -> None:
    with httpx.Client(base_url=installation.url, timeout=30) as client:
        runs = client.get("/api/v1/live/c/demo/field/A/queue").json()["data"]["runs"]
    organiser = signed_in(browser, installation, "organiser")
    organiser.goto("/desk/c/demo/key?lang=kk")
    for at, run in enumerate(runs[:2]):
        # The second is scanned: a reader types the link of the code, then Enter.
        spoken = f"{run['entry']['number']}/{run['attempt']}"
        code = f"{installation.url}/desk/c/demo/key?code={run['id']}" if at else spoken
        expect(organiser.locator("#code")).to_be_focused()
        organiser.keyboard.type(code)
        organiser.keyboard.press("Enter")
        expect(organiser.get_by_label("Уақыт")).to_be_focused()
        organiser.keyboard.type(f"0:3{at},5")
        for _field in ("mark", "captain", "remarks", "judge"):
            organiser.keyboard.press("Enter")
        expect(organiser.get_by_label("Толтырған қазы")).to_be_focused()
        if at == 0:
            organiser.keyboard.type("Құсайынова Үміт")
        organiser.keyboard.press("Enter")
        organiser.keyboard.press("Enter")
        expect(organiser.get_by_test_id("flash")).to_contain_text(spoken)
    keep(organiser, "keyed")
    assert serious_problems(organiser) == []
    organiser.goto("/desk/c/demo/sheets")
    expect(organiser.get_by_test_id("sheets")).to_contain_text("31.500")
    organiser.context.close()


def take_protest(page: Page, team: str) -> None:
    """At the desk: the newest sheet opened, the protest of its team keyed in."""
    page.goto("/desk/c/demo/sheets?lang=kk")
    page.get_by_test_id("open").filter(has_text=team).first.click()
    page.get_by_test_id("protest-form").click()
    page.get_by_label("Наразылықтың мазмұны").fill(TEXT)
    page.get_by_test_id("file-protest").click()
    expect(page.get_by_test_id("protest")).to_contain_text(TEXT)


def decide(page: Page, run: str, slug: str = "demo") -> None:
    """The jury upholds it and corrects the time."""
    page.goto(f"/desk/c/{slug}/run/{run}?lang=kk")
    ruling = page.get_by_test_id("ruling")
    ruling.get_by_label("Наразылық", exact=True).select_option("upheld")
    ruling.get_by_label("Не өзгереді").select_option("correction")
    ruling.get_by_label("Қазылар алқасының негіздемесі").fill(WHY)
    ruling.get_by_test_id("corrected-sheet").click()
    ruling.get_by_label("Уақыт").fill("0:17,25")
    ruling.get_by_test_id("decide").click()
    expect(page.get_by_test_id("state")).to_have_attribute("data-state", "corrected")


def signed_in(browser: Browser, server: Serving, role: str) -> Page:
    context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 800})
    context.set_extra_http_headers(server.bearer(role))
    return context.new_page()


def keep(page: Page, name: str) -> None:
    """A picture for looking at, where SCREENSHOTS names a folder."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
