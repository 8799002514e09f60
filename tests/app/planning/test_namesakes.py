"""Who is one person in several teams: told by more than a name, shown to the organiser, and put right by them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.database import reader
from app.pipeline import Pipeline
from app.planning.asking import question_of
from app.planning.namesakes import Someone, identities, namesakes
from tests.app.conftest import Send
from tests.app.planning.conftest import PLAN, version_in
from tests.app.planning.test_plan import ASKED

PEOPLE = "/desk/c/demo/plan/people"


def someone(id_: str, entry: str, year: int | None = None, **more: Any) -> Someone:
    facts: dict[str, Any] = {"part": "member", "name": "Ахметов Алихан", "organisation": "", "contact": ""}
    return Someone(id=id_, entry=entry, birth_year=year, **facts | more)


def one_person(*people: Someone, decided: Any = ()) -> bool:
    known = identities(people, decided)
    return len(set(known.values())) == 1


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ({"year": 2012}, {"year": 2012}, True),
        ({"year": 2012}, {"year": 2013}, False),
        ({"year": 2012}, {"year": 2012, "name": "АХМЕТОВ  Әлихан"}, True),
        ({"year": 2012}, {"year": None}, False),
        ({"year": 2012, "part": "member"}, {"year": 2012, "part": "coach"}, False),
        ({"organisation": "№ 1 мектеп"}, {"organisation": "№ 2 мектеп"}, False),
        ({"organisation": "№ 1 мектеп"}, {"organisation": "№ 1 МЕКТЕП"}, True),
        (
            {"organisation": "№ 1", "contact": "+7 701 1"},
            {"organisation": "№ 2", "contact": "+7 701 1"},
            True,
        ),
    ],
)
def test_a_name_alone_makes_nobody_one(first: Any, second: Any, is_one: bool) -> None:
    assert one_person(someone("p1", "e1", **first), someone("p2", "e2", **second)) == is_one


def test_what_somebody_decided_counts_and_whoever_came_since_opens_it_again() -> None:
    one, other = someone("p1", "e1", 2012), someone("p2", "e2", 2012)
    apart = [{"persons": ["p1", "p2"], "one": False}]
    assert not one_person(one, other, decided=apart)
    third = someone("p3", "e3", 2012)
    [line] = namesakes([one, other, third], apart)
    assert (line.said, len(line.taken)) == ("", 1)
    strangers = someone("p4", "e4", 2012), someone("p5", "e5", 2013)
    assert one_person(*strangers, decided=[{"persons": ["p4", "p5"], "one": True}])


@pytest.fixture
def namesaked(send: Send, desk: Callable[..., str], client: FlaskClient) -> None:
    """Two teams with a child of one name, a year apart, and a coach of both from one school."""
    rows = [
        {
            "division": "line", "team": team, "organisation": "№ 7 мектеп", "region": "KZ-75",
            "coach": "Сәрсен Гүлнар", "members": [{"full_name": "Ахметов Алихан", "birth_year": year}],
        }
        for team, year in (("Ақ", 2012), ("Көк", 2013))
    ]  # fmt: skip
    name = {"kk": "Жол", "ru": "Линия", "en": "Line"}
    steps = [
        ("AddDivision", "c/demo", {"code": "second", "name": name, "discipline": "line-race"}),
        ("ImportEntries", "c/demo", {"rows": [row | {"division": "second"} for row in rows]}),
        ("DrawStartList", "c/demo/division/second", {"field": "A"}),
    ]
    for type_, target, payload in steps:
        receipt = send("organiser", type_, target, payload)
        assert receipt["status"] == "accepted", receipt
    fields = {"fields-line": [], "fields-second": ["A", "B"], "minutes-second": "5"}
    desk("asked", **ASKED | fields)


def shared(client: FlaskClient, pipeline: Pipeline) -> int:
    """How many people are in both teams, to the solver."""
    with client.application.app_context(), pipeline.reading(), reader() as connection:
        state = pipeline.state("c/demo")
        assert state is not None
        one, other = question_of(connection, state).instance["entries"]
    return len(set(one["people"]) & set(other["people"]))


def test_the_organiser_sees_who_is_one_and_says_otherwise(
    namesaked: None, client: FlaskClient, bearer: Any, pipeline: Pipeline, send: Send
) -> None:
    assert shared(client, pipeline) == 1
    page = client.get(PEOPLE, headers=bearer("organiser")).text
    taken = re.findall(r'data-testid="taken">(\d)', page)
    assert sorted(taken) == ["1", "2"]
    coach, child = re.findall(r'<select class="form-select" name="([^"]+)"', page)
    for decided, count in ({coach: "different"}, 0), ({coach: "different", child: "one"}, 1), ({}, 1):
        decided = decided | {"version": version_in(client.get(PLAN, headers=bearer("organiser")).text)}
        assert client.post(PEOPLE, data=decided, headers=bearer("organiser")).status_code == 302
        assert shared(client, pipeline) == count
    # Saving the form of hours keeps what was decided, and the look at people's names is on record.
    seen = version_in(client.get(PLAN, headers=bearer("organiser")).text)
    client.post(PEOPLE, data={coach: "different", "version": seen}, headers=bearer("organiser"))
    form = ASKED | {"fields-line": [], "fields-second": ["A"], "minutes-second": "5"}
    form |= {"version": version_in(client.get(PLAN, headers=bearer("organiser")).text)}
    client.post("/desk/c/demo/plan/asked", data=form, headers=bearer("organiser"))
    assert shared(client, pipeline) == 0
    assert client.get(PEOPLE, headers=bearer("referee")).status_code == 403
    looks = client.get("/desk/c/demo/people/looks.csv?what=namesakes", headers=bearer("organiser"))
    assert len(looks.text.strip().splitlines()) == 2  # the headings, and the look above


def test_of_two_who_decide_at_once_the_second_is_told(
    namesaked: None, client: FlaskClient, bearer: Any, pipeline: Pipeline
) -> None:
    page = client.get(PEOPLE, headers=bearer("organiser")).text
    seen = {"version": version_in(page)}
    coach, child = re.findall(r'<select class="form-select" name="([^"]+)"', page)
    first = client.post(PEOPLE, data=seen | {coach: "different"}, headers=bearer("organiser"))
    assert first.status_code == 302
    late = client.post(PEOPLE, data=seen | {child: "one"}, headers=bearer("organiser"))
    assert late.status_code == 409
    assert 'data-testid="meanwhile"' in late.text
    assert late.text.count("selected") == 1, "what was chosen stays, though it is not stored"
    assert shared(client, pipeline) == 0
    # Somebody's change of hours is no reason to refuse it.
    hours = ASKED | {"fields-line": [], "fields-second": ["A"], "minutes-second": "6"}
    seen = {"version": version_in(late.text)}
    assert client.post(f"{PLAN}/asked", data=hours | seen, headers=bearer("organiser")).status_code == 302
    both = seen | {child: "one", coach: "different"}
    assert client.post(PEOPLE, data=both, headers=bearer("organiser")).status_code == 302
    assert shared(client, pipeline) == 1
