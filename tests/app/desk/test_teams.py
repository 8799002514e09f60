"""One team by hand: registered at the door with the checks a list gets, changed without losing who is who."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.desk.submitting import submit_form
from app.entries.queries import registered
from app.entries.state import Entries, Entry
from app.entries.updating import Registered
from app.eventlog.chain import utc_now
from app.eventlog.verifying import verify
from app.registry.consents import texts
from app.registry.state import People
from app.runs.state import Runs
from tests.app.applications.conftest import filled, web
from tests.app.conftest import Send
from tests.app.desk.desking import Desk, said

__all__ = ["web"]

Bearer = Callable[[str], dict[str, str]]
HERE = "/desk/c/demo/entries"
NEW = f"{HERE}/new"

ALONE = {"division": "line", "team": "Келген", "organisation": "№ 9 мектеп"}
"""A team of which nobody is named yet."""


@pytest.fixture
def desk(client: FlaskClient, bearer: Bearer) -> Desk:
    return Desk(client, bearer("organiser"))


def form(**more: str) -> dict[str, str]:
    return {
        "division": "line", "team": "Келген", "organisation": "№ 9 мектеп", "organisation_kind": "school",
        "region": "KZ-35", "district": "Абай ауданы", "robot": "Дүлдүл",
        "coach-full_name": "Серік Асқар", "coach-contact": "+7 700 1",
        "members-0-full_name": "Әлі Нұр", "members-0-birth_year": str(utc_now().year - 12), "members-0-sex": "m",
        "members-1-full_name": "Бек  Сая",
    } | more  # fmt: skip


def newest(app: Flask) -> Entry:
    entries: list[Entry] = list(app.extensions["pipeline"].state("c/demo")[Entries].by_id.values())
    return entries[-1]


def stands(app: Flask, entry: Entry) -> Registered:
    with app.extensions["engine"].connect() as connection:
        [one] = registered(connection, "c/demo", [entry], ())
    return one


def seen(page: str) -> str:
    found = re.search(r'name="seen"[^>]*value="([0-9a-f]{64})"', page)
    assert found, page
    return found[1]


def fields(page: str) -> dict[str, str]:
    """What the hidden fields of the form carry: who was who when it was opened."""
    names = re.findall(
        r'<input id="[^"]*" name="((?:coach|members-\d+)-id|card|opened_in)" type="hidden" value="([^"]*)"',
        page,
    )
    return dict(names)


def test_a_team_is_registered_and_sealed(app: Flask, desk: Desk) -> None:
    page = desk.post(NEW, NEW, form())
    entry = newest(app)
    assert f"№ {entry.number}" in said(page, "flash")[0]
    one = stands(app, entry)
    assert (one.team, one.organisation, one.region) == ("Келген", "№ 9 мектеп", "KZ-35")
    assert one.details == {"organisation_kind": "school", "district": "Абай ауданы", "robot": "Дүлдүл"}
    assert sorted((name, part) for _id, name, part in one.people) == [
        ("Бек Сая", "member"), ("Серік Асқар", "coach"), ("Әлі Нұр", "member"),
    ]  # fmt: skip
    assert {one.known[id_]["birth_year"] for id_, name, _ in one.people if name == "Әлі Нұр"} == {
        utc_now().year - 12
    }
    engine = app.extensions["engine"]
    assert verify(engine)["ok"]
    with engine.connect() as connection:
        log = " ".join(connection.exec_driver_sql("SELECT body FROM log_entry").scalars())
    assert not any(name in log for name in ("Келген", "Әлі", "Асқар", "+7 700"))


def test_what_the_draw_means_is_said_and_settled_with_one_button(app: Flask, desk: Desk) -> None:
    assert "runs last in each round" in " ".join(
        re.findall(r'data-testid="drawn".*?</div>', desk.get(NEW), re.S)
    )
    page = desk.post(NEW, NEW, form())
    entry = newest(app)
    assert app.extensions["pipeline"].state("c/demo")[Runs].attempts_of(entry.id) == []
    assert 'data-testid="add-late"' in page
    desk.post(f"{HERE}/{entry.id}", "/desk/c/demo/division/line/late-entries", {})
    assert len(app.extensions["pipeline"].state("c/demo")[Runs].attempts_of(entry.id)) == 3
    assert 'data-testid="late"' not in desk.get(f"{HERE}/{entry.id}")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"team": ""}, "error-team"),
        ({"division": "none"}, "error-division"),
        ({"region": "KZ-99"}, "error-region"),
        ({"members-0-birth_year": "1800"}, "error-members-0-birth_year"),
        ({"members-1-full_name": "", "members-1-grade": "5"}, "error-members-1-full_name"),
        ({"team": "x" * 201}, "error-team"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    app: Flask, desk: Desk, changed: dict[str, str], field: str
) -> None:
    before = newest(app)
    assert f'data-testid="{field}"' in desk.post(NEW, NEW, form(**changed), 400)
    assert newest(app) == before


def test_a_team_that_is_there_is_not_doubled(app: Flask, desk: Desk) -> None:
    desk.post(NEW, NEW, form())
    before = newest(app)
    page = desk.post(NEW, NEW, ALONE | {"team": "КЕЛГЕН"}, 400)
    assert "already in this division" in said(page, "error-team")[0]
    assert newest(app) == before


def test_ages_limits_twins_and_letters_are_said_once_and_do_not_bar(
    app: Flask, desk: Desk, send: Send
) -> None:
    terms = {
        "is_open": True,
        "most_of_organisation": 1,
        "divisions": {"line": {"oldest": 13}, "trip": {"oldest": 11}},
    }
    assert send("organiser", "SetApplicationTerms", "c/demo", terms, 0)["status"] == "accepted"
    desk.post(NEW, NEW, form())
    first = newest(app)
    again = form(team="Кeлген 2", organisation="«№9 Мектеп»", division="trip")  # a Latin e
    page = desk.post(NEW, NEW, again)
    told = " ".join(said(page, "warning"))
    assert newest(app) == first
    assert "takes members up to 11" in told
    assert "An organisation may have 1 entries" in told
    assert "Әлі Нұр" in told
    assert "Келген" in told
    assert "Кeлген 2" not in said(page, "look-at")
    assert 'value="team"' in page
    desk.post(NEW, NEW, again | {"seen": seen(page), "mend": "team"})
    assert stands(app, newest(app)).team == "Келген 2"


def test_a_change_keeps_who_stays_and_their_consent(app: Flask, desk: Desk, send: Send) -> None:
    desk.post(NEW, NEW, form())
    entry = newest(app)
    page_address = f"{HERE}/{entry.id}/team"
    page = desk.get(page_address)
    hidden = fields(page)
    ids = {name: id_ for id_, name, _ in stands(app, entry).people}
    order = [f"members-{at}-id" for at in range(2)]
    assert {hidden[one] for one in order} == {ids["Әлі Нұр"], ids["Бек Сая"]}
    by_id = {hidden[one]: one.removesuffix("-id") for one in order}
    consent = {"person": ids["Әлі Нұр"], "version": list(texts())[-1], "results": True, "photo": False,
               "contact": False, "signed_by": "Нұр Дана", "relation": "mother", "salt": "0" * 16}  # fmt: skip
    desk.post(
        f"/desk/c/demo/people/{ids['Әлі Нұр']}", f"/desk/c/demo/people/{ids['Әлі Нұр']}/consent", consent
    )

    ali, bek = by_id[ids["Әлі Нұр"]], by_id[ids["Бек Сая"]]
    change = form(robot="Тұлпар", **hidden)
    for at in range(2):
        for name in ("full_name", "birth_year", "sex"):
            change.pop(f"members-{at}-{name}", None)
    change |= {f"{ali}-full_name": "Әли Нұр", f"{ali}-birth_year": "2012", f"{bek}-full_name": "Дос Ер"}
    page = desk.post(page_address, page_address, change)
    assert newest(app) == entry, "who is written otherwise is asked about first"
    assert page.count('data-testid="same-person"') == 2
    desk.post(page_address, page_address, change | {"seen": seen(page), f"{ali}-same": "y"})
    one = stands(app, newest(app))
    state = app.extensions["pipeline"].state("c/demo")
    now = {name: id_ for id_, name, _ in one.people}
    assert set(now) == {"Әли Нұр", "Дос Ер", "Серік Асқар"}
    assert now["Әли Нұр"] == ids["Әлі Нұр"]
    assert state[People].by_id[now["Әли Нұр"]].ticks.results
    assert one.known[now["Әли Нұр"]]["birth_year"] == 2012
    assert now["Дос Ер"] != ids["Бек Сая"]
    assert ids["Бек Сая"] not in state[People].by_id
    assert now["Серік Асқар"] == ids["Серік Асқар"]
    assert one.details["robot"] == "Тұлпар"
    with app.extensions["engine"].connect() as connection:
        names = connection.exec_driver_sql("SELECT full_name FROM person").scalars().all()
    assert "Бек Сая" not in names
    assert "Әлі Нұр" not in names
    assert verify(app.extensions["engine"])["ok"]


def test_two_who_change_one_team_do_not_overwrite_each_other(app: Flask, desk: Desk) -> None:
    desk.post(NEW, NEW, form())
    entry = newest(app)
    address = f"{HERE}/{entry.id}/team"
    opened = form(**fields(desk.get(address)))
    assert "Everything is as it was." in said(desk.post(address, address, opened), "flash")
    desk.post(address, address, opened | {"robot": "Бірінші"})
    page = desk.post(address, address, opened | {"robot": "Екінші"})
    assert "changed this team meanwhile" in said(page, "flash")[0]
    assert stands(app, newest(app)).details["robot"] == "Бірінші"


def test_whoever_opened_a_team_before_it_was_moved_does_not_move_it_back(
    app: Flask, desk: Desk, send: Send
) -> None:
    desk.post(NEW, NEW, form())
    entry = newest(app)
    address = f"{HERE}/{entry.id}/team"
    opened = form(**fields(desk.get(address)))
    send("organiser", "MoveEntry", f"c/demo/entry/{entry.id}", {"division": "trip"})
    page = desk.post(address, address, opened | {"robot": "Екінші"})
    assert "changed this team meanwhile" in said(page, "flash")[0]
    assert newest(app).division == "trip"


def test_whoever_opened_a_team_before_a_person_was_erased_does_not_bring_them_back(
    app: Flask, desk: Desk, send: Send
) -> None:
    desk.post(NEW, NEW, form())
    entry = newest(app)
    address = f"{HERE}/{entry.id}/team"
    opened = form(**fields(desk.get(address)))
    [person] = [id_ for id_, name, _part in stands(app, entry).people if name == "Әлі Нұр"]
    assert send("organiser", "ErasePeople", "c/demo", {"people": [person]})["status"] == "accepted"
    page = desk.post(address, address, opened | {"robot": "Екінші"})
    assert "changed this team meanwhile" in said(page, "flash")[0]
    assert "Әлі Нұр" not in stands(app, newest(app)).names("member")


def test_of_two_registered_at_once_each_is_told_its_own_number(
    app: Flask, desk: Desk, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_another_after(*asked: Any) -> bool:
        done = submit_form(*asked)
        other = {"division": "line", "team": "Қатар", "organisation": "№ 1 мектеп"}
        assert send("organiser", "ImportEntries", "c/demo", {"rows": [other]})["status"] == "accepted"
        return done

    monkeypatch.setattr("app.desk.teams.teams.submit_form", with_another_after)
    page = desk.post(NEW, NEW, form())
    number = newest(app).number - 1
    assert f"Келген is registered under № {number}." in said(page, "flash")[0]


def test_a_team_moves_to_another_division_until_it_is_drawn(app: Flask, desk: Desk, send: Send) -> None:
    desk.post(NEW, NEW, form())
    entry = newest(app)
    address = f"{HERE}/{entry.id}/team"
    desk.post(address, address, form(division="trip", **fields(desk.get(address))))
    state = app.extensions["pipeline"].state("c/demo")
    assert state[Entries].by_id[entry.id].division == "trip"
    assert (
        send("organiser", "MoveEntry", f"c/demo/entry/{entry.id}", {"division": "line"})["status"]
        == "accepted"
    )
    assert send("organiser", "AddLateEntries", "c/demo/division/line", {})["status"] == "accepted"
    assert (
        send("organiser", "MoveEntry", f"c/demo/entry/{entry.id}", {"division": "trip"})["code"]
        == "entry_drawn"
    )
    page = desk.post(address, address, form(division="trip", **fields(desk.get(address))), 400)
    assert "its division stays" in said(page, "error-division")[0]
    assert (
        send("organiser", "MoveEntry", f"c/demo/entry/{entry.id}", {"division": "x"})["code"]
        == "division_unknown"
    )


def test_a_team_is_moved_and_changed_at_once_or_not_at_all(app: Flask, desk: Desk, send: Send) -> None:
    other = {"division": "trip", "team": "Басқа", "organisation": "№ 9 мектеп"}
    assert send("organiser", "ImportEntries", "c/demo", {"rows": [other]})["status"] == "accepted"
    desk.post(NEW, NEW, form())
    entry, state = newest(app), app.extensions["pipeline"].state("c/demo")
    address, before = f"{HERE}/{entry.id}/team", state.seq
    taken = form(division="trip", team="Басқа", robot="Екінші", **fields(desk.get(address)))
    page = desk.post(address, address, taken, 400)
    assert "already in this division" in said(page, "error-team")[0]
    assert (newest(app).division, state.seq) == ("line", before), "neither was done"
    assert stands(app, entry).details["robot"] == "Дүлдүл"

    free = form(division="trip", team="Бос ат", robot="Екінші", **fields(desk.get(address)))
    desk.post(address, address, free)
    moved = newest(app)
    assert (moved.division, moved.number) == ("trip", entry.number)
    assert stands(app, moved).details["robot"] == "Екінші"
    assert stands(app, moved).names("member") == ["Әлі Нұр", "Бек Сая"]
    assert state.seq == before + 2

    change = {"entry": moved.id, "team": "Бос ат", "organisation": "№ 9 мектеп", "region": "KZ-35"}
    target, payload = (
        f"c/demo/entry/{entry.id}",
        {"division": "line", "change": change | {"card": "an older one"}},
    )
    receipt = send("organiser", "MoveEntry", target, payload)
    assert [error["code"] for error in receipt["errors"]] == ["entry_changed_meanwhile"]
    other_one = next(iter(state[Entries].by_id))
    payload = {"division": "line", "change": change | {"entry": other_one}}
    assert send("organiser", "MoveEntry", target, payload)["code"] == "entry_unknown"
    assert (newest(app).division, state.seq) == ("trip", before + 2)


def test_who_applied_is_changed_where_the_application_is(
    app: Flask, desk: Desk, web: Any, send: Send
) -> None:
    send("organiser", "SetApplicationTerms", "c/demo", {"is_open": True}, 0)
    web("/c/demo/apply", **filled())
    applications = re.findall(
        r"/desk/c/demo/applications/([0-9a-f-]{36})", desk.get("/desk/c/demo/applications")
    )
    here = f"/desk/c/demo/applications/{applications[0]}"
    version = re.search(r'name="version"[^>]*value="(\d+)"', desk.get(here))
    assert version
    app.config["WTF_CSRF_ENABLED"] = True
    desk.post(here, f"{here}/accept", {"version": version[1]})
    entry = newest(app)
    page = desk.post(f"{here}/edit", f"{HERE}/{entry.id}/team", {})
    hidden = dict(re.findall(r'<input id="[^"]*" name="([^"]+)" type="hidden" value="([^"]*)"', page))
    del hidden["csrf_token"]
    desk.post(f"{here}/edit", f"{here}/edit", filled(district="Нұра ауданы") | hidden)
    assert stands(app, newest(app)).details["district"] == "Нұра ауданы"


def test_a_look_at_a_teams_people_is_recorded(app: Flask, desk: Desk) -> None:
    desk.post(NEW, NEW, form())
    desk.get(f"{HERE}/{newest(app).id}/team")
    with app.extensions["engine"].connect() as connection:
        looks = connection.exec_driver_sql("SELECT what, people FROM personal_access").all()
    assert ("team", 3) in [tuple(look) for look in looks]
