"""What an organiser does at the desk in a journey: set up, import, open accounts, draw, publish, hand out papers."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from app.rehearsal.teams import Plan
from tests.serving import Serving

from .test_story import upload


def create_competition(page: Page, server: Serving, plan: Plan, day: str) -> None:
    """A new competition on one ``day`` (ISO 8601), with its fields and divisions, through the forms."""
    page.goto(f"{server.url}/desk/new")
    names = {f"name_{language}": name for language, name in plan["competition"]["name"].items()}
    facts = {"slug": plan["slug"], "venue": plan["competition"]["venue"], "starts_on": day, "ends_on": day}
    for name, value in (names | facts).items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_test_id("create").click()
    page.wait_for_url(f"**/desk/c/{plan['slug']}/")
    for code in plan["fields"]:
        _opened(page, "add-field")
        page.locator("[name=field-code]").fill(code)
        page.locator("[name=field-name]").fill(code)
        page.get_by_test_id("add-field").click()
        expect(page.get_by_test_id(f"gates-{code}")).to_be_visible()
    for division in plan["divisions"]:
        _opened(page, "add-division")
        page.locator("[name=division-discipline]").select_option(division["discipline"])
        page.locator("[name=division-code]").fill(division["code"])
        page.get_by_test_id("add-division").click()
        expect(page.get_by_test_id(f"standings-{division['code']}")).to_be_visible()


def import_teams(page: Page, server: Serving, plan: Plan, file: Path, teams: int) -> None:
    """Upload a spreadsheet whose preview must find no problem, and store it."""
    page.goto(f"{server.url}/desk/c/{plan['slug']}/entries")
    upload(page, file)
    expect(page.get_by_test_id("import-problems")).to_have_count(0)
    page.get_by_test_id("import-all").click()
    expect(page.get_by_test_id("entries").locator("tbody tr")).to_have_count(teams)


def open_account(page: Page, server: Serving, plan: Plan, role: str, fields: tuple[str, ...] = ()) -> str:
    """Open an account; the token its QR code holds, which signs in a browser and a client of the API alike."""
    page.goto(f"{server.url}/desk/c/{plan['slug']}/accounts")
    page.locator("[name=role]").select_option(role)
    page.locator("[name=name]").fill(" ".join([role, *fields]))
    page.locator("[name=fields]").select_option(list(fields))
    page.get_by_test_id("add-account").click()
    address = page.get_by_test_id("sign-in-link").get_attribute("href")
    assert address is not None
    return address.rsplit("/", 1)[1]


def draw(page: Page, server: Serving, plan: Plan, seed: int) -> None:
    """Draw every start list and every contest of matches on its fields."""
    for division in plan["divisions"]:
        code = division["code"]
        page.goto(f"{server.url}/desk/c/{plan['slug']}/")
        if "sheet" in division:
            line = page.locator(f"#division-{code}")
            line.locator("select").select_option(division["fields"][0])
            line.locator("[name$=seed]").fill(str(seed))
            page.get_by_test_id(f"draw-{code}").click()
            expect(page.get_by_test_id(f"start-list-{code}")).to_be_visible()
        else:
            page.get_by_test_id(f"matches-{code}").click()
            for field in division["fields"]:
                page.locator(f"input[value='{field}']").check()
            page.locator("[name$=seed]").fill(str(seed))
            page.get_by_test_id("draw-matches").click()
            expect(page.get_by_test_id("draw-matches")).to_have_count(0)


def name_officials(page: Page, server: Serving, plan: Plan) -> None:
    """Say who signs the protocols."""
    page.goto(f"{server.url}/desk/c/{plan['slug']}/papers")
    officials = plan["officials"]
    page.locator("[name=chief_judge]").fill(officials["chief_judge"])
    page.locator("[name=judges]").fill("\n".join(officials["judges"]))
    page.locator("[name=secretary]").fill(officials["secretary"])
    page.get_by_test_id("officials").click()
    expect(
        page.get_by_test_id("flash").or_(page.locator(f"[value='{officials['chief_judge']}']")).first
    ).to_be_visible()


def settle_ties(page: Page, server: Serving, plan: Plan) -> None:
    """Where entries are level at the border of a degree, the jury takes them all in."""
    page.goto(f"{server.url}/desk/c/{plan['slug']}/papers")
    while (undecided := page.get_by_test_id("tie-undecided")).count():
        with page.expect_navigation():
            undecided.first.locator("[value=extend]").click()
        expect(page.get_by_test_id("protocols")).to_be_visible()


def fetch(page: Page, server: Serving, path: str) -> bytes:
    """A file of the desk, as whoever is signed in there."""
    answer = page.request.get(server.url + path)
    assert answer.ok, (path, answer.status)
    return answer.body()


def papers_as_zip(page: Page, server: Serving, plan: Plan, kind: str) -> bytes:
    """Number the papers of a kind, have the worker set them, and get the ZIP."""
    page.goto(f"{server.url}/desk/c/{plan['slug']}/diplomas")
    page.locator("form[action$='/issue'] [name=kind]").select_option(kind)
    page.get_by_test_id("issue").click()
    expect(page.get_by_test_id("flash").first).to_have_class(re.compile("alert-success"))
    page.locator(f"#{kind} [name=format]").select_option("zip")
    with page.expect_download() as made:
        page.get_by_test_id(f"set-{kind}").click(no_wait_after=True)
    return Path(made.value.path()).read_bytes()


def _opened(page: Page, testid: str) -> None:
    """Open the fold a button is in, where it is closed."""
    page.wait_for_load_state()
    button = page.get_by_test_id(testid)
    if not button.is_visible():
        page.locator("details", has=button).locator("summary").click()
