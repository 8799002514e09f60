"""Letters that only look right: which are found, what they become, and what is left alone."""

from __future__ import annotations

import pytest

from app.registry.mending import changed_letters, code_page_mended, letters_mended


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Oмаров", "\u041eмаров"),
        ("Cерік", "\u0421ерік"),
        ("Жамбылcкая область", "Жамбыл\u0441кая область"),
        ("Yміт", "\u04aeміт"),
        ("шаhар", "ша\u04bbар"),
        ("Əділ", "\u04d8діл"),
        ("Кӛкжал", "Көкжал"),
        ("Rоbоt", "R\u006fb\u006ft"),
    ],
)
def test_a_word_of_two_alphabets_becomes_one_of_one(was: str, now: str) -> None:
    assert letters_mended(was) == now
    assert letters_mended(now) == now


@pytest.mark.parametrize(
    "text", ["LEGO клубы", "IT мектеп", "Команда A", "IТ", "Müller", "Ўрмонов", "№ 5", "Өмір"]
)
def test_what_is_meant_stays(text: str) -> None:
    assert letters_mended(text) == text


def test_initials_of_a_cyrillic_name_are_cyrillic() -> None:
    assert letters_mended("Омаров A.B.", is_name=True) == "Омаров \u0410.\u0412."
    assert letters_mended("Smith A.", is_name=True) == "Smith A."


def test_text_of_the_old_code_page() -> None:
    spoilt = "Қатысушылар".encode("kz1048").decode("cp1251")
    assert code_page_mended(spoilt) == "Қатысушылар"
    assert code_page_mended("Қатысушылар") == "Қатысушылар"
    assert code_page_mended("Ўзбек қызы") == "Ўзбек қызы", "what has Kazakh letters was read as it is"


def test_which_letters_were_changed_can_be_shown() -> None:
    assert changed_letters("Oмаров", "\u041eмаров") == [("O", True), ("маров", False)]
