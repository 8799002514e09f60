"""Who takes part: everybody once a line, the gone not at all, the same figures on the page and in the workbook."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from app.desk.teams.import_plan import entry_row
from app.entries.importing import preview
from tests.app.conftest import Send

Bearer = Callable[[str], dict[str, str]]
COACH = "Али Ай"


def row(division: str, team: str, organisation: str, region: str | None, *members: str) -> dict[str, Any]:
    told = {"division": division, "team": team, "organisation": organisation, "region": region}
    return told | {"coach": COACH, "members": list(members)}


ROWS = [
    row("line", "Бір", "№ 1 мектеп", "KZ-35", "Бек Нұр", "Сағи Ән"),
    row("trip", "Екі", "№ 1  МЕКТЕП", "KZ-35", "Дос Ер"),
    row("trip", "Үш", "Лицей", None),
]


@pytest.fixture
def sheet(client: FlaskClient, bearer: Bearer, send: Send) -> Callable[[], list[tuple[Any, ...]]]:
    """The rows of the workbook of a competition with three teams of its own."""
    headers = bearer("organiser")
    name = {"kk": "Сан", "ru": "Счёт", "en": "Count"}
    facts = {
        "name": name, "venue": "Қала", "zone": "Asia/Almaty", "level": "district",
        "starts_on": "2027-03-01", "ends_on": "2027-03-01",
    }  # fmt: skip
    assert send("organiser", "CreateCompetition", "c/count", facts)["status"] == "accepted"
    for code, discipline in (("line", "line-race"), ("trip", "big-journey-junior")):
        division = {"code": code, "name": name | {"en": code}, "discipline": discipline}
        assert send("organiser", "AddDivision", "c/count", division)["status"] == "accepted"
    assert send("organiser", "ImportEntries", "c/count", {"rows": ROWS})["status"] == "accepted"

    def rows() -> list[tuple[Any, ...]]:
        answer = client.get("/desk/c/count/counts.xlsx?lang=en", headers=headers)
        assert answer.status_code == 200
        [first] = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets
        return list(first.iter_rows(values_only=True))

    return rows


def test_everybody_is_counted_once_a_line(sheet: Any, client: FlaskClient, bearer: Bearer) -> None:
    found = sheet()
    assert found[0] == ("By", "Value", "Participants", "Teams")
    assert found[1][2:] == (3, 3)
    by = {(line[0], line[1]): line[2:] for line in found[2:]}
    assert (by["Division", "line"], by["Division", "trip"]) == ((2, 1), (1, 2))
    assert by["Region", "Karaganda Region"] == (3, 2)
    assert by["Region", "not said"] == (0, 1)
    page = client.get("/desk/c/count/counts?lang=en", headers=bearer("organiser")).text
    assert 'data-testid="by-region"' in page
    assert 'data-testid="by-grade"' not in page, "nobody said a grade"
    assert '<span class="h1 figures mb-0">2</span>Organisations' in page


def test_a_team_that_was_taken_down_is_not_counted(sheet: Any, send: Send, client: FlaskClient) -> None:
    standings = client.get("/api/v1/live/c/count/division/line/standings").get_json()["data"]["rows"]
    send("organiser", "TakeDownEntry", "c/count", {"entry": standings[0]["entry"]["id"]})
    assert sheet()[1][2:] == (1, 2)


def test_it_is_for_organisers(client: FlaskClient, bearer: Bearer) -> None:
    assert client.get("/desk/c/demo/counts", headers=bearer("referee")).status_code == 403
    assert client.get("/desk/c/demo/counts.csv", headers=bearer("judge")).status_code == 403
    assert client.get("/desk/c/demo/counts.json", headers=bearer("organiser")).status_code == 404


def test_an_imported_list_fills_every_count(sheet: Callable[[], list[tuple[Any, ...]]], send: Send) -> None:
    list_ = "\n".join(
        [
            "Номинация;Команда;Школа;Тип организации;Область;Район;Фамилия;Имя;Дата рождения;Класс;Пол",
            "line;Алау;№ 9;Лицей;Абай облысы;Семей;Оспан;Аян;12.05.2012;7;м",
            "line;Алау;№ 9;Лицей;Абай облысы;Семей;Қали;Дана;2013;6;қыз",
        ]
    )
    made = preview(list_.encode(), {"line": [], "trip": []})
    assert made.problems == []
    rows = [entry_row(row) for row in made.rows]
    assert send("organiser", "ImportEntries", "c/count", {"rows": rows})["status"] == "accepted"
    told = {(row[0], str(row[1])): row[2:] for row in sheet()}
    for line in (
        ("Region", "Abai Region", 2), ("District", "Семей", 2), ("Kind of organisation", "School", 2),
        ("Grade", "7", 1), ("Grade", "6", 1), ("Sex", "boys", 1), ("Sex", "girls", 1),
        ("Year of birth", "2012", 1), ("Year of birth", "2013", 1),
    ):  # fmt: skip
        assert told[line[0], line[1]] == (line[2], 1), line


def test_spellings_of_a_district_are_one_line(
    sheet: Any, send: Send, client: FlaskClient, bearer: Bearer
) -> None:
    def team(name: str, region: str, district: str, organisation: str = "№ 7 мектеп") -> dict[str, Any]:
        return row("line", name, organisation, region) | {"details": {"district": district}}

    rows = [
        team("Төрт", "KZ-35", "Абай ауданы"),
        team("Бес", "KZ-35", "АБАЙСКИЙ район", "«№7 Мектеп»"),
        team("Алты", "KZ-35", "абай ауданы"),
        team("Жеті", "KZ-35", "Нұра ауданы"),
        team("Сегіз", "KZ-10", "Абай ауданы"),
    ]
    assert send("organiser", "ImportEntries", "c/count", {"rows": rows})["status"] == "accepted"
    by = {line[1]: line[3] for line in sheet() if line[0] == "District"}
    assert by == {
        "Абай ауданы (Karaganda Region)": 3,
        "Абай ауданы (Abai Region)": 1,
        "Нұра ауданы": 1,
        "not said": 3,
    }
    page = client.get("/desk/c/count/counts?lang=en", headers=bearer("organiser")).text
    assert '<span class="h1 figures mb-0">5</span>Organisations' in page, "№ 7 of three districts are three"
