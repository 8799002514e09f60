"""A contest of matches in browsers: drawn on the desk, judged on a tablet, seen on the field's screen and a bracket."""

from __future__ import annotations

import httpx
from playwright.sync_api import Browser, Page, expect

from tests.serving import Serving, command, post

from .test_story import open_page, sign_in_judge, sign_in_organiser

TEAMS = ["Тұлпар", "Барыс"]
LIVE_WITHIN_MS = 20_000


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
    expect(screen.get_by_test_id("verdict")).to_be_visible(timeout=LIVE_WITHIN_MS)
    expect(bracket.get_by_test_id("slot")).to_have_count(1, timeout=LIVE_WITHIN_MS)

    tablet.get_by_test_id("match-open").first.click()
    tablet.get_by_test_id("bout-1").click()
    expect(screen.get_by_test_id("score-1")).to_have_text("1", timeout=LIVE_WITHIN_MS)
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
    tablet.get_by_test_id("confirm").click()
    expect(bracket.get_by_test_id("champion")).to_contain_text(winner, timeout=LIVE_WITHIN_MS)
    expect(organiser.get_by_test_id("champion")).to_contain_text(winner, timeout=LIVE_WITHIN_MS)
    organiser.goto(f"{installation.url}/desk/c/demo/division/sumo/standings")
    expect(organiser.get_by_test_id("standings").locator("tbody tr").first).to_contain_text(winner)
    organiser.get_by_test_id("publish").click()
    assert installation.flask("log", "verify")["ok"]
    assert installation.flask("standings", "rebuild")["ok"]


def play(tablet: Page, winner: int) -> None:
    """Two bouts for one side, confirmed."""
    for testid in ("match-open", f"bout-{winner}", f"bout-{winner}", "review", "confirm"):
        tablet.get_by_test_id(testid).first.click()


def test_two_tablets_that_decide_one_match_differently(browser: Browser, installation: Serving) -> None:
    """What the referee enters after the judge overwrites nothing, and can be sent as a correction."""
    tablets = []
    for role, fields in (("judge", ["R"]), ("referee", [])):
        account = next(
            a for a in installation.access["accounts"] if a["role"] == role and a["fields"] == fields
        )
        origin = "/".join(account["sign_in_url"].split("/")[:3])
        tablet = open_page(browser, 600, 960)
        tablet.goto(account["sign_in_url"].replace(origin, installation.url))
        tablet.goto(f"{installation.url}/judge/?lang=en")
        tablets.append(tablet)
    judge, referee = tablets
    referee.get_by_test_id("choose-field-R").click()
    for tablet in tablets:
        tablet.get_by_test_id("match-open").first.click()
        expect(tablet.get_by_test_id("side-0")).to_be_visible()
    for winner, tablet in enumerate(tablets):
        for testid in (f"bout-{winner}", f"bout-{winner}", "review"):
            tablet.get_by_test_id(testid).click()
    judge.get_by_test_id("confirm").click()
    expect(judge.get_by_test_id("match-row").last).to_have_attribute("data-status", "UNOFFICIAL")
    referee.get_by_test_id("confirm").click()
    expect(referee.get_by_test_id("unsent-count")).to_have_attribute("data-troubled", "1")
    referee.get_by_test_id("unsent-count").click()
    referee.get_by_test_id("mend").click()
    referee.get_by_test_id("review").click()
    expect(referee.get_by_test_id("confirm")).to_be_disabled()
    referee.get_by_test_id("reason-0").click()
    referee.get_by_test_id("confirm").click()
    expect(referee.get_by_test_id("unsent-count")).to_have_attribute("data-troubled", "0")
    expect(judge.get_by_test_id("match-row").last).to_contain_text("Corrected", timeout=LIVE_WITHIN_MS)
