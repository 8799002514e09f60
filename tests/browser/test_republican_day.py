"""A republican contest as its people live it: 400 teams, 12 disciplines, 10 fields, 15 panels, two days.

The contest stands twice in one installation, made from the same seed: in the morning, drawn and not begun, and in the
evening, published. What lies between is a day of a thousand runs, which tests/app/rehearsal plays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.rehearsal.teams import read_plan
from tests.serving import Serving

from .conftest import running
from .exports import Shape, check_exports, check_protocol, papers_in
from .organising import fetch, papers_as_zip, settle_ties
from .tablets import PORTRAIT, all_sent
from .test_protest import keep
from .test_story import open_page, sign_in_organiser
from .usability import serious_problems

PLAN = read_plan("republican")
MORNING, EVENING = "morning", PLAN["slug"]
TEAMS = sum(division["teams"] for division in PLAN["divisions"])
DESK_WIDTH = 1366


@pytest.fixture
def republic(tmp_path: Path) -> Iterator[Serving]:
    """An installation with both contests, and a worker."""
    server = Serving(tmp_path / "here")
    server.prepare()
    assert server.flask("demo", "republican", "--stage", "drawn", "--slug", MORNING)["entries"] == TEAMS
    assert server.flask("demo", "republican")["entries"] == TEAMS
    server.start()
    try:
        with running(server, "app.worker"):
            yield server
    finally:
        server.kill()


def test_a_republican_contest(browser: Browser, republic: Serving, tmp_path: Path) -> None:
    organiser = open_page(browser, DESK_WIDTH, 768)
    sign_in_organiser(organiser, republic, "kk")
    look_over_the_morning(organiser, republic)
    check_in_at_the_door(browser, republic)
    mark_a_project(browser, republic)
    open_a_run(browser, republic)
    follow_among_hundreds(browser, republic)
    check_every_division(organiser, republic)
    check_the_whole(organiser, republic)
    hand_out_papers(organiser, republic)
    carry_elsewhere(organiser, republic, tmp_path)
    organiser.context.close()
    assert republic.flask("log", "verify")["ok"]


def look_over_the_morning(page: Page, server: Serving) -> None:
    """The organiser's pages hold hundreds of teams without growing out of the screen."""
    for path in ("now", "", "entries", "sheets", "screens", "accounts", "counts", "check-in"):
        page.goto(f"{server.url}/desk/c/{MORNING}/{path}?lang=kk")
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= DESK_WIDTH, path
        keep(page, f"republican-{path or 'set-up'}")
    page.goto(f"{server.url}/desk/c/{MORNING}/now")
    assert serious_problems(page) == []


def check_in_at_the_door(browser: Browser, server: Serving) -> None:
    """One of those who are not here yet comes to a volunteer's table."""
    table = open_page(browser, 1280, 800)
    table.goto(f"{server.url}/enter/{account(server, MORNING, 'volunteer')['token']}")
    table.goto(f"{server.url}/desk/c/{MORNING}/check-in?lang=kk")
    here = table.get_by_test_id("here")
    before = min(map(int, re.findall(r"\d+", here.inner_text())))
    table.get_by_test_id("teams").get_by_role("button").first.click()
    expect(here).to_contain_text(str(before + 1))
    table.context.close()


def mark_a_project(browser: Browser, server: Serving) -> None:
    """A judge of a panel marks the first project in the order of the panel's visits."""
    room = next(division for division in PLAN["divisions"] if "judges" in division)["fields"][0]
    tablet = signed_in(browser, server, account(server, MORNING, "judge", room))
    tablet.get_by_test_id("run-open").first.click()
    expect(tablet.get_by_test_id("review")).to_be_visible()
    for criterion in tablet.locator("[data-testid$='-level-2']").all():
        criterion.click()
    for value in tablet.locator("input[data-testid$='-value']").all():
        value.fill("1")
        value.press("Tab")
    keep(tablet, "republican-rubric")
    tablet.get_by_test_id("review").click()
    tablet.get_by_test_id("confirm").click()
    expect(tablet.get_by_test_id("confirm")).to_have_count(0)
    all_sent(tablet)
    tablet.context.close()


def open_a_run(browser: Browser, server: Serving) -> None:
    """A judge of a field sees the queue of hundreds, and puts the next one on the field."""
    field = next(one for one in PLAN["divisions"] if "sheet" in one and "judges" not in one)["fields"][0]
    tablet = signed_in(browser, server, account(server, MORNING, "judge", field))
    keep(tablet, "republican-queue")
    tablet.get_by_test_id("run-open").first.click()
    expect(tablet.get_by_test_id("review")).to_be_visible()
    tablet.context.close()


def follow_among_hundreds(browser: Browser, server: Serving) -> None:
    """A parent finds their team by its number, and sees the place it took."""
    phone = open_page(browser, 390, 844)
    phone.goto(f"{server.url}/c/{EVENING}?lang=kk")
    phone.get_by_test_id("find-team").fill("288")
    card = phone.get_by_test_id("my-team")
    expect(card.locator("option")).to_have_count(2)
    card.locator("select").select_option(index=1)
    expect(card).to_contain_text("-орын")
    keep(phone, "republican-phone")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.context.close()


def check_every_division(page: Page, server: Serving) -> None:
    """Each export and protocol of each division says what its standings say."""

    def get(path: str) -> bytes:
        return fetch(page, server, path)

    officials = PLAN["officials"]
    for division in PLAN["divisions"]:
        table = check_exports(get, EVENING, division["code"])
        assert table["published"], division["code"]
        assert len(table["rows"]) == division["teams"]
        pdf = get(f"/desk/c/{EVENING}/division/{division['code']}/protocol.pdf?in=kk")
        code = check_protocol(pdf, table, officials["chief_judge"], officials["secretary"])
    page.goto(f"{server.url}/verify/{code}")
    expect(page.get_by_test_id("verified")).to_be_visible()


def check_the_whole(page: Page, server: Serving) -> None:
    """The sum of the contest: everybody is counted, and the overall protocol names each division."""
    page.goto(f"{server.url}/desk/c/{EVENING}/counts?lang=kk")
    expect(page.locator("main")).to_contain_text(str(TEAMS))
    assert fetch(page, server, f"/desk/c/{EVENING}/results.xlsx")[:2] == b"PK"


def hand_out_papers(page: Page, server: Serving) -> None:
    """Ties at the border of a degree are decided, and every winner's diploma is in one archive."""
    settle_ties(page, server, PLAN | {"slug": EVENING})
    diplomas = papers_in(papers_as_zip(page, server, PLAN | {"slug": EVENING}, "diploma"))
    names = [name for name, _text in diplomas]
    assert len(names) == len(set(names)) >= 3 * len(PLAN["divisions"]) * 0.9


def carry_elsewhere(page: Page, server: Serving, tmp_path: Path) -> None:
    """The whole contest as one file, taken over by another installation with the same standings."""
    archive = tmp_path / "republic.zip"
    archive.write_bytes(fetch(page, server, f"/desk/c/{EVENING}/archive.zip"))
    elsewhere = Serving(tmp_path / "elsewhere")
    assert elsewhere.flask("competition", "import", str(archive))["ok"]
    assert of_the_evening(elsewhere) == of_the_evening(server)


def of_the_evening(server: Serving) -> list[tuple[str, str]]:
    """The digest of each division's standings, scored again from every sheet."""
    rebuilt: list[Shape] = server.flask("standings", "rebuild")["divisions"]
    return [(one["division"], one["digest"]) for one in rebuilt if one["competition"] == EVENING]


def account(server: Serving, slug: str, role: str, field: str | None = None) -> Shape:
    accounts: list[Shape] = server.access["accounts"]
    return next(
        one
        for one in accounts
        if one.get("competition") == slug
        and one["role"] == role
        and (field is None or field in one["fields"])
    )


def signed_in(browser: Browser, server: Serving, who: Shape) -> Page:
    page = browser.new_context(viewport=PORTRAIT, has_touch=True).new_page()
    page.goto(f"{server.url}/enter/{who['token']}")
    page.goto(f"{server.url}/judge/?lang=kk")
    return page
