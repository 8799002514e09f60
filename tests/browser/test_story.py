"""The whole story with four pages open at once: organiser, tablet, screen and phone, in each language."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.serving import Serving

from .conftest import simulated_gates

TEAMS = [
    ("Жасұлан", "№ 1 мектеп", "Қарағанды облысы"),
    ("Ұшқын", "Лицей № 7", "г. Алматы"),
    ("Ғарыш", "School 12", "Astana"),
]
HEADINGS = {
    "kk": ["Бағыт", "Команда", "Мектеп", "Облыс"],
    "ru": ["Дисциплина", "Команда", "Школа", "Регион"],
    "en": ["Division", "Team", "School", "Region"],
}
ALONE = {
    "kk": "Әзірге нәтижесі бар жалғыз команда",
    "ru": "Пока единственный с результатом",
    "en": "The only one with a result so far",
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_competition_from_the_spreadsheet_to_the_results(
    browser: Browser, installation: Serving, tmp_path: Path, language: str
) -> None:
    organiser = open_page(browser, 1366, 768)
    tablet_context = browser.new_context(viewport={"width": 600, "height": 960})
    tablet = tablet_context.new_page()
    screen = open_page(browser, 1280, 720)
    phone = open_page(browser, 390, 844)

    sign_in_organiser(organiser, installation, language)
    set_up_competition(organiser, installation)
    import_teams(organiser, installation, language, tmp_path)
    organiser.goto(f"{installation.url}/desk/c/story/")
    organiser.get_by_test_id("draw-line").click()
    expect(organiser.get_by_test_id("start-list-line")).to_be_visible()

    sign_in_judge(tablet, judge_link(organiser, installation), language)
    for page in (screen, phone):
        page.goto(f"{installation.url}/screen/c/story/field/A?lang={language}")
        expect(page.get_by_test_id("coming")).to_be_visible()

    score_while_offline(tablet, tablet_context, seconds="21.5")
    for page in (screen, phone):
        expect(page.get_by_test_id("result")).to_contain_text("21.500")
        expect(page.locator("html")).to_have_attribute("lang", language)

    organiser.goto(f"{installation.url}/desk/c/story/division/line/standings")
    first = organiser.get_by_test_id("standings").locator("tbody tr").first
    expect(first).to_contain_text("21.500")
    expect(first.locator("td").last).to_contain_text(ALONE[language])
    check_exports(organiser, installation)
    verified = installation.flask("log", "verify")
    assert verified["ok"]


def test_the_field_times_a_run_and_the_judge_confirms_it(browser: Browser, installation: Serving) -> None:
    tablet = open_page(browser, 1280, 800)
    screen = open_page(browser, 1920, 1080)
    account = next(
        a for a in installation.access["accounts"] if a["fields"] == ["A"] and a["role"] == "judge"
    )
    screen.goto(f"{installation.url}/screen/c/demo/field/A?lang=kk")
    with simulated_gates(installation, "A"):
        sign_in_judge(
            tablet, account["sign_in_url"].replace(_origin(account["sign_in_url"]), installation.url), "kk"
        )
        tablet.get_by_test_id("run-open").first.click()
        expect(screen.get_by_test_id("clock")).to_have_attribute("data-state", "running", timeout=60_000)
        expect(screen.get_by_test_id("clock")).to_have_attribute("data-state", "stopped", timeout=60_000)
        measured = screen.get_by_test_id("clock").locator("span").inner_text()
        expect(tablet.get_by_test_id("field-time-measured")).to_contain_text(measured)
        tablet.get_by_test_id("review").click()
        tablet.get_by_test_id("confirm").click()
        expect(screen.get_by_test_id("result")).to_contain_text(measured)


def test_screens_heal_after_the_server_restarts(browser: Browser, installation: Serving) -> None:
    screen = open_page(browser, 1280, 720)
    screen.goto(f"{installation.url}/screen/c/demo/division/line?lang=ru")
    expect(screen.get_by_test_id("standings-row")).to_have_count(6)
    installation.kill()
    expect(screen.get_by_test_id("offline")).not_to_be_empty(timeout=60_000)
    expect(screen.get_by_test_id("standings-row")).to_have_count(6)
    installation.start()
    expect(screen.get_by_test_id("offline")).to_be_empty(timeout=60_000)


def test_a_bad_spreadsheet_stores_nothing_and_names_each_problem(
    browser: Browser, installation: Serving, tmp_path: Path
) -> None:
    organiser = open_page(browser, 1366, 768)
    sign_in_organiser(organiser, installation, "en")
    organiser.goto(f"{installation.url}/desk/c/demo/entries")
    before = organiser.get_by_test_id("entries").locator("tbody tr").count()
    rows = [
        HEADINGS["ru"],
        ["line", "Новая", "Школа", "область Абай"],
        ["нет такой", "Вторая", "Школа", "Марс"],
        ["line", "", "Школа", ""],
        ["line", "Новая", "школа", ""],
        ["line", "Тұлпар", "№ 17 мектеп-гимназия", ""],
        ["line", "=1+1", "Школа", ""],
    ]
    upload(organiser, sheet(tmp_path, rows))
    problems = organiser.get_by_test_id("import-problems").locator("tbody tr")
    found = [
        (problem.locator("td").first.inner_text(), problem.get_attribute("data-code"))
        for problem in problems.all()
    ]
    assert sorted(found) == [
        ("3", "division_unknown"),
        ("3", "region_unknown"),
        ("4", "cell_empty"),
        ("5", "entry_repeated"),
        ("7", "formula_in_cell"),
    ]
    known = organiser.locator("[data-kind=same]")
    expect(known).to_contain_text("Тұлпар")
    expect(organiser.get_by_test_id("import-all")).to_have_count(0)
    organiser.get_by_test_id("import-good").click()
    expect(organiser.get_by_test_id("entries").locator("tbody tr")).to_have_count(before + 1)


def open_page(browser: Browser, width: int, height: int) -> Page:
    return browser.new_context(viewport={"width": width, "height": height}).new_page()


def sign_in_organiser(page: Page, server: Serving, language: str) -> None:
    account = server.access["roles"]["organiser"]
    page.goto(f"{server.url}/sign-in?lang={language}")
    page.locator(f"input[value='{account['account']}']").check()
    page.locator("#pin").fill(account["pin"])
    page.locator("form.sign-in button[type=submit]").click()
    page.wait_for_url("**/desk/")


def set_up_competition(page: Page, server: Serving) -> None:
    """A competition with one field and one division, through the forms."""
    page.get_by_test_id("new-competition").click()
    answers = {
        "name_kk": "Аудандық жарыс", "name_ru": "Районное соревнование", "name_en": "District contest",
        "slug": "story", "venue": "Спорт залы", "starts_on": "2026-04-01", "ends_on": "2026-04-01",
    }  # fmt: skip
    for name, value in answers.items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_test_id("create").click()
    page.wait_for_url("**/desk/c/story/")
    page.locator("[name=field-code]").fill("A")
    page.locator("[name=field-name]").fill("A")
    page.get_by_test_id("add-field").click()
    page.locator("[name=division-discipline]").select_option("line-race")
    page.locator("[name=division-code]").fill("line")
    page.get_by_test_id("add-division").click()
    expect(page.get_by_test_id("standings-line")).to_be_visible()


def import_teams(page: Page, server: Serving, language: str, folder: Path) -> None:
    page.goto(f"{server.url}/desk/c/story/entries")
    upload(page, sheet(folder, [HEADINGS[language], *(["line", *team] for team in TEAMS)]))
    page.get_by_test_id("import-all").click()
    expect(page.get_by_test_id("entries").locator("tbody tr")).to_have_count(len(TEAMS))


def upload(page: Page, file: Path) -> None:
    """Upload a spreadsheet and wait until the worker has read it."""
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_test_id("upload").click()
    expect(page.get_by_test_id("import-summary")).to_be_visible(timeout=60_000)
    page.wait_for_load_state()  # the problems stand below it


def sheet(folder: Path, rows: list[list[str]]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    path = folder / "entries.xlsx"
    book.save(path)
    return path


def judge_link(page: Page, server: Serving) -> str:
    """Open a judge's account at the desk; the link its QR code holds."""
    page.goto(f"{server.url}/desk/c/story/accounts")
    page.locator("[name=role]").select_option("judge")
    page.locator("[name=name]").fill("Төреші")
    page.locator("[name=fields]").select_option("A")
    page.get_by_test_id("add-account").click()
    address = page.get_by_test_id("sign-in-link").get_attribute("href")
    assert address is not None
    return address.replace(_origin(address), server.url)


def sign_in_judge(page: Page, link: str, language: str) -> None:
    page.goto(link)
    page.goto(re.sub(r"/enter/.*", f"/judge/?lang={language}", link))
    expect(page.get_by_test_id("queue-row").first).to_be_visible()


def score_while_offline(page: Page, context: BrowserContext, seconds: str) -> None:
    """Open the first run, lose the network, enter a hand time and confirm; the network comes back."""
    page.get_by_test_id("run-open").first.click()
    expect(page.get_by_test_id("field-time-by-hand")).to_be_visible()
    unsent = page.get_by_test_id("unsent-count")
    expect(unsent).to_have_attribute("data-unsent", "0")
    context.set_offline(True)
    page.get_by_test_id("field-time-by-hand").click()
    page.get_by_test_id("field-time-seconds").fill(seconds)
    page.get_by_test_id("review").click()
    page.get_by_test_id("confirm").click()
    expect(unsent).to_have_attribute("data-unsent", "1")
    context.set_offline(False)
    expect(unsent).to_have_attribute("data-unsent", "0", timeout=60_000)


def check_exports(page: Page, server: Serving) -> None:
    """Each export says what the standings say."""
    exported = {kind: download(page, server, kind) for kind in ("json", "csv", "xlsx")}
    rows: list[dict[str, Any]] = json.loads(exported["json"])["rows"]
    teams = [row["entry"]["team"] for row in rows]
    assert len(teams) == len(TEAMS)
    assert rows[0]["values"]["time"] == 21.5
    table = list(csv.reader(io.StringIO(exported["csv"].decode("utf-8-sig"))))
    assert [line[2] for line in table[1:]] == teams
    workbook = openpyxl.load_workbook(io.BytesIO(exported["xlsx"]))
    cells = list(workbook.worksheets[0].iter_rows(values_only=True))
    assert [line[2] for line in cells[1:]] == teams
    assert cells[1][5] == 21.5


def download(page: Page, server: Serving, kind: str) -> bytes:
    answer = page.request.get(f"{server.url}/desk/c/story/division/line/results.{kind}")
    assert answer.ok
    return answer.body()


def _origin(address: str) -> str:
    return "/".join(address.split("/")[:3])
