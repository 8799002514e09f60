"""One child in two teams: told, never refused; one school written in many ways: one school."""

from __future__ import annotations

import pytest

from app.entries.duplicates import Place, people_twice
from app.entries.updating import as_compared


def place(team: str, organisation: str, row: int | None, *members: tuple[str, int | None]) -> Place:
    return Place(team, organisation, members, row)


def test_the_same_name_in_two_schools_is_told_where_it_stands_second() -> None:
    found = people_twice(
        [
            place("Барыс", "№ 5", 2, ("Оспан Аян", 2012), ("Қали Дана", None)),
            place("Тұлпар", "№ 6", 3, ("\u041eСПАН  Аян", 2012), ("Oспан Аян", 2014)),
            place("Сұңқар", "№ 7", None, ("қали дана", 2011)),
        ]
    )
    assert [(one.code, one.row, one.facts["name"], one.facts["team"]) for one in found] == [
        ("person_elsewhere", 2, "Қали Дана", "Сұңқар"),
        ("person_elsewhere", 3, "\u041eСПАН  Аян", "Барыс"),
    ]


def test_one_team_in_two_divisions_is_no_duplicate_and_a_name_of_one_word_needs_a_year() -> None:
    assert people_twice(
        [
            place("Барыс", "№ 5", 2, ("Оспан Аян", None), ("Аян", None)),
            place("«Барыс»", "№5", 3, ("Оспан Аян", None)),
            place("Тұлпар", "№ 6", 4, ("Аян", None)),
        ]
    ) == []  # fmt: skip
    found = people_twice([place("А", "1", 2, ("Аян", 2012)), place("Б", "2", 3, ("Аян", 2012))])
    assert [one.code for one in found] == ["person_elsewhere"]


def test_a_child_twice_in_one_team_is_told() -> None:
    found = people_twice([place("А", "1", 2, ("Оспан Аян", 2012), ("Оспан Аян", 2012), ("Оспан Аян", 2010))])
    assert [(one.code, one.row) for one in found] == [("person_repeated", 2)]


@pytest.mark.parametrize(
    "written",
    [
        "№1 мектеп",
        "№ 1  мектеп",
        "No 1 мектеп",
        "No1 МЕКТЕП",
        "N 1 мектеп",
        "«№ 1» мектеп",
        '"№1" мектеп',
        "#1 мектеп",
    ],
)
def test_one_school_written_in_many_ways(written: str) -> None:
    assert as_compared(written) == as_compared("№ 1 мектеп")


def test_different_schools_stay_different() -> None:
    schools = ["№ 1 мектеп", "№ 11 мектеп", "1 мектеп", "№ 1 лицей", "Nova мектеп", "No limits мектеп"]
    assert len({as_compared(school) for school in schools}) == len(schools)
