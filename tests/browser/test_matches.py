"""A contest of matches in browsers: drawn on the desk, judged on a tablet, seen on the field's screen and a bracket."""

from __future__ import annotations

import httpx
from playwright.sync_api import Browser, Page, expect

from tests.serving import Serving, command, post

from .tablets import sign_on_the_glass
from .test_story import open_page, sign_in_judge, sign_in_organiser
from .usability import faults

TEAMS = ["Тұлпар", "Барыс"]
RESTED = """() => {
    const bout = document.querySelector('[data-testid=bout-0]');
    window.rested = new Promise((resolve) => {
        const look = () => bout.ariaDisabled === 'true' && resolve(bout.textContent);
        new MutationObserver(look).observe(bout, { attributes: true });
    });
}"""
"""Keeps what the button says while it rests, which is for a second only."""


def test_a_match_from_the_draw_to_the_bracket(browser: Browser, installation: Serving) -> None:
    with httpx.Client(base_url=installation.url, timeout=30) as client:
        names = {"kk": "Робосумо", "ru": "Робосумо", "en": "Robot sumo"}
        rows = [
            {"division": "sumo", "team": team, "organisation": "№ 1 мектеп", "members": []} for team in TEAMS
        ]
        organiser_token = next(
            account["token"] for account in installation.access["accounts"] if account["role"] == "organiser"
        )
        setting_up = [
            command("AddDivision", "c/demo", {"code": "sumo", "name": names, "discipline": "sumo-mini"}),
            command("ImportEntries", "c/demo", {"rows": rows}),
        ]
        for receipt in post(client, {"Authorization": f"Bearer {organiser_token}"}, *setting_up):
            assert receipt["status"] == "accepted", receipt

    organiser = open_page(browser, 1366, 768)
    sign_in_organiser(organiser, installation, "ru")
    organiser.goto(f"{installation.url}/desk/c/demo/")
    organiser.get_by_test_id("matches-sumo").click()
    organiser.locator("input[name=fields][value=A]").check()
    organiser.get_by_test_id("draw-matches").click()
    expect(organiser.get_by_test_id("matches").locator("tbody tr")).to_have_count(1)

    screen = open_page(browser, 1280, 720)
    screen.goto(f"{installation.url}/screen/c/demo/field/A?lang=kk")
    bracket = open_page(browser, 1280, 720)
    bracket.goto(f"{installation.url}/screen/c/demo/bracket/sumo?lang=kk")
    expect(bracket.get_by_test_id("group-row")).to_have_count(2)

    tablet = open_page(browser, 600, 960)
    account = next(
        a for a in installation.access["accounts"] if a["fields"] == ["A"] and a["role"] == "judge"
    )
    origin = "/".join(account["sign_in_url"].split("/")[:3])
    sign_in_judge(tablet, account["sign_in_url"].replace(origin, installation.url), "kk")

    play(tablet, winner=0)
    expect(screen.get_by_test_id("verdict")).to_be_visible()
    expect(bracket.get_by_test_id("slot")).to_have_count(1)

    tablet.get_by_test_id("match-open").first.click()
    tablet.get_by_test_id("bout-1").click()
    expect(screen.get_by_test_id("score-1")).to_have_text("1")
    tablet.get_by_test_id("warnings-0").click()
    tablet.get_by_test_id("undo").click()
    tablet.get_by_test_id("false_starts-0").click()
    expect(tablet.get_by_test_id("match-state")).to_have_attribute("data-status", "open")
    tablet.get_by_test_id("false_starts-0").click()
    expect(tablet.get_by_test_id("match-state")).to_have_attribute("data-status", "won")
    winner = tablet.get_by_test_id("side-1").locator("h2").inner_text()
    expect(tablet.get_by_test_id("bout-1")).to_be_disabled()
    tablet.get_by_test_id("review").click()
    expect(tablet.get_by_test_id("match-verdict")).to_contain_text(winner)
    sign_on_the_glass(tablet)
    expect(tablet.get_by_test_id("captain").first).to_have_attribute("data-outcome", "signed")
    tablet.get_by_test_id("captain-refuses").last.click()
    expect(tablet.get_by_test_id("confirm")).to_be_disabled()
    tablet.get_by_test_id("captain-comment").fill("Екінші айқаста уақыт бітіп қойған.")
    assert faults(tablet, "match-review") == []
    tablet.get_by_test_id("confirm").click()
    expect(bracket.get_by_test_id("champion")).to_contain_text(winner)
    expect(organiser.get_by_test_id("champion")).to_contain_text(winner)
    organiser.goto(f"{installation.url}/desk/c/demo/division/sumo/standings")
    expect(organiser.get_by_test_id("standings").locator("tbody tr").first).to_contain_text(winner)
    organiser.get_by_test_id("publish").click()
    assert installation.flask("log", "verify")["ok"]
    assert installation.flask("standings", "rebuild")["ok"]


def play(tablet: Page, winner: int) -> None:
    """Two bouts for one side, confirmed. After each the buttons rest, and a click waits until they take one."""
    for testid in ("match-open", f"bout-{winner}", f"bout-{winner}", "review", "confirm"):
        tablet.get_by_test_id(testid).first.click()


def test_a_double_tap_counts_one_bout(browser: Browser, installation: Serving) -> None:
    account = next(
        a for a in installation.access["accounts"] if a["role"] == "judge" and a["fields"] == ["R"]
    )
    tablet = open_page(browser, 600, 960)
    tablet.goto(account["sign_in_url"].replace(account["sign_in_url"].split("/enter")[0], installation.url))
    tablet.goto(f"{installation.url}/judge/?lang=en")
    tablet.get_by_test_id("match-open").first.click()
    bout = tablet.get_by_test_id("bout-0")
    box = bout.bounding_box()
    assert box is not None
    tablet.evaluate(RESTED)
    tablet.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert "Bout counted" in tablet.evaluate("window.rested")
    expect(tablet.get_by_test_id("score-0")).to_have_text("1")
    expect(bout).to_have_attribute("aria-disabled", "false")
    expect(tablet.get_by_test_id("match-state")).to_have_attribute("data-status", "open")
    bout.click()
    expect(tablet.get_by_test_id("match-state")).to_have_attribute("data-status", "won")
