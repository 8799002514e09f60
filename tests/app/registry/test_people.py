"""People on the desk: exported, erased for good while the log stays sound, taken down at once, looks recorded."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.eventlog.chain import utc_now
from app.eventlog.verifying import verify
from app.registry.naming import alphabetical, public_name
from app.registry.state import Ticks
from tests.app.conftest import Send

Bearer = Callable[[str], dict[str, str]]
NAME, TEAM = "Нұрланұлы Әлихан", "Тұлпар"


@pytest.fixture
def desk(app: Flask, bearer: Bearer) -> Callable[..., Any]:
    """Open a page of the demo's desk as its organiser; forms are sent without their token."""
    app.config["WTF_CSRF_ENABLED"] = False

    def opened(path: str, **form: Any) -> Any:
        method = "POST" if form else "GET"
        return app.test_client().open(
            f"/desk/c/demo{path}", method=method, data=form, headers=bearer("organiser")
        )

    return opened


def stored(app: Flask, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(app.extensions["settings"].database) as connection:
        return connection.execute(query).fetchall()


def person_id(app: Flask, name: str = NAME) -> str:
    ((id_,),) = stored(app, f"SELECT id FROM person WHERE full_name = '{name}'")
    return str(id_)


def everything_stored(app: Flask) -> str:
    """Whatever is in any table, as text."""
    with sqlite3.connect(app.extensions["settings"].database) as connection:
        return "\n".join(connection.iterdump())


def test_a_person_is_exported_whole_and_each_look_is_recorded(app: Flask, desk: Callable[..., Any]) -> None:
    id_ = person_id(app)
    assert NAME in desk("/people").text
    told = desk(f"/people/{id_}/export.json").get_json()
    assert told["person"]["full_name"] == NAME
    assert [team["team"] for team in told["teams"]] == [TEAM]
    assert [look["what"] for look in told["looked_at"]] == ["export", "list"]
    looks = stored(app, "SELECT what, people FROM personal_access ORDER BY id")
    ((everybody,),) = stored(app, "SELECT count(*) FROM person")
    assert looks == [("list", everybody), ("export", 1)]
    assert "export of a person" in desk("/people/looks?lang=en").text


def test_erasing_leaves_nothing_but_a_sound_log(app: Flask, desk: Callable[..., Any]) -> None:
    id_ = person_id(app)
    desk(f"/people/{id_}/consent", results="y", signed_by="Нұрланова Сәуле", relation="mother")
    assert "Нұрланова Сәуле" in everything_stored(app)
    assert desk(f"/people/{id_}/erase", csrf="").status_code == 302
    assert NAME in everything_stored(app)  # without the tick that one is sure
    assert desk(f"/people/{id_}/erase", sure="y").status_code == 302
    left = everything_stored(app)
    assert NAME not in left
    assert "Нұрланова Сәуле" not in left
    assert desk(f"/people/{id_}").status_code == 404
    assert verify(app.extensions["engine"])["ok"]


def test_a_team_taken_down_is_its_number_everywhere_at_once(
    app: Flask, client: FlaskClient, desk: Callable[..., Any], runs: list[dict[str, Any]]
) -> None:
    paths = [
        "/api/v1/live/c/demo/schedule",
        "/api/v1/live/c/demo/field/A/queue",
        "/api/v1/live/c/demo/division/line/standings",
        "/c/demo/teams",
    ]
    before = {path: client.get(path) for path in paths}
    assert all(TEAM in answer.text for path, answer in before.items() if path != paths[0])
    entry = next(run["entry"]["id"] for run in runs if run["entry"]["team"] == TEAM)
    assert desk(f"/entries/{entry}/take-down", sure="y").status_code == 302
    for path in paths:
        tag = {"If-None-Match": before[path].headers["ETag"]} if "ETag" in before[path].headers else {}
        after = client.get(path, headers=tag)
        assert after.status_code == 200, path
        assert TEAM not in after.text, path
        assert NAME not in after.text, path
    left = everything_stored(app)
    assert TEAM not in left
    assert NAME not in left
    assert "Серікбаева Айгүл" not in left
    assert TEAM not in desk("/division/line/results.csv").text
    assert verify(app.extensions["engine"])["ok"]
    assert desk(f"/entries/{entry}/take-down", sure="y").status_code == 302  # refused, and said so


def test_the_state_folded_again_knows_nobody_who_was_erased(
    app: Flask, desk: Callable[..., Any], send: Send
) -> None:
    from app.registry.state import People
    from app.states import open_state

    receipt = send("organiser", "ErasePeople", "c/demo", {"people": [person_id(app)]})
    assert receipt["status"] == "accepted"
    with app.extensions["engine"].connect() as connection:
        again = open_state(connection, "c/demo")
    held = app.extensions["pipeline"].state("c/demo")
    assert again[People].by_id == held[People].by_id
    assert send("organiser", "ErasePeople", "c/demo", {"people": ["nobody"]})["code"] == "person_unknown"


def test_everybody_is_erased_only_once_their_day_is_over(app: Flask, desk: Callable[..., Any]) -> None:
    today = utc_now().date()
    desk("/people/retention", until=(today + timedelta(days=1)).isoformat())
    desk("/people/erase-all", sure="y")
    assert stored(app, "SELECT count(*) FROM person")[0][0] > 20
    desk("/people/retention", until=(today - timedelta(days=2)).isoformat())
    desk("/people/erase-all", sure="y")
    assert stored(app, "SELECT count(*) FROM person") == [(0,)]
    assert stored(app, "SELECT count(*) FROM entry_person") == [(0,)]
    assert verify(app.extensions["engine"])["ok"]


def test_what_the_public_reads_follows_from_the_consent(
    app: Flask, client: FlaskClient, desk: Callable[..., Any]
) -> None:
    id_ = person_id(app)
    assert "Нұрланұлы Ә." in client.get("/c/demo/teams").text
    assert NAME not in client.get("/c/demo/teams").text
    desk(f"/people/{id_}/consent", results="y", signed_by="Нұрланова Сәуле", relation="mother")
    assert NAME in client.get("/c/demo/teams").text
    desk(f"/people/{id_}/revoke-consent", csrf="")
    assert "Нұрланұлы" not in client.get("/c/demo/teams").text
    assert TEAM in client.get("/c/demo/teams").text


@pytest.mark.parametrize(
    ("full_name", "ticks", "shown"),
    [
        ("Нұрланұлы Әлихан", None, "Нұрланұлы Ә."),
        ("Нұрланұлы Әлихан Серікұлы", Ticks("2026-1", True, False, False), "Нұрланұлы Әлихан"),
        ("Ли", None, "Ли"),
        ("Ли Виктор", Ticks("2026-1", False, True, True), "Ли В."),
        ("Ли Виктор", Ticks("2026-1", False, False, False, revoked=True), None),
    ],
)
def test_public_names(full_name: str, ticks: Ticks | None, shown: str | None) -> None:
    assert public_name(full_name, None, None, ticks) == shown


def test_names_sort_as_the_kazakh_alphabet_does() -> None:
    names = [
        "Ящук",
        "Һасан",
        "Құрман",
        "Ким",
        "Ғабит",
        "Гречко",
        "Әділ",
        "Асан",
        "Өмір",
        "Осман",
        "Ілияс",
        "Ырыс",
    ]
    assert sorted(names, key=alphabetical) == [
        "Асан", "Әділ", "Гречко", "Ғабит", "Ким", "Құрман", "Осман", "Өмір", "Һасан", "Ырыс", "Ілияс", "Ящук",
    ]  # fmt: skip
