"""The page that steers screens: a fresh browser is claimed by its code, previewed, watched, and told what to show."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import httpx
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.serving import Serving, command, post

from .patience import until

DESK = ViewportSize(width=1366, height=768)


def test_a_fresh_browser_is_claimed_and_steered(browser: Browser, installation: Serving) -> None:
    tv = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    tv.goto(f"{installation.url}/screen/")
    code = tv.get_by_test_id("fresh").locator(".figure")
    expect(code).to_have_text(re.compile(r"^\d{4}$"))

    desk = signed_in_desk(browser, installation)
    claim = desk.get_by_test_id("claim")
    claim.get_by_label("Code on the screen").fill(code.inner_text())
    claim.get_by_label("Name").fill("Кіреберіс")
    claim.get_by_label("Place").fill("1-қабат, фойе")
    claim.get_by_role("button").click()
    expect(desk.get_by_test_id("flash")).to_have_text("The screen is claimed.")
    expect(tv).to_have_url(f"{installation.url}/screen/demo-s1")

    card = desk.get_by_test_id("screen-demo-s1")
    expect(card).to_contain_text("1-қабат, фойе")
    state = desk.get_by_test_id("state-demo-s1")
    expect(state).to_have_attribute("data-online", "yes")
    expect(state).to_contain_text("1280 × 720")
    expect(state).to_contain_text("version current")
    expect(state).to_contain_text(re.compile(r"\d+ ms"))

    card.get_by_role("checkbox").check()
    desk.get_by_test_id("steer").get_by_label("Shows", exact=True).first.select_option("standings:line")
    desk.get_by_test_id("steer").get_by_label("Language").select_option("ru")
    desk.get_by_test_id("show").click()
    expect(desk.get_by_test_id("flash")).to_have_text("The screens show it now.")
    expect(tv.get_by_role("heading")).to_have_text("Гонки по линии")
    preview = desk.frame_locator("#screen-demo-s1 iframe")
    expect(preview.get_by_role("heading")).to_have_text("Гонки по линии")
    expect(desk.get_by_test_id("state-demo-s1")).to_contain_text("standings line")

    tv.goto(f"{installation.url}/screen/")  # as after a restart: the browser is known again
    expect(tv).to_have_url(f"{installation.url}/screen/demo-s1")
    tv.context.close()
    expect(state).to_have_attribute("data-online", "no")
    expect(card.get_by_role("checkbox")).not_to_be_checked()
    card.get_by_role("checkbox").check()
    with desk.expect_response("**/screens/presence"):
        pass  # the page asked for the states again: what was ticked stays ticked
    expect(card.get_by_role("checkbox")).to_be_checked()
    desk.context.close()


def test_a_rotation_goes_from_step_to_step_and_outlives_the_server(
    browser: Browser, installation: Serving
) -> None:
    tv = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    tv.goto(f"{installation.url}/screen/demo-hall")
    desk = signed_in_desk(browser, installation)
    steer = desk.get_by_test_id("steer")
    steer.get_by_label("Shows", exact=True).first.select_option("rotation:")
    steer.get_by_label("Language").select_option("en")
    steer.locator("summary").click()
    for n, (shows, seconds) in enumerate((("standings:line", 5), ("standings:trip", 600))):
        steer.locator(f"#steps-{n}-shows").select_option(shows)
        steer.locator(f"#steps-{n}-seconds").fill(str(seconds))
    desk.get_by_test_id("screen-demo-hall").get_by_role("checkbox").check()
    desk.get_by_test_id("show").click()
    expect(tv.get_by_role("heading")).to_have_text("Line race")
    expect(tv.get_by_role("heading")).to_have_text("Big journey, junior")
    state = desk.get_by_test_id("state-demo-hall")
    expect(state).to_have_attribute("data-online", "yes")
    installation.kill()
    expect(tv.get_by_test_id("offline")).to_contain_text("Offline since")
    installation.start()
    expect(tv.get_by_test_id("offline")).to_be_empty()
    desk.reload()
    expect(state).to_have_attribute("data-online", "yes")
    tv.context.close()
    desk.context.close()


def test_a_ceremony_is_revealed_with_the_keyboard_and_undone(browser: Browser, installation: Serving) -> None:
    with httpx.Client(base_url=installation.url, timeout=30) as client:
        runs = client.get("/api/v1/live/c/demo/field/A/queue").json()["data"]["runs"][:2]
        for time_s, run in zip((20.0, 21.0), runs, strict=True):
            score = command("EnterScore", run["target"], {"sheet": {"time": time_s}}, run["version"])
            assert post(client, installation.bearer("referee"), score)[0]["status"] == "accepted"
    winner, second = (run["entry"]["team"] for run in runs)
    tv = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    tv.goto(f"{installation.url}/screen/c/demo/ceremony/line?lang=en")
    desk = signed_in_desk(browser, installation)
    desk.goto(f"{installation.url}/desk/c/demo/division/line/ceremony?lang=en")
    desk.get_by_test_id("freeze").click()
    expect(tv.get_by_test_id("ceremony")).to_have_attribute("data-stage", "frozen")
    desk.get_by_test_id("begin").click()
    expect(desk.get_by_test_id("coming")).to_contain_text(f"Place 2: {second}")
    expect(tv.get_by_test_id("ceremony")).not_to_contain_text(second)
    press_enter(desk)
    expect(tv.get_by_test_id("revealed-team")).to_have_text(second)
    expect(desk.get_by_test_id("coming")).to_contain_text(f"Place 1: {winner}")
    press_enter(desk)
    expect(tv.get_by_test_id("revealed-team")).to_have_text(winner)
    desk.get_by_test_id("undo").click()
    expect(tv.get_by_test_id("revealed-team")).to_have_text(second)
    expect(desk.get_by_test_id("coming")).to_contain_text(winner)
    desk.get_by_test_id("reveal").click()
    expect(desk.get_by_test_id("coming")).to_contain_text("The podium")
    press_enter(desk)
    expect(tv.get_by_test_id("podium")).to_contain_text(winner)
    tv.context.close()
    desk.context.close()


def test_a_screen_sounds_as_loud_as_it_is_told(browser: Browser, installation: Serving) -> None:
    tv = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    tv.add_init_script(
        """window.heard = [];
        const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (at) {
            window.heard.push(this.frequency.value);
            return start.call(this, at);
        };"""
    )
    tv.goto(f"{installation.url}/screen/demo-hall")
    desk = signed_in_desk(browser, installation)
    expect(desk.get_by_test_id("state-demo-hall")).to_have_attribute("data-online", "yes")
    try_sounds(desk)
    assert tv.evaluate("window.heard") == [], "it was told to be silent"
    desk.get_by_test_id("screen-demo-hall").get_by_role("checkbox").check()
    desk.get_by_test_id("steer").get_by_label("Sound").select_option("25")
    desk.get_by_test_id("show").click()
    expect(desk.get_by_test_id("screen-demo-hall").get_by_text("at 25 %")).to_have_count(1)
    try_sounds(desk)
    until(tv, "window.heard.length >= 6")
    assert tv.evaluate("window.heard") == [660, 880, 990, 990, 990, 440]

    with httpx.Client(base_url=installation.url, timeout=30) as client:
        run = client.get("/api/v1/live/c/demo/field/A/queue").json()["data"]["runs"][0]
        post(client, installation.bearer("referee"), command("OpenRun", run["target"]))
        expect(tv.get_by_test_id("clock")).to_have_attribute("data-state", "ready")
        tv.evaluate("window.heard = []")
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        reading = {"seq": 1, "channel": 0, "edge": "fall", "ticks": 1, "at_utc": at, "uncertainty_us": 20}
        batch = {"device": "gates-a", "boot": 1, "origin": "simulated", "readings": [reading]}
        answer = client.post(
            "/api/v1/readings", json=batch, headers=installation.bearer("field_controller:A")
        )
        assert answer.status_code == 200, answer.text
    until(tv, "window.heard.length >= 2")
    assert tv.evaluate("window.heard") == [660, 880]
    tv.context.close()
    desk.context.close()


def press_enter(desk: Page) -> None:
    """The keyboard's way to the next place: the button has the focus on its own, once the page is there."""
    expect(desk.get_by_test_id("reveal")).to_be_focused()
    desk.keyboard.press("Enter")


def try_sounds(desk: Page) -> None:
    card = desk.get_by_test_id("screen-demo-hall")
    card.locator("summary").click()
    with desk.expect_navigation():
        card.get_by_test_id("try-sound").click()


def signed_in_desk(browser: Browser, server: Serving) -> Page:
    """The steering page, in English, as the organiser sees it."""
    page = browser.new_context(viewport=DESK, locale="en").new_page()
    page.goto(server.access["roles"]["organiser"]["sign_in_url"])
    page.goto(f"{server.url}/desk/c/demo/screens?lang=en")
    return page
