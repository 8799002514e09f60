"""A district contest as its people live it: 24 teams, from a spreadsheet to signed protocols and diplomas."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, expect

from app.rehearsal.spreadsheet import write_spreadsheet
from app.rehearsal.teams import Team, made_teams, read_plan
from tests.serving import Serving

from .exports import Shape, check_exports, check_protocol, papers_in, squeezed
from .judged_day import Day
from .organising import (
    create_competition,
    draw,
    fetch,
    import_teams,
    name_officials,
    open_account,
    papers_as_zip,
    settle_ties,
)
from .tablets import PORTRAIT, all_sent, confirm, enter_by_hand
from .test_protest import TEXT, decide, keep
from .test_story import open_page, sign_in_organiser

SEED, TEAMS, BY_SEARCH, PLACES = 24, 24, 3, 3
PLAN = read_plan("district")
SLUG = PLAN["slug"]
ACCOUNTS = {
    "judge A": ("judge", ("A",)),
    "judge B": ("judge", ("B",)),
    "judge R": ("judge", ("R",)),
    "volunteer": ("volunteer", ()),
    "referee": ("referee", ()),
}


def test_a_district_contest(browser: Browser, installation: Serving, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    organiser, phone = open_page(browser, 1366, 768), open_page(browser, 390, 844)
    sign_in_organiser(organiser, installation, "kk")
    create_competition(organiser, installation, PLAN, today.isoformat())
    file = tmp_path / "teams.xlsx"
    teams = made_teams(PLAN, SEED, today.year)
    write_spreadsheet(PLAN, teams, SEED, file)
    import_teams(organiser, installation, PLAN, file, TEAMS)
    tokens = {
        who: open_account(organiser, installation, PLAN, role, fields)
        for who, (role, fields) in ACCOUNTS.items()
    }
    name_officials(organiser, installation, PLAN)
    draw(organiser, installation, PLAN, SEED)
    headers = {who: {"Authorization": f"Bearer {token}"} for who, token in tokens.items()}
    with httpx.Client(base_url=installation.url, timeout=30) as client:
        day = Day(client, PLAN, headers, SEED)
        check_in(browser, installation, tokens["volunteer"], day)
        follow(phone, installation)
        score_on_a_tablet(browser, installation, tokens["judge A"], "21.480")
        day.score_the_rest()
        day.play_the_matches()
        rule_on_a_protest(browser, installation, headers["referee"], day)
    publish(organiser, installation)
    check_protocols(organiser, installation)
    settle_ties(organiser, installation, PLAN)
    check_diplomas(organiser, installation, teams)
    expect(phone.get_by_test_id("my-team")).to_contain_text("-орын")
    keep(phone, "district-phone")
    assert installation.flask("log", "verify")["ok"]
    for page in (organiser, phone):
        page.context.close()


def check_in(browser: Browser, server: Serving, token: str, day: Day) -> None:
    """A volunteer finds the first teams by number and by name; another table checks in the rest meanwhile."""
    table = open_page(browser, 1280, 800)
    table.goto(f"{server.url}/enter/{token}")
    table.goto(f"{server.url}/desk/c/{SLUG}/check-in?lang=kk")
    entries = [row["entry"] for code in ("line", "kegel", "sumo") for row in standings(day, code)]
    for at, entry in enumerate(entries[:BY_SEARCH]):
        table.get_by_test_id("search").fill(entry["team"] if at else str(entry["number"]))
        table.get_by_test_id("search").press("Enter")
        table.get_by_test_id("check-in").or_(
            table.get_by_test_id(f"check-in-{entry['number']}")
        ).first.click()
        expect(table.get_by_test_id("here")).to_contain_text(f"{at + 1}")
    day.check_in([entry["id"] for entry in entries[BY_SEARCH:]])
    table.reload()
    keep(table, "district-check-in")
    expect(table.get_by_test_id("here")).to_contain_text(f"{TEAMS}")
    expect(table.get_by_test_id("none")).to_be_visible()
    table.context.close()


def follow(phone: Page, server: Serving) -> None:
    """A parent opens the public page and chooses their team."""
    phone.goto(f"{server.url}/c/{SLUG}?lang=kk")
    choice = phone.get_by_test_id("my-team").locator("select")
    choice.select_option(index=1)
    expect(phone.get_by_test_id("my-team")).to_contain_text("Әзірге орны жоқ")


def score_on_a_tablet(browser: Browser, server: Serving, token: str, seconds: str) -> None:
    """A judge enters the first run of field A by hand, and sees it sent."""
    tablet = browser.new_context(viewport=PORTRAIT, has_touch=True).new_page()
    tablet.goto(f"{server.url}/enter/{token}")
    tablet.goto(f"{server.url}/judge/?lang=kk")
    tablet.get_by_test_id("run-open").first.click()
    enter_by_hand(tablet, seconds)
    confirm(tablet)
    all_sent(tablet)
    tablet.context.close()


def rule_on_a_protest(browser: Browser, server: Serving, referee: dict[str, str], day: Day) -> None:
    """A team at the end of the line race protests; the chief judge upholds it, and it is first."""
    context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 800})
    context.set_extra_http_headers(referee)
    page = context.new_page()
    last = [row for row in standings(day, "line") if row["attempts"][0]["mark"] is None][-1]
    page.goto(f"/desk/c/{SLUG}/sheets?division=line&all=1&lang=kk")
    page.get_by_test_id("sheets").get_by_role("link", name=last["entry"]["team"], exact=True).first.click()
    expect(page.get_by_test_id("state")).to_be_visible()
    run = page.url.rsplit("/", 1)[1]
    page.get_by_test_id("protest-form").click()
    page.get_by_label("Наразылықтың мазмұны").fill(TEXT)
    page.get_by_test_id("file-protest").click()
    decide(page, run, SLUG)
    context.close()
    first = standings(day, "line")[0]
    assert (first["entry"]["id"], first["values"]["time"]) == (last["entry"]["id"], 17.25)


def publish(page: Page, server: Serving) -> None:
    """Every division is made official; that nobody waits for the protest windows takes a reason."""
    for division in PLAN["divisions"]:
        page.goto(f"{server.url}/desk/c/{SLUG}/sheets")
        early = page.get_by_test_id(f"early-{division['code']}")
        if early.count():
            early.fill("Барлық команда қол қойды")
        page.get_by_test_id(f"publish-{division['code']}").click()
        page.wait_for_url(f"**/division/{division['code']}/standings")


def check_protocols(page: Page, server: Serving) -> None:
    """Exports and protocols say what the standings say, and the protocol's code is known to whoever checks it."""

    def get(path: str) -> bytes:
        return fetch(page, server, path)

    for division in PLAN["divisions"]:
        code = division["code"]
        table = check_exports(get, SLUG, code)
        assert table["published"]
        assert len(table["rows"]) == division["teams"]
        pdf = get(f"/desk/c/{SLUG}/division/{code}/protocol.pdf?in=kk,ru")
        officials = PLAN["officials"]
        written = check_protocol(pdf, table, officials["chief_judge"], officials["secretary"])
        page.goto(f"{server.url}/verify/{written}")
        expect(page.get_by_test_id("verified")).to_contain_text(division["name"]["kk"])


def check_diplomas(page: Page, server: Serving, teams: Sequence[Team]) -> None:
    """The first three of each division get diplomas, every child a certificate that names it; none is missing."""
    diplomas = [text for _name, text in papers_in(papers_as_zip(page, server, PLAN, "diploma"))]
    winners = [row["entry"]["team"] for row in places(page, server) if row["rank"] and row["rank"] <= PLACES]
    assert len(diplomas) == len(winners)
    for team in winners:
        assert sum(squeezed(team) in squeezed(text) for text in diplomas) >= 1, team
    certificates = [
        squeezed(text) for _name, text in papers_in(papers_as_zip(page, server, PLAN, "participation"))
    ]
    children = [
        squeezed(f"{one.name.surname} {one.name.given_name}") for team in teams for one in team.members
    ]
    assert len(certificates) == len(children)
    for child in children:
        assert any(child in text for text in certificates), child


def places(page: Page, server: Serving) -> Iterator[Shape]:
    for division in PLAN["divisions"]:
        topic = f"/api/v1/live/c/{SLUG}/division/{division['code']}/standings"
        yield from json.loads(fetch(page, server, topic))["data"]["rows"]


def standings(day: Day, division: str) -> list[Shape]:
    rows: list[Shape] = day.live(f"division/{division}/standings")["rows"]
    return rows
