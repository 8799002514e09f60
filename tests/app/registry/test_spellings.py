"""Spellings of schools and districts that count together, and those that must not."""

from __future__ import annotations

import pytest

from app.registry.spellings import District, district_of, same_district, school_key, settled


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "Бостандық ауданы",
            "Бостандық  ауд.",
            "БОСТАНДЫКСКИЙ  район",
            "Бостандыкский р-н",
            "бостандық",
            "Бoстандық ауданы",
        ),
        ("Алматы ауданы", "Алматинский район", "Алматинский р/н"),
        ("Әуезов ауданы", "Ауэзовский район", "әуезов"),
        ("Сарыарқа", "Сарыаркинский район"),
        ("Алакөл ауданы", "Алакольский район", "Алакӛл"),
        ("Еңбекшіқазақ ауданы", "Енбекшиказахский район"),
        ("г. Костанай", "Қостанай қаласы", "Қостанай қал.", "город Костанай", "қ. Қостанай", "Костанай"),
        ("Шу ауданы", "Шуский район"),
        ("Семёновка", "Семеновка ауылы"),
        ("Burabay district", "burabay  District"),
    ],
)
def test_spellings_of_one_district_are_one(spellings: tuple[str, ...]) -> None:
    for one in spellings:
        assert all(same_district(one, other) for other in spellings), one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("г. Костанай", "Костанайский район"),
        ("Абай ауданы", "Абылай хан ауданы"),
        ("Алатауский район", "Алатау-2"),
        ("Семей", "Семипалатинск"),
        ("", "Абай ауданы"),
    ],
)
def test_two_districts_stay_two(one: str, other: str) -> None:
    assert not same_district(one, other)


def test_nothing_said_is_no_district() -> None:
    assert district_of("  ") is None
    assert same_district("", None)


def test_a_bare_name_counts_with_the_only_kind_there_is() -> None:
    bare, city, district = (
        District("костан", None),
        District("костан", "city"),
        District("костан", "district"),
    )
    assert settled([bare, city])[bare] == city
    assert settled([bare, city, district])[bare] == bare


def test_spellings_of_a_school_are_one() -> None:
    spellings = ("№ 5 мектеп", "«№5 Мектеп»", '"5-мектеп"', "No 5 МЕКТЕП", "№5 мeктеп")
    assert len({school_key(one) for one in spellings}) == 1
    assert school_key("Гимназия им. Ә. Бөкейхана") == school_key("гимназия им А.Бокейхана")
    assert school_key("№ 5 мектеп") != school_key("№ 15 мектеп")
