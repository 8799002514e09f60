"""Lists with one person a row, and everything that is said of people and their schools."""

from __future__ import annotations

from typing import Any

import pytest

from app.entries.cells import birth_year_of, organisation_kind_of, people_in, sex_of
from app.entries.importing import Preview, preview

HEADINGS = (
    "Команда;Школа;Фамилия;Имя;Отчество;Год рождения;Класс;Пол;Тренер;Телефон;Район;Тип организации"
    ";Название робота"
)  # fmt: skip


def read(*lines: str) -> Preview:
    return preview("\n".join(lines).encode(), {"line": []})


def codes(made: Preview) -> list[tuple[str, int, str]]:
    return [(problem["code"], problem["row"], problem["column"]) for problem in made.problems]


def test_people_are_put_together_into_teams() -> None:
    made = read(
        HEADINGS,
        "Барыс;№ 5;Оспан;Аян;Серікұлы;12.05.2012;7 «А»;м;Әлі Бек;87001112233;Абай ауданы;Школа;Жүйрік",
        "Тұлпар;№ 6;Ер;Нұр;;2011;8;Ж;;;;;",
        "«Барыс»;№5;Қали;Дана;;2013;6;қыз;;;;;",
    )
    assert made.problems == []
    barys, tulpar = made.rows
    assert (barys["rows"], barys["district"], barys["organisation_kind"]) == ([2, 4], "Абай ауданы", "school")
    assert (barys["coach"], barys["contact"], barys["robot"]) == ("Әлі Бек", "87001112233", "Жүйрік")
    first, second = barys["members"]
    assert first == {
        "full_name": "Оспан Аян Серікұлы", "surname": "Оспан", "given_name": "Аян", "patronymic": "Серікұлы",
        "birth_year": 2012, "grade": "7 «А»", "sex": "m",
    }  # fmt: skip
    assert (second["full_name"], second["birth_year"], second["sex"]) == ("Қали Дана", 2013, "f")
    assert [one["full_name"] for one in tulpar["members"]] == ["Ер Нұр"]


def test_where_rows_of_a_team_disagree_it_is_said() -> None:
    made = read("Команда;Школа;ФИО;Тренер", "Барыс;5;Оспан Аян;Әлі Бек", "Барыс;5;Қали Дана;Басқа Кісі")
    assert codes(made) == [("team_differs", 3, "coach")]
    assert made.rows[0]["coach"] == "Әлі Бек"


def test_an_empty_team_goes_on_from_the_row_above() -> None:
    made = read(
        "Команда;Школа;ФИО", "Барыс;5;Оспан Аян", ";;Қали Дана", ";5;Ер Нұр", "Тұлпар;6;Сан Мен", ";7;Бір Екі"
    )
    assert [(row["team"], len(row["members"])) for row in made.rows] == [("Барыс", 3), ("Тұлпар", 1), ("", 1)]
    assert codes(made) == [("cell_empty", 6, "team")]


def test_what_cannot_be_read_of_a_person_is_left_out_and_said() -> None:
    made = read(
        "Команда;Школа;Тип организации;Фамилия;Имя;Год рождения;Пол",
        "Барыс;5;ТОО;Оспан;Аян;скоро;не знаю",
    )
    assert {problem["level"] for problem in made.problems} == {"warning"}
    assert codes(made) == [
        ("organisation_kind_unknown", 2, "organisation_kind"),
        ("birth_year_unreadable", 2, "birth_year"),
        ("sex_unreadable", 2, "sex"),
    ]
    assert made.rows[0]["members"][0]["birth_year"] is None


def test_values_of_members_listed_in_one_cell_go_with_them() -> None:
    made = read(
        "Команда;Школа;Участники;Год рождения",
        'А;5;"Бір Екі\nҮш Төрт";"2011, 2012"',
        "Б;6;Бес Алты, Жеті;2011",
    )
    assert [[one["birth_year"] for one in row["members"]] for row in made.rows] == [
        [2011, 2012],
        [None, None],
    ]
    assert codes(made) == [("details_not_matched", 3, "birth_year")]


def test_columns_that_say_nothing_of_anybody_are_not_used() -> None:
    made = read("Команда;Школа;Год рождения;Телефон;Ескерту", "А;5;2011;8700;жоқ")
    unused = [heading["text"] for heading in made.headings if not heading["used"]]
    assert unused == ["Год рождения", "Телефон", "Ескерту"]
    assert made.says == ["organisation", "team"]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Школа-лицей", "school"), ("мектеп-гимназия", "school"), ("СЮТ", "technicians"),
        ("Дворец школьников", "palace"),
        ("Оқушылар сарайы", "palace"), ("кружок", "circle"), ("Колледж", "college"), ("Частная студия", "studio"),
        ("university", "university"), ("басқа", "other"), ("ТОО", None),
    ],
)  # fmt: skip
def test_kinds_of_organisations(written: str, kind: str | None) -> None:
    assert organisation_kind_of(written) == kind


def test_values_as_people_write_them() -> None:
    years: dict[str, Any] = {
        "2012": 2012,
        "05.09.2012 г.": 2012,
        "2012-05-01 00:00:00": 2012,
        "12": None,
        "1812": None,
    }
    assert {text: birth_year_of(text) for text in years} == years
    assert [sex_of(text) for text in ("М", "жен.", "ұл", "Қыз", "?")] == ["m", "f", "m", "f", None]
    assert people_in("1. Оспан Аян\n2) Қали Дана; Ер Нұр") == ["Оспан Аян", "Қали Дана", "Ер Нұр"]
