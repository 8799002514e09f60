"""The plan of the day in a browser: solved by the worker, a start dragged and moved by keys, seen on the tablet."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, expect

from tests.serving import Serving

from .tablets import account_of, tablet
from .test_story import open_page, sign_in_organiser
from .usability import serious_problems

SOLVED_WITHIN_MS = 60_000


def test_a_day_is_planned_and_moved_by_hand(browser: Browser, installation: Serving) -> None:
    desk = open_page(browser, 1280, 800)
    sign_in_organiser(desk, installation, "kk")
    desk.goto(f"{installation.url}/desk/c/demo/plan")
    desk.locator("#first_day").fill((datetime.now(UTC).date() + timedelta(days=5)).isoformat())
    for name, time in (("opens", "09:00"), ("closes", "12:00")):
        desk.locator(f"#{name}").fill(time)
    for field in "AB":
        desk.locator(f"input[name=fields-line][value={field}]").check()
    desk.get_by_test_id("save-asked").click()
    desk.get_by_test_id("solve").click()
    expect(desk.get_by_test_id("difference")).to_be_visible(timeout=SOLVED_WITHIN_MS)
    assert serious_problems(desk) == []
    expect(desk.locator(".plan-item rect").first).not_to_have_css("fill", "rgb(0, 0, 0)")
    assert desk.evaluate("document.documentElement.scrollWidth") <= 1280

    carried = desk.locator("[data-row='field/A'] [data-activity]").last
    before, place = carried.get_attribute("data-start"), carried.bounding_box()
    assert before is not None
    assert place is not None
    activity = desk.locator(f"[data-activity='{carried.get_attribute('data-activity')}']")
    desk.mouse.move(place["x"] + place["width"] / 2, place["y"] + 10)
    desk.mouse.down()
    desk.mouse.move(place["x"] + 200, place["y"] + 12, steps=4)
    desk.mouse.up()
    expect(activity).not_to_have_attribute("data-start", before)
    dropped = int(activity.get_attribute("data-start") or 0)
    assert dropped > int(before)
    assert dropped % 5 == 0

    activity.focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowDown", "Enter"):
        desk.keyboard.press(key)
    expect(desk.locator("[data-row='field/B']").locator(f"[data-start='{dropped - 10}']")).to_have_count(1)
    expect(activity).to_have_attribute("data-start", str(dropped - 10))

    other = desk.locator("[data-row='field/A'] [data-activity]").first
    same = desk.locator(f"[data-activity='{other.get_attribute('data-activity')}']")
    other.focus()
    for key in (*["ArrowLeft"] * 20, "Enter"):
        desk.keyboard.press(key)
    expect(desk.locator("[data-testid=violation][data-code=closed]")).to_contain_text(
        re.compile(r" 0[78]:\d\d")
    )
    expect(same).to_have_class(re.compile("plan-broken"))
    same.focus()
    for key in (*["ArrowRight"] * 20, "Enter"):
        desk.keyboard.press(key)
    expect(desk.get_by_test_id("violation")).to_have_count(0)
    other.focus()
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("Enter")
    desk.get_by_test_id("apply").click()
    expect(desk.get_by_test_id("difference")).to_have_count(0)

    judge = tablet(browser, installation, account_of(installation, "judge", "A"))
    expect(judge.get_by_test_id("planned").first).to_contain_text("09:")
