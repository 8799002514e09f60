"""A field that was left empty is told in the page's language, not the browser's, before anything is sent."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.serving import Serving

from .test_story import sign_in_organiser

NEEDED = {"kk": "Бұл қажет.", "ru": "Это обязательно.", "en": "This is needed."}


@pytest.fixture
def page(browser: Browser) -> Page:
    """A browser whose own language is none of the page's."""
    return browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 800}).new_page()


def told(field: Locator) -> str:
    said: str = field.evaluate("(field) => field.validationMessage")
    return said


def test_a_form_speaks_the_language_of_its_page(page: Page, installation: Serving) -> None:
    sign_in_organiser(page, installation, "kk")
    for language, needed in NEEDED.items():
        page.goto(f"{installation.url}/desk/new?lang={language}")
        page.locator("[name=slug]").fill("another")
        page.get_by_test_id("create").click()
        name = page.locator("[name=name_kk]")
        assert told(name) == needed
        assert page.locator("[name=slug]").input_value() == "another", "the page was not left"
        assert name.evaluate("(field) => field === document.activeElement")
        name.fill("Басқа")
        assert told(name) == "", "what is filled in is wrong no more"


def test_each_fault_has_its_sentence_and_what_is_mended_is_sent(page: Page, installation: Serving) -> None:
    sign_in_organiser(page, installation, "en")
    page.goto(f"{installation.url}/desk/c/demo/applications")
    save, most = page.get_by_test_id("set-terms"), page.locator("[name=most_of_region]")
    for typed, sentence in (("0", "1 at the least."), ("100001", "100000 at the most."), ("1.5", "whole")):
        most.fill(typed)
        save.click()
        assert sentence in told(most), typed
    most.fill("5")
    with page.expect_navigation():
        save.click()
    assert page.locator("[name=most_of_region]").input_value() == "5"


def test_a_list_without_a_file_is_not_even_sent(page: Page, installation: Serving) -> None:
    sign_in_organiser(page, installation, "kk")
    page.goto(f"{installation.url}/desk/c/demo/entries")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    file = page.locator("input[type=file]")
    file.locator("xpath=ancestor::form").locator("button[type=submit]").first.click()
    assert told(file) == "Файлды таңдаңыз."
    assert "POST" not in sent
