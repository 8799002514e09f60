"""A coach on a phone, without scripts and with the keyboard, attaches documents; the organiser looks at them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, ViewportSize, expect

from tests.app.applications.documents import active_pdf, pdf, picture
from tests.browser.usability import serious_problems, sticking_out
from tests.serving import Serving, command, post

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1366, "height": 768}


@pytest.fixture
def phone(browser: Browser, installation: Serving) -> Iterator[BrowserContext]:
    """A coach's phone whose scripts never load."""
    with httpx.Client(base_url=installation.url, timeout=30) as client:
        opening = command("SetApplicationTerms", "c/demo", {"is_open": True}, 0)
        assert post(client, installation.bearer("organiser"), opening)[0]["status"] == "accepted"
    context = browser.new_context(
        viewport=PHONE, base_url=installation.url, locale="kk", java_script_enabled=False
    )
    yield context
    context.close()


def test_documents_reach_the_organiser_as_pictures_of_their_pages(
    browser: Browser, installation: Serving, phone: BrowserContext
) -> None:
    coach = phone.new_page()
    coach.goto("/c/demo/apply?lang=kk")
    fill_in(coach)
    coach.locator("#document-project").set_input_files(file("project.pdf", "application/pdf", active_pdf()))
    coach.locator("#document-photo").set_input_files(file("robot.svg", "image/svg+xml", b"<svg/>"))
    coach.get_by_test_id("hand-in").click()
    expect(coach.get_by_test_id("flash")).to_contain_text("Роботтың фотосуреті")
    keep(coach, "handed-in")
    coach.get_by_test_id("documents").click()
    expect(coach.get_by_test_id("document")).to_have_count(1)
    coach.get_by_label("Бұл не").select_option("photo")
    coach.locator("#file").set_input_files(file("robot.jpg", "image/jpeg", picture(size_px=(1600, 900))))
    coach.locator("#file").focus()
    coach.keyboard.press("Tab")
    coach.keyboard.press("Enter")
    expect(coach.get_by_test_id("document")).to_have_count(2)
    coach.locator("#file").set_input_files(file("long.pdf", "application/pdf", pdf(21)))
    coach.get_by_test_id("attach").click()
    expect(coach.get_by_test_id("error-file")).to_be_visible()
    keep(coach, "coach")

    for size, name in ((PHONE, "phone"), (DESK, "desk")):
        context = browser.new_context(viewport=size, base_url=installation.url, locale="kk")
        context.set_extra_http_headers(installation.bearer("organiser"))
        page = context.new_page()
        page.goto(coach.url)
        assert serious_problems(page) == []
        assert sticking_out(page) == []
        keep(page, f"coach-{name}")
        page.goto("/c/demo/apply?lang=kk")
        assert serious_problems(page) == []
        assert sticking_out(page) == []
        keep(page, f"apply-{name}")
        page.goto("/desk/c/demo/applications?lang=kk")
        page.get_by_role("link", name="Шапшаң").first.click()
        expect(page.get_by_test_id("document")).to_have_count(2)
        assert serious_problems(page) == []
        keep(page, f"organiser-{name}")
        first = page.get_by_test_id("document").first.get_by_role("link").first
        answer = page.request.get(str(first.get_attribute("href")))
        assert answer.headers["content-type"] == "image/jpeg"
        assert b"JavaScript" not in answer.body()
        context.close()

    coach.get_by_test_id("remove").first.click()
    expect(coach.get_by_test_id("document")).to_have_count(1)


def fill_in(page: Page) -> None:
    """The least that an application needs."""
    page.get_by_label("Команда", exact=True).fill("Шапшаң")
    page.locator("#organisation").fill("№ 3 мектеп")
    page.locator("#region").select_option("KZ-10")
    for name, value in (("surname", "Тәжібай"), ("given_name", "Гүлнар"), ("contact", "+7 700 000 00 00")):
        page.locator(f"#coach-{name}").fill(value)
    year = str(datetime.now(UTC).year - 12)
    for name, value in (("surname", "Қуаныш"), ("given_name", "Аян"), ("birth_year", year)):
        page.locator(f"#members-0-{name}").fill(value)
    page.locator("#wanted-0-division").select_option("line")


def file(name: str, type_: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": type_, "buffer": content}


def keep(page: Page, name: str) -> None:
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"documents-{name}.png", full_page=True)
