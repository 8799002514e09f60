"""A panel's sheets on paper: whose each is, what the levels mean, and nothing that only runs have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pypdfium2
from flask.testing import FlaskClient

from tests.app.conftest import Send
from tests.app.desk.desking import Desk, said

from .conftest import DIVISION, sheets

Bearer = Callable[[str], dict[str, str]]
Shape = dict[str, Any]
HERE = "/desk/c/demo"


def printed(client: FlaskClient, headers: dict[str, str], languages: str = "en") -> list[str]:
    answer = client.get(f"{HERE}/division/research/score-sheets.pdf?in={languages}", headers=headers)
    assert answer.status_code == 200, answer.text
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.data)]


def names(access: Shape, judges: list[str]) -> list[str]:
    known = {one["account"]: one["name"] for one in access["accounts"]}
    return [known[judge] for judge in judges]


def test_each_sheet_names_its_judge_and_what_the_levels_mean(
    client: FlaskClient, bearer: Bearer, panel: list[Shape], access: Shape, judges: list[str]
) -> None:
    pages = printed(client, bearer("organiser"))
    assert len(pages) == len(panel) == 12
    for name in names(access, judges):
        assert sum(name in page for page in pages) == 4
    for page in pages:
        for missing in ("DNF", "DNS", "DSQ", "Captain", "Attempt"):
            assert missing not in page


def test_levels_are_printed_where_the_rules_have_them(
    client: FlaskClient, bearer: Bearer, send: Send, judges: list[str]
) -> None:
    name = {"kk": "Өнертабыс", "ru": "Изобретение", "en": "Invention"}
    rows = [{"division": "research", "team": "Аспан", "organisation": "№ 1 мектеп"}]
    for type_, target, payload in (
        ("AddDivision", "c/demo", {"code": "research", "name": name, "discipline": "invention-project"}),
        ("ImportEntries", "c/demo", {"rows": rows}),
        ("DrawPanel", DIVISION, {"field": "A", "judges": judges, "seed": 3}),
    ):
        receipt = send("organiser", type_, target, payload)
        assert receipt["status"] == "accepted", receipt
    page = printed(client, bearer("organiser"))[0]
    for level in ("No result", "A first result", "A confirmed result", "A result in use"):
        assert level in page


def test_a_blind_sheet_says_no_name_and_is_found_by_its_own_code(
    client: FlaskClient, bearer: Bearer, send: Send, projects: dict[str, str], judges: list[str]
) -> None:
    drawn = {"field": "P", "judges": judges, "seed": 3, "blind": True}
    assert send("organiser", "DrawPanel", DIVISION, drawn)["status"] == "accepted"
    first, *_others = sheets(client, bearer)
    pages = printed(client, bearer("organiser"))
    for page in pages:
        assert not any(team in page for team in projects)
        assert "мектеп" not in page
    code = first["id"][-8:]
    assert any(code in page for page in pages)
    organiser = Desk(client, bearer("organiser"))
    keying = organiser.get(f"{HERE}/key?code={code}")
    assert f'/run/{first["id"]}/key"' in keying
    assert 'name="captain"' not in keying
    assert 'name="mark"' not in keying
    assert not any(team in keying for team in projects)


def test_the_desk_names_the_judge_of_a_sheet(
    client: FlaskClient, bearer: Bearer, panel: list[Shape], access: Shape, judges: list[str]
) -> None:
    organiser = Desk(client, bearer("organiser"))
    table = organiser.get(f"{HERE}/sheets?division=research&all=1")
    for name in names(access, judges):
        assert table.count(f"<td>{name}</td>") == 4
    run = panel[0]
    page = organiser.get(f"{HERE}/run/{run['id']}")
    [name] = names(access, [run["judge"]])
    assert f"Judge: {name}</h1>" in page
    assert "attempt" not in page.split("</h1>")[0].split("<h1>")[1]
    keying = organiser.get(f"{HERE}/key?code={run['id']}")
    assert f'value="{name}"' in keying
    assert said(keying, "store")
