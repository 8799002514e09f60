"""What a list may have meant: offered by row and column, imposed on nobody, carried out where it is accepted."""

from __future__ import annotations

from typing import Any

from app.entries.importing import preview
from app.entries.mends import CODE_PAGE, YES, all_plain, carried_out

DIVISIONS = {"line": ["Сызық бойымен жарыс", "Гонки по линии", "Line race"], "trip": ["Үлкен саяхат"]}
HEADINGS = "Бағыт;Команда;Мектеп;Облыс;Жетекші;Қатысушылар"


def csv_of(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def spoilt(text: str) -> str:
    return text.encode("kz1048").decode("cp1251")


def told(mends: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [
        (mend["kind"], mend["column"], mend["was"], mend["now"] or mend["choices"], mend["rows"])
        for mend in mends
    ]


def test_letters_and_regions_are_offered_by_row_and_column() -> None:
    made = preview(
        csv_of(
            HEADINGS,
            "line;Барыс;№ 5;Jambyl;Oмаров Ерлан;Cерік Аян, Әли Бек",
            "line;Кӛкжал;№ 6;Jambyl;;Cерік Аян",
            "line;Тұлпар;№ 7;Кокчетавская область;;",
            "line;Сұңқар;№ 8;Марс;;",
        ),
        DIVISIONS,
    )
    assert told(made.mends) == [
        ("look_alike", "coach", "Oмаров Ерлан", "\u041eмаров Ерлан", [2]),
        ("look_alike", "members", "Cерік Аян", "\u0421ерік Аян", [2, 3]),
        ("region_before", "region", "Jambyl", ["KZ-31"], [2, 3]),
        ("altai", "team", "Кӛкжал", "Көкжал", [3]),
        ("region_before", "region", "Кокчетавская область", ["KZ-11", "KZ-59"], [4]),
    ]
    assert made.rows[1]["team"] == "Кӛкжал"
    assert [(p["code"], p["row"]) for p in made.problems] == [("region_unknown", at) for at in (2, 3, 4, 5)]


def test_what_is_accepted_is_carried_out_and_nothing_else() -> None:
    made = preview(
        csv_of(HEADINGS, "line;Кӛкжал;№ 5;Jambyl;Oмаров Ерлан;", "line;Б;В;Целиноградская;;"), DIVISIONS
    )
    accepted = all_plain(made.mends)
    assert len(accepted) == 3, "where there is a choice nobody takes it but a person"
    first, second = carried_out(made.rows, made.mends, accepted)
    assert (first["team"], first["coach"], first["region"]) == ("Көкжал", "\u041eмаров Ерлан", "KZ-31")
    assert second["region"] is None
    assert made.rows[0]["team"] == "Кӛкжал", "what was read is as it was"
    [choice] = [mend for mend in made.mends if len(mend["choices"]) > 1]
    assert carried_out(made.rows, made.mends, {choice["id"]: "KZ-71"})[1]["region"] == "KZ-71"
    assert carried_out(made.rows, made.mends, {}) == made.rows


def test_the_old_code_page_is_one_mend_for_the_file_and_its_headings_are_understood() -> None:
    content = csv_of(
        ";".join(map(spoilt, HEADINGS.split(";"))),
        ";".join(
            spoilt(cell)
            for cell in ("Үлкен саяхат", "Құлан", "№ 5 мектеп", "Ұлытау облысы", "Әлі", "Ұлан Әділ")
        ),
    )
    made = preview(content, DIVISIONS)
    assert made.problems == []
    [row] = made.rows
    assert (row["division"], row["region"]) == ("trip", "KZ-62"), "what is only looked up is understood"
    assert row["team"] == spoilt("Құлан")
    assert [member["full_name"] for member in row["members"]] == [spoilt("Ұлан Әділ")]
    [mend] = made.mends
    assert (mend["kind"], mend["cells"], mend["examples"][0]) == (CODE_PAGE, 3, [spoilt("Құлан"), "Құлан"])
    [mended] = carried_out(made.rows, made.mends, {CODE_PAGE: YES})
    assert (mended["team"], mended["coach"], mended["members"][0]["full_name"]) == (
        "Құлан",
        "Әлі",
        "Ұлан Әділ",
    )


def test_a_name_of_another_people_can_stay() -> None:
    made = preview(csv_of(HEADINGS, "line;Барыс;№ 5;;;Ўрмонов Ғайрат, Їжак Єва"), DIVISIONS)
    assert [mend["kind"] for mend in made.mends] == [CODE_PAGE]
    names = [member["full_name"] for member in carried_out(made.rows, made.mends, {})[0]["members"]]
    assert names == ["Ўрмонов Ғайрат", "Їжак Єва"]


def test_parts_of_names_are_mended_and_joined_again() -> None:
    made = preview(csv_of("Команда;Школа;Фамилия;Имя", "А;5;Oспан;Cания"), {"line": []})
    assert [(mend["column"], mend["now"]) for mend in made.mends] == [
        ("surname", "\u041eспан"),
        ("given_name", "\u0421ания"),
    ]
    [row] = carried_out(made.rows, made.mends, all_plain(made.mends))
    assert row["members"][0]["full_name"] == "\u041eспан \u0421ания"
