"""Every page of the desk on a phone: nothing is wider than the page; wide tables scroll in frames of their own."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect

from tests.serving import Serving

from .test_story import open_page, sign_in_organiser
from .usability import keep_picture, serious_problems, sticking_out

PHONE = (390, 844)
HERE = "/desk/c/demo"
PART = r"[0-9a-f]{8}-[0-9a-f-]{27}"
FEWEST_KINDS = 30


def test_no_page_of_the_desk_is_wider_than_a_phone(browser: Browser, installation: Serving) -> None:
    page = open_page(browser, *PHONE)
    sign_in_organiser(page, installation, "kk")
    page.goto(f"{installation.url}{HERE}/")
    menu = links(page)
    assert f"{HERE}/log" in menu
    seen: set[str] = set()
    wide: dict[str, list[str]] = {}
    waiting = [*menu]
    while waiting:
        path = waiting.pop(0)
        if kind_of(path) in seen:
            continue
        seen.add(kind_of(path))
        page.goto(f"{installation.url}{path}")
        found = sticking_out(page)
        if found:
            wide[path] = found[:3]
        waiting += links(page)
    assert not wide, "\n".join(f"{path}: {found}" for path, found in wide.items())
    assert len(seen) >= FEWEST_KINDS, sorted(seen)


def links(page: Page) -> list[str]:
    """The desk's pages of this competition that a page leads to; files are not pages."""
    paths = [
        urlsplit(address).path
        for address in page.eval_on_selector_all("a[href]", "(all) => all.map((one) => one.href)")
    ]
    return [path for path in dict.fromkeys(paths) if path.startswith(HERE) and "." not in path]


def kind_of(path: str) -> str:
    """Pages of one kind look alike: those of two teams, fields or divisions are visited once."""
    path = re.sub(PART, "ID", path)
    return re.sub(r"(/field|/division|/runs|/matches|/standings|/start-list)/[^/]+", r"\1/CODE", path)


def test_what_another_organiser_changed_meanwhile_is_read_on_a_phone(
    browser: Browser, installation: Serving
) -> None:
    first = open_page(browser, *PHONE)
    sign_in_organiser(first, installation, "kk")
    second = first.context.new_page()
    for page in (first, second):
        page.goto(f"{installation.url}{HERE}/applications")
    first.locator("[name=most_of_region]").fill("4")
    with first.expect_navigation():
        first.get_by_test_id("set-terms").click()
    second.locator("[name=most_of_district]").fill("3")
    second.get_by_test_id("set-terms").click()
    expect(second.get_by_test_id("meanwhile")).to_contain_text("4")
    assert second.locator("[name=most_of_district]").input_value() == "3"
    assert sticking_out(second) == []
    assert serious_problems(second) == []
    keep_picture(second, "meanwhile")
    with second.expect_navigation():
        second.get_by_test_id("set-terms").click()
    assert second.locator("[name=most_of_district]").input_value() == "3"
    assert second.locator("[name=most_of_region]").input_value() == ""
