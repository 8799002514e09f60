"""A list full of slips at the desk, in a browser that runs no scripts: mended, looked at, imported."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.serving import Serving

from .test_story import sign_in_organiser

DESK: ViewportSize = {"width": 1366, "height": 768}
HEADINGS = ["Бағыт", "Команда", "Мектеп", "Облыс", "Тегі", "Аты", "Туған жылы", "Сынып", "Ескерту"]
REGIONS = [
    "Jambyl",
    "Семипалатинская область",
    "Кокчетавская обл.",
    "Gur'yev",
    "область Абая",
    "Жамбылcкая область",
]
TEAMS = 24


def slips(path: Path) -> Path:
    """Thirty mends on offer: letters in surnames, old names of regions."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADINGS)
    for at in range(TEAMS):
        surname = f"{'CcOoEeTtKk'[at % 10].upper()}ұлтан{chr(0x430 + at)}"
        region = REGIONS[at % len(REGIONS)] if at % 2 else "Қарағанды облысы"
        team = f"Кӛкжал {at}" if at % 6 == 0 else f"Барыс {at}"
        sheet.append(["line", team, f"№ {at + 500} мектеп", region, surname, "Аян", 2012, "6", "–"])
    book.save(path)
    return path


def test_a_list_is_mended_and_imported_without_scripts(
    browser: Browser, installation: Serving, tmp_path: Path
) -> None:
    page = browser.new_context(viewport=DESK, java_script_enabled=False, locale="kk").new_page()
    sign_in_organiser(page, installation, "kk")
    page.goto(f"{installation.url}/desk/c/demo/entries")
    page.locator("input[type=file]").set_input_files(slips(tmp_path / "list.xlsx"))
    page.get_by_test_id("upload").click()
    read(page)
    expect(page.get_by_test_id("unused")).to_contain_text("Ескерту")
    offered = page.locator("[data-mend]").count()
    assert offered >= 30
    if os.environ.get("SHOTS"):
        page.screenshot(path=f"{os.environ['SHOTS']}/import.png")
        page.screenshot(path=f"{os.environ['SHOTS']}/import-full.png", full_page=True)
    with page.expect_navigation():
        page.get_by_test_id("mend-all").click()
    expect(page.locator("[data-mend] input:checked")).to_have_count(page.locator("[data-mend] input").count())
    for select in page.locator("[data-mend] select").all():
        select.select_option(index=1)
    page.get_by_test_id("mend-ticked").click()
    expect(page.get_by_test_id("import-problems")).to_have_count(0)
    if os.environ.get("SHOTS"):
        page.screenshot(path=f"{os.environ['SHOTS']}/import-mended.png", full_page=True)
    before = count(page, installation)
    page.go_back()
    with page.expect_navigation():
        page.get_by_test_id("import-all").click()
    assert count(page, installation) == before + TEAMS
    expect(page.get_by_test_id("entries")).to_contain_text("Көкжал 0")


def read(page: Page) -> None:
    """Look again until the worker has read the file; 60 times at most."""
    for _ in range(60):
        page.wait_for_load_state()
        if page.get_by_test_id("import-summary").count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError("the worker did not read the file")


def count(page: Page, server: Serving) -> int:
    page.goto(f"{server.url}/desk/c/demo/entries")
    return page.get_by_test_id("entries").locator("tbody tr").count()
