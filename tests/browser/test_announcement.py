"""A plain announcement on four pages at once: written on the desk, seen on phone, tablet and screens, then over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
from playwright.sync_api import Browser, expect

from tests.serving import Serving, command, post

from .tablets import account_of, tablet
from .test_story import open_page, sign_in_organiser
from .usability import serious_problems

KK, RU = "13:00-ге дейін түскі ас", "Обед до 13:00"
VENUE = ZoneInfo("Asia/Almaty")


def test_lunch_is_announced_shown_everywhere_but_over_a_run_and_ended(
    browser: Browser, installation: Serving
) -> None:
    desk, phone = open_page(browser, 1280, 800), open_page(browser, 390, 844)
    pit, field = open_page(browser, 1280, 720), open_page(browser, 1280, 720)
    judge = tablet(browser, installation, account_of(installation, "judge", "A"))
    expect(judge.get_by_test_id("queue-row").first).to_be_visible()
    phone.goto(f"{installation.url}/c/demo?lang=ru")
    pit.goto(f"{installation.url}/screen/c/demo/pit?lang=kk")
    field.goto(f"{installation.url}/screen/c/demo/field/A?lang=kk")
    expect(pit.get_by_test_id("pit")).to_be_visible()

    sign_in_organiser(desk, installation, "kk")
    desk.goto(f"{installation.url}/desk/c/demo/notices")
    until = datetime.now(VENUE) + timedelta(minutes=20)
    desk.locator("#announce-kk").fill(KK)
    desk.locator("#announce-ru").fill(RU)
    desk.locator("#until_at").fill(f"{until:%H:%M}")
    desk.get_by_test_id("announce").click()
    expect(desk.get_by_test_id("announcement")).to_contain_text(f"{until:%H:%M}")
    assert serious_problems(desk) == []

    expect(phone.get_by_test_id("announcement")).to_contain_text(RU)
    expect(judge.get_by_test_id("announcement")).to_contain_text(KK)
    expect(pit.get_by_test_id("announcements")).to_contain_text(KK)
    expect(field.get_by_test_id("announcements")).to_contain_text(KK)
    cut = "document.querySelector('.screen').scrollHeight > innerHeight"
    assert not pit.evaluate(cut)
    assert not field.evaluate(cut)

    with httpx.Client(base_url=installation.url, timeout=30) as client:
        referee = installation.bearer("referee")
        first, _ = client.get("/api/v1/live/c/demo/field/A/queue").json()["data"]["runs"][:2]
        post(client, referee, command("OpenRun", first["target"]))
        expect(field.get_by_test_id("announcements")).to_have_count(0)
        expect(pit.get_by_test_id("announcements")).to_be_visible()

        judge.get_by_test_id("announcement").get_by_role("button").click()
        expect(judge.get_by_test_id("announcement")).to_have_count(0)

        desk.get_by_test_id("announcement").get_by_role("button").click()
        expect(desk.get_by_test_id("announcement")).to_have_count(0)
        for page in (phone, judge):
            expect(page.get_by_test_id("announcement")).to_have_count(0)
        expect(pit.get_by_test_id("announcements")).to_have_count(0)

        # Nobody has to take the next one off.
        soon = (datetime.now(UTC) + timedelta(seconds=10)).isoformat()
        said = command("Announce", "c/demo", {"text": {"kk": "Тез бітеді"}, "until_at": soon})
        assert post(client, referee, said)[0]["status"] == "accepted"
        expect(pit.get_by_test_id("announcements")).to_contain_text("Тез бітеді")
        expect(judge.get_by_test_id("announcement")).to_contain_text("Тез бітеді")
        expect(pit.get_by_test_id("announcements")).to_have_count(0)
        expect(phone.get_by_test_id("announcement")).to_have_count(0)
        expect(judge.get_by_test_id("announcement")).to_have_count(0)

        post(client, referee, command("RaiseEmergency", "c/demo", {"kind": "stop"}))
        expect(judge.get_by_test_id("emergency")).to_be_visible()
        post(client, referee, command("LiftEmergency", "c/demo"))
        expect(judge.get_by_test_id("emergency")).to_have_count(0)
