"""Looks at people's data are written down wherever names are shown, and read in words, without naming anybody."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.applications.state import Applications
from app.desk.people.people_forms import LOOK_WORDS
from app.registry.state import People
from tests.app.applications.conftest import applied, terms, web
from tests.app.conftest import Send
from tests.app.desk.desking import Desk, work

__all__ = ["applied", "terms", "web"]

Bearer = Callable[[str], dict[str, str]]
HERE = "/desk/c/demo/people/looks"


@pytest.fixture
def desk(client: FlaskClient, bearer: Bearer) -> Desk:
    return Desk(client, bearer("organiser"))


def kept(app: Flask) -> list[tuple[str, str, int, str | None]]:
    with app.extensions["engine"].connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT what, account, people, subject FROM personal_access ORDER BY id"
        )
        return [tuple(row) for row in found]


def test_a_coach_and_a_parent_are_written_down_once_in_a_while(app: Flask, web: Any, applied: str) -> None:
    [application] = app.extensions["pipeline"].state("c/demo")[Applications].by_id.values()
    for _again in range(3):
        web(applied)
        web(f"{applied}/consents")
    page = web(f"{applied}/consents", made="1").text
    links = re.findall(r"/c/demo/consent/[\w-]+", page)
    assert len(set(links)) == 2
    web(links[0])
    web(links[0])
    looks = kept(app)
    assert [one[:3] for one in looks] == [
        ("application", "applicant", 3),
        ("consents", "applicant", 3),
        ("consent", "guardian", 1),
    ]
    assert looks[0][3] == looks[1][3] == application.id
    assert looks[2][3] in app.extensions["pipeline"].state("c/demo")[People].by_id


def test_the_preview_of_a_list_is_a_look(app: Flask, desk: Desk) -> None:
    text = "Команда;Организация;Участники;Тренер;Дисциплина\nА;Ш;Али Бек, Сая Нұр;Дос Ер;line\n"
    here = "/desk/c/demo/entries"
    desk.post(here, f"{here}/upload", {"file": (io.BytesIO(text.encode()), "list.csv")})
    desk.get(f"{here}/import/{work(app.extensions['settings'].uploads)}")
    assert [(what, people) for what, _by, people, _about in kept(app)] == [("import", 3)]


def test_they_are_read_in_words_and_found_and_name_nobody(
    app: Flask, desk: Desk, web: Any, applied: str, send: Send, client: FlaskClient, bearer: Bearer
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    web(applied)
    [application] = app.extensions["pipeline"].state("c/demo")[Applications].by_id.values()
    desk.get("/desk/c/demo/people")
    desk.get(f"/desk/c/demo/applications/{application.id}")
    person = application.people[1]["id"]
    desk.get(f"/desk/c/demo/people/{person}")
    page = desk.get(HERE)
    rows = [
        " ".join(re.sub(r"<[^>]+>", " ", row).split())
        for row in re.findall(r'<tr data-what="\w+">(.*?)</tr>', page, re.DOTALL)
    ]
    assert len(rows) == 4
    assert "one person one person 1" in rows[0]
    assert f"application application № {application.number} 3" in rows[1]
    assert "list of people" in rows[2]
    assert "a coach, by the secret address" in rows[3]
    assert not any(name in page for name in ("Қуаныш", "Тәжібай", "Петрова"))
    assert desk.get(f"{HERE}?what=list").count("data-what=") == 1
    assert desk.get(f"{HERE}?who=applicant").count("data-what=") == 1
    assert send("organiser", "ErasePeople", "c/demo", {"people": [person]})["status"] == "accepted"
    assert "somebody who is erased" in desk.get(HERE)
    headers = bearer("organiser") | {"Accept-Language": "en"}
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{HERE}.xlsx", headers=headers).data)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["When", "Who", "What", "About", "People"]
    assert [row[4].value for row in sheet.iter_rows(min_row=2)] == [
        people for _what, _by, people, _about in reversed(kept(app))
    ]
    for role in ("referee", "volunteer", "judge"):
        assert client.get(HERE, headers=bearer(role)).status_code == 403


def test_every_look_that_is_written_has_words(app: Flask) -> None:
    sources = "\n".join(
        path.read_text("utf-8") for path in (Path(app.root_path)).rglob("*.py") if path.name != "jobs.py"
    )
    written = set(re.findall(r'look\(\s*f"c/\{slug\}",\s*[^,]+,\s*"(\w+)"', sources))
    written |= set(re.findall(r'_looked\(slug, "(\w+)"', sources))
    assert written >= {"badges", "archive", "import", "consents", "team", "protocol", "document"}
    assert written <= LOOK_WORDS.keys()


def test_a_person_is_told_who_looked_at_them_or_at_a_list_with_them(
    app: Flask, desk: Desk, web: Any, applied: str
) -> None:
    [application] = app.extensions["pipeline"].state("c/demo")[Applications].by_id.values()
    app.config["WTF_CSRF_ENABLED"] = True
    desk.get("/desk/c/demo/people")
    one, other = (person["id"] for person in application.people[1:])
    desk.get(f"/desk/c/demo/people/{other}")
    told = json.loads(desk.get(f"/desk/c/demo/people/{one}/export.json"))
    assert sorted(look["what"] for look in told["looked_at"]) == ["export", "list"]
