"""An application's way: handed in, returned, changed, accepted; terms, limits, secret addresses, refusals at fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from limits import RateLimitItemPerHour

from app.applications import limiting
from app.applications.state import Applications
from app.entries.state import Entries, public_entry
from app.eventlog.chain import utc_now
from app.eventlog.verifying import verify
from app.registry.state import People
from app.states import open_state
from tests.app.conftest import Send

from .conftest import Bearer, Open, filled, version

Terms = Callable[..., None]


def only(app: Flask) -> Any:
    (application,) = app.extensions["pipeline"].state("c/demo")[Applications].by_id.values()
    return application


def ids_of(page: str) -> dict[str, str]:
    """The hidden ids of people, as a browser would send them back."""
    found = re.findall(r'<input[^>]*name="((?:coach|members-\d+)-id)"[^>]*value="([0-9a-f-]+)"', page)
    return dict(found)


def test_the_form_is_shut_until_it_is_opened(web: Open, terms: Terms) -> None:
    assert 'data-testid="closed"' in web("/c/demo/apply").text
    assert web("/c/demo/apply", **filled()).status_code == 400
    terms(deadline=(utc_now() - timedelta(minutes=1)).isoformat())
    answer = web("/c/demo/apply?lang=en", **filled())
    assert (answer.status_code, "deadline is over" in answer.text) == (400, True)


def test_handed_in_answered_and_accepted_it_is_an_entry(
    app: Flask, web: Open, desk: Open, applied: str
) -> None:
    application = only(app)
    path = f"/applications/{application.id}"
    assert "Қуаныш Аян" in desk(path).text
    desk(f"{path}/return", version=application.version, note="Туған жылын тексеріңіз")
    page = web(applied)
    assert "Туған жылын тексеріңіз" in page.text
    changed = filled(team="Шапшаң-2") | ids_of(page.text) | {"version": version(page.text)}
    assert web(applied, **changed).status_code == 302
    assert only(app).status == "submitted"
    assert {p["id"] for p in only(app).people} == {p["id"] for p in application.people}
    assert desk(f"{path}/accept", version=only(app).version).status_code == 302
    state = app.extensions["pipeline"].state("c/demo")
    entry = list(state[Entries].by_id.values())[-1]
    assert (public_entry(state, entry.id)["team"], entry.division) == ("Шапшаң-2", "line")
    assert "Петрова В." in web("/c/demo/teams").text
    assert "+7 700" not in web("/c/demo/teams").text
    assert verify(app.extensions["engine"])["ok"]


def test_a_change_after_acceptance_reaches_the_entry(app: Flask, web: Open, desk: Open, applied: str) -> None:
    desk(f"/applications/{only(app).id}/accept", version=only(app).version)
    page = web(applied)
    other = {"members-1-surname": "Смирнова", "team": "Жебе"}
    changed = filled(**other) | ids_of(page.text) | {"version": version(page.text)}
    assert web(applied, **changed).status_code == 302
    teams = web("/c/demo/teams").text
    assert "Смирнова В." in teams
    assert "Петрова" not in teams
    assert "Жебе" in teams
    assert "Шапшаң" not in teams
    moved = changed | {"version": version(web(applied).text), "wanted-0-division": "trip"}
    assert web(applied, **moved).status_code == 400
    with app.extensions["engine"].connect() as connection:
        again = open_state(connection, "c/demo")
    held = app.extensions["pipeline"].state("c/demo")
    assert again[Applications].by_id == held[Applications].by_id
    assert again[People].by_id == held[People].by_id
    assert verify(app.extensions["engine"])["ok"]


def test_an_answer_to_what_changed_meanwhile_is_a_conflict(
    app: Flask, web: Open, desk: Open, applied: str
) -> None:
    seen = only(app).version
    page = web(applied)
    web(applied, **(filled(team="Басқа") | ids_of(page.text) | {"version": version(page.text)}))
    assert desk(f"/applications/{only(app).id}/accept", version=seen).status_code == 400
    assert only(app).status == "submitted"


def test_a_revoked_address_opens_nothing(app: Flask, web: Open, desk: Open, applied: str) -> None:
    page = desk(f"/applications/{only(app).id}/link", renew="1")
    assert web(applied).status_code == 404
    renewed = re.search(r'href="[^"]*(/c/demo/application/[^"]+)" data-testid="new-link"', page.text)
    assert renewed
    assert web(renewed.group(1)).status_code == 200
    desk(f"/applications/{only(app).id}/link", revoke="1")
    assert web(renewed.group(1)).status_code == 404
    with app.extensions["engine"].connect() as connection:
        stored = "\n".join(connection.connection.driver_connection.iterdump())
    assert applied.rsplit("/", 1)[1] not in stored


def test_taken_back_it_leaves_no_name(app: Flask, web: Open, applied: str) -> None:
    assert web(f"{applied}/withdraw", csrf="").status_code == 302
    with app.extensions["engine"].connect() as connection:
        stored = "\n".join(connection.connection.driver_connection.iterdump())
    for name in ("Қуаныш", "Петрова", "Шапшаң", "+7 700"):
        assert name not in stored
    assert verify(app.extensions["engine"])["ok"]


@pytest.mark.parametrize(
    ("bounds", "is_taken"),
    [
        ({"youngest": 12, "oldest": 14}, True),
        ({"youngest": 13}, False),
        ({"oldest": 13}, False),
        ({"youngest": 10, "oldest": 18}, True),
    ],
)
def test_age_is_counted_at_the_end_of_the_year(
    web: Open, terms: Terms, bounds: dict[str, int], is_taken: bool
) -> None:
    terms(divisions={"line": bounds})
    answer = web("/c/demo/apply", **filled())
    assert answer.status_code == (302 if is_taken else 400)
    assert is_taken or "error-members-" in answer.text


def test_over_a_limit_it_waits_and_cannot_be_accepted(
    app: Flask, web: Open, desk: Open, terms: Terms
) -> None:
    terms(divisions={"line": {"most": 6}})  # the demo has six
    assert web("/c/demo/apply", **filled()).status_code == 302
    assert only(app).status == "waiting"
    path = f"/applications/{only(app).id}"
    assert 'data-testid="limit"' in desk(path).text
    assert desk(f"{path}/accept", version=only(app).version).status_code == 400
    terms(divisions={"line": {"most": 7}}, most_of_organisation=1, most_of_region=1)
    assert desk(f"{path}/accept", version=only(app).version).status_code == 302
    web("/c/demo/apply", **filled(team="Екінші", **{"wanted-0-division": "trip"}))
    second = list(app.extensions["pipeline"].state("c/demo")[Applications].by_id.values())[-1]
    assert second.status == "waiting"


def test_a_districts_place_is_held_however_it_is_spelt(
    app: Flask, web: Open, desk: Open, terms: Terms
) -> None:
    terms(most_of_district=1)
    web("/c/demo/apply", **filled())
    assert desk(f"/applications/{only(app).id}/accept", version=only(app).version).status_code == 302
    for district, region in (("Абайский р-н", "KZ-10"), ("Абайский р-н", "KZ-35"), ("", "KZ-10")):
        web("/c/demo/apply", **filled(team=f"{district} {region}", district=district, region=region))
    applications = app.extensions["pipeline"].state("c/demo")[Applications].by_id.values()
    assert [one.status for one in applications] == ["accepted", "waiting", "submitted", "submitted"]
    assert 'data-testid="limit"' in desk(f"/applications/{list(applications)[1].id}").text


def test_what_was_returned_is_mended_after_the_deadline(
    app: Flask, web: Open, desk: Open, terms: Terms, applied: str
) -> None:
    past = "2020-01-01T00:00:00Z"
    terms(deadline=past)
    assert 'data-testid="closed"' in web(applied).text
    late = web(applied, **filled(team="Кеш", version=version(desk(f"/applications/{only(app).id}").text)))
    assert late.status_code == 400
    answer = {"version": only(app).version, "note": "Тегін тексеріңіз"}
    assert desk(f"/applications/{only(app).id}/return", **answer).status_code == 302
    page = web(applied).text
    assert 'data-testid="closed"' not in page
    assert web(applied, **filled(team="Түзелген", version=version(page))).status_code == 302
    assert only(app).status == "submitted"
    assert 'data-testid="closed"' in web(applied).text, "handed in once more it waits for the answer"


def test_many_are_accepted_at_once_and_limits_hold_for_each(
    app: Flask, web: Open, desk: Open, terms: Terms, bearer: Bearer
) -> None:
    terms(divisions={"line": {"most": 8}})  # the demo has six
    for number in range(4):
        web("/c/demo/apply", **filled(team=f"{number}-топ", organisation=f"№ {number} мектеп"))
    every = app.extensions["pipeline"].state("c/demo")[Applications].by_id
    ticked = [f"{one.id}:{one.version}" for one in every.values()]
    assert len(re.findall(r'name="one"[^>]* checked', desk("/applications?status=submitted").text)) == 4
    assert not re.findall(r'name="one"[^>]* checked', desk("/applications").text)
    stale = f"{next(iter(every))}:1"
    told = (
        app.test_client()
        .post(
            "/desk/c/demo/applications/accept",
            data={"one": [stale, *ticked[1:], "none:1", "broken"]},
            headers=bearer("organiser") | {"Accept-Language": "en"},
            follow_redirects=True,
        )
        .text
    )
    by_id = app.extensions["pipeline"].state("c/demo")[Applications].by_id
    assert [one.status for one in by_id.values()] == ["submitted", "accepted", "accepted", "submitted"]
    assert "2 applications accepted." in told
    assert "№ 1: " in told, "it changed meanwhile"
    assert "№ 4: Accepting this would go over a limit." in told


def test_rows_are_added_without_scripts_and_nothing_is_lost(web: Open, terms: Terms) -> None:
    terms()
    page = web("/c/demo/apply", **filled(add_members="1")).text
    assert page.count('data-testid="member"') == 3
    assert "Қуаныш" in page
    assert web("/c/demo/apply", **filled(drop_members="1")).text.count('data-testid="member"') == 1


def test_what_is_missing_is_said_at_its_field(web: Open, terms: Terms) -> None:
    terms()
    answer = web("/c/demo/apply", **filled(**{"team": "", "members-0-birth_year": "20"}))
    assert answer.status_code == 400
    assert 'data-testid="error-team"' in answer.text
    assert 'data-testid="error-members-0-birth_year"' in answer.text


def test_a_flood_is_stopped(web: Open, terms: Terms, monkeypatch: pytest.MonkeyPatch) -> None:
    terms()
    monkeypatch.setattr(limiting, "OF_AN_ADDRESS", RateLimitItemPerHour(2))
    answers = [web("/c/demo/apply?lang=en", **filled(team=f"T{n}")) for n in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 400]
    assert "Too much was sent" in answers[2].text


def test_nothing_personal_is_in_the_log(app: Flask, web: Open, desk: Open, applied: str) -> None:
    desk(f"/applications/{only(app).id}/accept", version=only(app).version)
    with app.extensions["engine"].connect() as connection:
        lines = connection.exec_driver_sql("SELECT body FROM log_entry").scalars().all()
        answers = connection.exec_driver_sql("SELECT answer FROM receipt").scalars().all()
    for name in ("Қуаныш", "Шапшаң", "Тәжібай", "+7 700", "№ 3 мектеп"):
        assert not any(name in text for text in [*lines, *map(str, answers)])


def test_letters_that_only_look_right_are_asked_about_once(web: Open, terms: Terms, app: Flask) -> None:
    terms()
    form = filled(**{"members-0-surname": "Qуаныш", "coach-surname": "Tәжібай", "team": "Kөкжал"})
    page = web("/c/demo/apply?lang=en", **form).text
    assert page.count('name="mend"') == 2, "Latin Q looks like no Cyrillic letter"
    seen = re.search(r'name="mends_seen"[^>]*value="([0-9a-f]+)"', page)
    assert seen
    answer = web("/c/demo/apply", **form, mends_seen=seen[1], mend="coach-surname")
    assert answer.status_code == 302
    with app.extensions["engine"].connect() as connection:
        surnames = {row[0] for row in connection.exec_driver_sql("SELECT surname FROM person")}
        teams = {row[0] for row in connection.exec_driver_sql("SELECT team FROM entry_card")}
    assert "\u0422әжібай" in surnames
    assert "Kөкжал" in teams, "what was not ticked stays as it was typed"
    own = web(answer.location.split("?")[0])
    again = (
        form
        | ids_of(own.text)
        | {"coach-surname": "\u0422әжібай", "version": version(own.text), "district": "Семей"}
    )
    answer = web(answer.location.split("?")[0], **again)
    assert answer.status_code == 302, "what was decided is not asked again"


def test_a_child_named_twice_is_told_at_the_field(web: Open, terms: Terms) -> None:
    terms()
    twice = filled()
    for name in ("surname", "given_name", "birth_year"):
        twice[f"members-1-{name}"] = twice[f"members-0-{name}"]
    answer = web("/c/demo/apply?lang=en", **twice)
    assert answer.status_code == 400
    assert "is in this team twice" in answer.text


def test_a_slip_in_the_year_of_the_deadline_is_refused(desk: Open, send: Send, web: Open) -> None:
    for day in ("0001-01-01T00:00", "9999-12-31T23:59"):
        page = desk("/applications/terms", is_open="y", deadline=day)
        assert page.status_code == 400, day
        assert 'data-testid="error-deadline"' in page.text
    for at in ("9999-12-31T23:59:00-05:00", "0001-01-01T00:00:00+05:00"):
        receipt = send("organiser", "SetApplicationTerms", "c/demo", {"is_open": True, "deadline": at}, 0)
        assert [error["code"] for error in receipt["errors"]] == ["field_year_wrong"]
    assert web("/c/demo/apply").status_code == 200


@pytest.mark.parametrize("odd", ["²", "9" * 5000, "-1", ""])
def test_a_version_that_is_no_number_is_refused(
    applied: str, web: Open, desk: Open, app: Flask, odd: str
) -> None:
    assert web(applied, **filled(version=odd)).status_code == 400
    [one] = app.extensions["pipeline"].state("c/demo")[Applications].by_id
    assert desk(f"/applications/{one}/edit", **filled(version=odd)).status_code == 400
    assert desk(f"/applications/{one}/accept", version=odd).status_code == 400
    assert desk("/applications/accept", one=f"{one}:{odd}").status_code == 302
