"""A spectator's phone: my team is chosen once, kept, and kept live; without scripts the links still work."""

from __future__ import annotations

import httpx
from playwright.sync_api import Browser, ViewportSize, expect

from tests.serving import Serving, command, post

PHONE = ViewportSize(width=390, height=844)


def test_my_team_is_kept_and_kept_live(browser: Browser, installation: Serving) -> None:
    with httpx.Client(base_url=installation.url, timeout=30) as client:
        first, second = client.get("/api/v1/live/c/demo/field/A/queue").json()["data"]["runs"][:2]
        page = browser.new_context(viewport=PHONE).new_page()
        page.goto(f"{installation.url}/c/demo?lang=ru")
        mine = page.get_by_test_id("my-team")
        mine.locator("select").select_option(label=second["entry"]["team"])
        expect(mine).to_contain_text("Места пока нет")
        expect(mine).to_contain_text("Поле A: впереди 1 заезд")

        score = {"sheet": {"time": 31.5}}
        post(client, installation.bearer("referee"), command("OpenRun", first["target"]))
        expect(page.get_by_test_id("field-A")).to_contain_text(f"Сейчас: {first['entry']['team']}")
        entered = command("EnterScore", second["target"], score, second["version"])
        assert post(client, installation.bearer("referee"), entered)[0]["status"] == "accepted"
        expect(mine).to_contain_text("Пока 1-е место")
        expect(mine).to_contain_text("31.500")

    page.reload()
    expect(mine.locator("select")).to_have_value(second["entry"]["id"])
    expect(mine).to_contain_text("31.500")
    page.context.close()


def test_a_followers_phone_is_told_of_calls_results_and_emergencies(
    browser: Browser, installation: Serving
) -> None:
    with httpx.Client(base_url=installation.url, timeout=30) as client:
        first, second = client.get("/api/v1/live/c/demo/field/A/queue").json()["data"]["runs"][:2]
        page = browser.new_context(viewport=PHONE).new_page()
        page.goto(f"{installation.url}/c/demo?lang=en")
        page.get_by_test_id("my-team").locator("select").select_option(label=second["entry"]["team"])
        news = page.get_by_test_id("news")
        expect(page.get_by_test_id("my-team")).to_contain_text("Field A: 1 run before")

        referee = installation.bearer("referee")
        post(client, referee, command("CallRun", second["target"]))
        expect(news).to_contain_text("Your team is called to field A.")
        score = {"sheet": {"time": 31.5}}
        post(client, referee, command("EnterScore", second["target"], score, second["version"]))
        expect(news).to_contain_text("Your team has a new result: place 1 so far.")
        news.get_by_role("button").first.click()
        expect(news).not_to_contain_text("new result")
        faster = {"sheet": {"time": 20.5}}
        post(client, referee, command("EnterScore", first["target"], faster, first["version"]))
        expect(news).to_contain_text("Your team is now in place 2.")

        post(client, referee, command("RaiseEmergency", "c/demo", {"kind": "evacuate"}))
        expect(page.get_by_test_id("emergency")).to_contain_text("leave the hall")
        post(client, referee, command("LiftEmergency", "c/demo"))
        expect(page.get_by_test_id("emergency")).to_have_count(0)
    page.context.close()


def test_the_page_is_of_use_without_scripts(browser: Browser, installation: Serving) -> None:
    page = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(f"{installation.url}/c/demo?lang=kk")
    expect(page.get_by_role("link", name="A алаңы")).to_be_visible()
    expect(page.get_by_role("link", name="Сызық бойымен жарыс")).to_be_visible()
    page.context.close()
