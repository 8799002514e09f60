"""A coach applies on a phone, in three languages: nothing sticks out of the page, and axe finds nothing serious."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.serving import Serving

from .test_story import open_page, sign_in_organiser
from .usability import serious_problems, sticking_out

PHONE = (390, 844)
FORM = {
    "team": "Өте-ұзын-атауы-бар-команданың-бос-орынсыз-атауы",
    "organisation": "Республикалық физика-математика мектебінің Қонаев қаласындағы филиалы",
    "district": "Абай ауданы",
    "coach-surname": "Тәжібайқызы-Сейітбатталова",
    "coach-given_name": "Гүлнар",
    "coach-contact": "+7 700 000 00 00",
    "members-0-surname": "Қуанышбекұлы",
    "members-0-given_name": "Аян",
    "members-0-birth_year": "2014",
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_coach_applies_on_a_phone(browser: Browser, installation: Serving, language: str) -> None:
    desk = open_page(browser, 1280, 800)
    sign_in_organiser(desk, installation, language)
    desk.goto(f"{installation.url}/desk/c/demo/applications")
    desk.locator("[name=is_open]").check()
    with desk.expect_navigation():
        desk.get_by_test_id("set-terms").click()

    phone = open_page(browser, *PHONE)
    phone.goto(f"{installation.url}/c/demo/apply?lang={language}")
    fits(phone)
    for name, value in FORM.items():
        phone.locator(f"[name='{name}']").fill(value)
    phone.locator("[name=organisation_kind]").select_option("school")
    phone.locator("[name=region]").select_option("KZ-10")
    phone.locator("[name='wanted-0-division']").select_option("line")
    phone.get_by_test_id("hand-in").click()
    phone.get_by_test_id("own-link").wait_for()
    fits(phone)
    phone.get_by_test_id("consents").click()
    phone.get_by_test_id("make-links").click()
    phone.get_by_test_id("consent-link").wait_for()
    fits(phone)
    parent = phone.get_by_test_id("consent-link").get_attribute("href") or ""
    own = phone.url.removesuffix("/consents")
    for page in (parent, f"{own}/documents", f"{installation.url}/c/demo/teams"):
        phone.goto(page)
        fits(phone)


def fits(phone: Page) -> None:
    assert sticking_out(phone) == [], phone.url
    assert serious_problems(phone) == [], phone.url
