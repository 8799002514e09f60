"""A list imported again: teams are changed, never doubled, whoever left is erased, and headings are remembered."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from uuid_utils import uuid7

from app.confining import Ended
from app.entries.state import Entries
from app.entries.updating import Registered, plan
from app.eventlog.deciding import Actor
from app.eventlog.verifying import verify
from app.pipeline import Pipeline, make_command
from app.registry.consents import texts
from app.registry.state import People
from tests.app.conftest import Send
from tests.app.desk.desking import Desk, said, work

Bearer = Callable[[str], dict[str, str]]
HEADINGS = ["Division", "Team", "School", "Region", "Coach", "Members"]
TULPAR = ["line", "Тұлпар", "№ 17 мектеп-гимназия", "Қарағанды облысы", "Серікбаева Айгүл"]
ALL = ("division", "team", "organisation", "region", "coach", "members")


@pytest.fixture
def bring(
    app: Flask, client: FlaskClient, bearer: Bearer
) -> Callable[[list[list[str]]], tuple[Callable[..., str], str]]:
    """Upload a list and have it read; a function that goes on from the preview, and the preview."""
    desk = Desk(client, bearer("organiser"))

    def bringing(rows: list[list[str]]) -> tuple[Callable[..., str], str]:
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        content = io.BytesIO()
        book.save(content)
        content.seek(0)
        here = "/desk/c/demo/entries"
        desk.post(here, f"{here}/upload", {"file": (content, "list.xlsx")})
        name = work(app.extensions["settings"].uploads)
        page = f"{here}/import/{name}"

        def go_on(path: str = "", **form: str) -> str:
            return desk.post(page, page + path, form)

        return go_on, desk.get(page)

    return bringing


def kinds(preview: str) -> list[str]:
    return [part.split('"')[0] for part in preview.split('data-kind="')[1:]]


def entries(pipeline: Pipeline) -> Entries:
    state = pipeline.state("c/demo")
    assert state is not None
    return state[Entries]


def names(app: Flask) -> set[str]:
    with app.extensions["engine"].connect() as connection:
        return {row[0] for row in connection.exec_driver_sql("SELECT full_name FROM person")}


def test_a_list_brought_again_changes_what_differs_and_doubles_nothing(
    app: Flask, bring: Any, pipeline: Pipeline
) -> None:
    before, seq = dict(entries(pipeline).by_id), pipeline.state("c/demo").seq  # type: ignore[union-attr]
    rows = [
        HEADINGS,
        [*TULPAR[:4], "Жаңа Тренер", "Нұрланұлы Әлихан, Жаңа Мүше"],
        ["line", "көкжал ", "ОҚУШЫЛАР сарайы", "", "", ""],
        ["line", "Жаңа команда", "№ 99 мектеп", "Абай облысы", "Кім Біреу", "Бір Адам"],
    ]
    go_on, preview = bring(rows)
    assert kinds(preview) == ["changed", "changed", "new"]
    assert "Қайратқызы Дана" in preview
    done = go_on()
    assert "1 entry imported" in done
    assert "2 entries changed" in done
    after = entries(pipeline).by_id
    assert len(after) == len(before) + 1
    assert [one.number for one in after.values()] == list(range(1, len(after) + 1))
    assert {"Жаңа Тренер", "Жаңа Мүше", "Нұрланұлы Әлихан", "Оспанов Темірлан"} <= names(app)
    assert not {"Серікбаева Айгүл", "Қайратқызы Дана"} & names(app)
    assert verify(app.extensions["engine"])["ok"]

    go_on, preview = bring(rows)
    assert kinds(preview) == ["same", "same", "same"]
    assert "Everything good in this list is here already" in preview
    grown = pipeline.state("c/demo").seq - seq  # type: ignore[union-attr]
    go_on()
    assert pipeline.state("c/demo").seq == seq + grown  # type: ignore[union-attr]
    again = Pipeline(app.extensions["engine"])
    folded, live = again.state("c/demo"), pipeline.state("c/demo")
    assert folded is not None
    assert live is not None
    assert (folded.cards, folded[Entries].by_id) == (live.cards, live[Entries].by_id)
    assert folded[People].by_id == live[People].by_id
    again.close()


def test_who_stays_keeps_consent_and_id_and_who_leaves_one_of_two_teams_is_not_erased(
    app: Flask, bring: Any, pipeline: Pipeline
) -> None:
    entry = next(one for one in entries(pipeline).by_id.values() if one.number == 1)
    stay = {p.id for p in pipeline.state("c/demo")[People].of_entry(entry.id)}  # type: ignore[index]
    go_on, preview = bring([HEADINGS, [*TULPAR, "Нұрланұлы Әлихан\nҚайратқызы Дана\nҮшінші Мүше"]])
    assert kinds(preview) == ["changed"]
    go_on()
    now = {p.id for p in pipeline.state("c/demo")[People].of_entry(entry.id)}  # type: ignore[index]
    assert stay < now
    assert len(now) == len(stay) + 1


def test_a_column_that_is_not_in_the_list_changes_nothing(bring: Any, app: Flask) -> None:
    before = names(app)
    go_on, preview = bring([HEADINGS[:3], TULPAR[:3]])
    assert kinds(preview) == ["same"]
    go_on()
    assert names(app) == before


def test_a_renamed_team_is_known_by_its_members(bring: Any, pipeline: Pipeline) -> None:
    row = ["line", "Тұлпар-2026", TULPAR[2], "", "", "Нұрланұлы Әлихан; Қайратқызы Дана"]
    go_on, preview = bring([HEADINGS, row])
    assert kinds(preview) == ["changed"]
    assert "№ 1" in preview
    count = len(entries(pipeline).by_id)
    go_on()
    state = pipeline.state("c/demo")
    assert state is not None
    first = next(one for one in entries(pipeline).by_id.values() if one.number == 1)
    assert (len(entries(pipeline).by_id), state.cards[first.card]["team"]) == (count, "Тұлпар-2026")


def test_the_same_team_twice_in_one_list_is_a_problem(bring: Any) -> None:
    _, preview = bring([HEADINGS, [*TULPAR, "Кім"], [*TULPAR, "Ол"]])
    assert "already in this division" in preview
    assert said(preview, "import-good")


def test_headings_are_remembered_for_the_next_list(
    app: Flask, client: FlaskClient, bearer: Bearer, bring: Any, pipeline: Pipeline
) -> None:
    desk = Desk(client, bearer("organiser"))
    rows = [["Жарыс", "Ник", "Откуда"], ["line", "Алау", "№ 5"], ["line", "Жұлдыз", "№ 6"]]
    go_on, preview = bring(rows)
    assert "There is no such column" in preview
    go_on("/columns", **{"column-0": "division", "column-1": "team", "column-2": "organisation"})
    name = work(app.extensions["settings"].uploads)
    page = f"/desk/c/demo/entries/import/{name}"
    assert kinds(desk.get(page)) == ["new", "new"]
    assert "2 entries imported" in desk.post(page, page, {})
    assert entries(pipeline).headings == {"жарыс": "division", "ник": "team", "откуда": "organisation"}
    _, preview = bring([*rows, ["line", "Үшінші", "№ 7"]])
    assert kinds(preview) == ["same", "same", "new"]


PEOPLE = [
    "Division",
    "Team",
    "School",
    "Surname",
    "First name",
    "Year of birth",
    "Grade",
    "Sex",
    "District",
    "Phone",
]
ALAU = ["line", "Алау", "№ 5 мектеп", "Оспан"]


def person(app: Flask, full_name: str) -> dict[str, Any]:
    with app.extensions["engine"].connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT * FROM person WHERE full_name = ?", (full_name,)
        ).mappings()
        return dict(found.one())


def test_what_a_later_list_knows_more_of_somebody_is_added_and_the_consent_holds(
    app: Flask, send: Send, bring: Any, pipeline: Pipeline
) -> None:
    go_on, _ = bring([PEOPLE, [*ALAU, "Аян", "", "6", "", "", ""]])
    assert "1 entry imported" in go_on()
    before = person(app, "Оспан Аян")
    consent = {
        "person": before["id"], "version": max(texts()), "results": True, "photo": False, "contact": False,
        "signed_by": "Оспан Серік", "relation": "father", "salt": "0" * 16,
    }  # fmt: skip
    actor = Actor("organiser", "organiser", "organiser")
    made = make_command(str(uuid7()), "GiveConsent", "c/demo", consent, actor)
    assert pipeline.submit([made], actor)[0]["status"] == "accepted"
    later = [
        PEOPLE,
        [*ALAU, "Аян", "2012", "7", "м", "Абай ауданы", ""],
        ["line", "Алау", "№5 мектеп", "Қали", "Дана"],
    ]
    go_on, preview = bring(later)
    assert kinds(preview) == ["changed"]
    assert "7 (Оспан Аян)" in preview
    assert "1 entry changed" in go_on()
    after = person(app, "Оспан Аян")
    assert (after["id"], after["birth_year"], after["grade"], after["sex"]) == (before["id"], 2012, "7", "m")
    ticks = pipeline.state("c/demo")[People].by_id[after["id"]].ticks  # type: ignore[index]
    assert ticks is not None
    assert ticks.results
    assert person(app, "Қали Дана")["surname"] == "Қали"
    assert verify(app.extensions["engine"])["ok"]
    _, preview = bring(
        [PEOPLE, [*ALAU, "Аян", "", "", "", "", ""], ["line", "Алау", "№5 мектеп", "Қали", "Дана"]]
    )
    assert kinds(preview) == ["same"], "what a list does not say stays"


def test_mends_are_ticked_one_by_one_or_all_at_once(app: Flask, bring: Any, pipeline: Pipeline) -> None:
    rows = [
        HEADINGS,
        ["line", "Кӛкжал-2", "№ 5", "Jambyl", "", "Cерік Аян"],
        ["line", "Алау", "№ 6", "Семипалатинская область", "", ""],
        ["line", "Марс", "№ 7", "Марс", "", ""],
    ]
    go_on, preview = bring(rows)
    assert preview.count("data-mend=") == 4
    assert said(preview, "import-problems")[0].count("Row") == 1
    assert "no region" not in preview.split('data-testid="mends"')[1].split("</form>")[0]
    ids = re.findall(r'name="mend-([0-9a-f]+)" value="yes"', preview)
    preview = go_on("/mends", **{f"mend-{ids[0]}": "yes"})
    assert preview.count("checked") == 1
    preview = go_on("/mends", all="1")
    assert preview.count("checked") == 3
    choice = re.findall(r'<select[^>]*name="mend-([0-9a-f]+)"', preview)[0]
    chosen = dict(re.findall(r'name="mend-([0-9a-f]+)" value="([^"]+)" checked', preview)) | {choice: "KZ-63"}
    preview = go_on("/mends", **{f"mend-{id_}": value for id_, value in chosen.items() if id_ != ids[0]})
    assert "2 entries imported" in go_on(skip_bad="1")
    state = pipeline.state("c/demo")
    assert state is not None
    cards = {card["team"]: card["region"] for card in state.cards.values()}
    assert {"Кӛкжал-2": "KZ-31", "Алау": "KZ-63"}.items() <= cards.items(), "one mend was declined"
    assert "\u0421ерік Аян" in names(app)


def test_a_child_in_two_teams_is_told_and_imported(bring: Any) -> None:
    rows = [
        HEADINGS,
        ["line", "Алау", "№ 5", "", "", "Нұрланұлы Әлихан"],
        ["line", "Үміт", "№ 6", "", "", "Бір Екі"],
    ]
    go_on, preview = bring(rows)
    assert "Нұрланұлы Әлихан is in another team as well: Тұлпар" in preview
    assert "1 thing to look at" in preview
    assert "error" not in preview.split("<h2")[1]
    assert "2 entries imported" in go_on()


def test_the_command_refuses_what_would_double_or_lose_somebody(send: Send, pipeline: Pipeline) -> None:
    first, second = list(entries(pipeline).by_id.values())[:2]
    change = {"entry": first.id, "team": "Көкжал", "organisation": "Оқушылар сарайы"}
    receipt = send("organiser", "ImportEntries", "c/demo", {"changes": [change]})
    assert [error["code"] for error in receipt["errors"]] == ["entry_repeated"]
    own = {"entry": second.id, "team": "Көкжал", "organisation": "Оқушылар сарайы"}
    strangers = [person.id for person in pipeline.state("c/demo")[People].of_entry(first.id)]  # type: ignore[index]
    receipt = send("organiser", "ImportEntries", "c/demo", {"changes": [own | {"kept": strangers}]})
    assert [error["code"] for error in receipt["errors"]] == ["person_unknown"]
    receipt = send("organiser", "ImportEntries", "c/demo", {"changes": [own | {"entry": "nobody"}]})
    assert [error["code"] for error in receipt["errors"]] == ["entry_unknown"]
    receipt = send("organiser", "ImportEntries", "c/demo", {"changes": [own, own]})
    assert "entry_repeated" in [error["code"] for error in receipt["errors"]]


def test_two_teams_of_a_school_are_never_taken_for_a_renamed_one() -> None:
    def team(name: str, *members: str, applied: bool = False) -> Registered:
        people = tuple((f"{name}{at}", member, "member") for at, member in enumerate(members))
        return Registered(name, 1, "line", name, "№ 1", None, {}, people, applied)  # type: ignore[arg-type]

    def row(name: str, *members: str) -> dict[str, Any]:
        cells = {"division": "line", "team": name, "organisation": "№ 1", "region": None, "coach": None}
        return {**cells, "members": list(members), "row": 2}

    known = [team("A-1", "Бір", "Екі"), team("A-2", "Үш", "Төрт")]
    assert plan([row("A-3", "Бес", "Алты")], known, ALL)[0].kind == "new"
    assert plan([row("A-3", "Бір", "Бес", "Алты")], known, ALL)[0].kind == "new"
    assert plan([row("A-3", "Бір", "Үш")], known, ALL)[0].kind == "new"
    assert plan([row("A-3", "Бір", "Жеті")], known, ALL)[0].kind == "changed"
    assert [one.kind for one in plan([row("A-1", "Бір", "Екі"), row("A-3", "Бір")], known, ALL)] == [
        "same",
        "new",
    ]
    applied = team("A-1", "Бір", applied=True)
    assert plan([row("A-1", "Екі")], [applied], ALL)[0].kind == "applied"


def test_a_list_that_the_worker_died_of_is_refused_and_not_waited_for(
    app: Flask, client: FlaskClient, bearer: Bearer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_given: object) -> bytes:
        raise Ended("app.entries.reading")

    monkeypatch.setattr("app.entries.jobs.confined", die)
    desk = Desk(client, bearer("organiser"))
    here = "/desk/c/demo/entries"
    desk.post(here, f"{here}/upload", {"file": (io.BytesIO(b"Team;School\nA;B"), "list.csv")})
    assert "import-waiting" in desk.get(f"{here}/import/{upload_that_waits(app)}")
    page = desk.get(f"{here}/import/{work(app.extensions['settings'].uploads)}")
    assert "could not be read" in page
    assert "import-waiting" not in page


def test_a_list_whose_worker_was_killed_is_refused_and_not_waited_for(
    app: Flask, client: FlaskClient, bearer: Bearer, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(client, bearer("organiser"))
    here = "/desk/c/demo/entries"
    desk.post(here, f"{here}/upload", {"file": (io.BytesIO(b"Team;School\nA;B"), "list.csv")})
    monkeypatch.setattr("app.desk.uploads.has_died", lambda _job: True)
    assert "could not be read" in desk.get(f"{here}/import/{upload_that_waits(app)}")


def upload_that_waits(app: Flask) -> str:
    [job] = app.extensions["settings"].uploads.glob("*.job")
    return str(job.stem).removeprefix("demo-")
