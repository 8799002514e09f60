"""Which column of a spreadsheet holds what, by its heading in Kazakh, Russian or English."""

from __future__ import annotations

from collections.abc import Sequence

HEADINGS: dict[str, tuple[str, ...]] = {
    "division": (
        "division", "discipline", "category", "class", "номинация", "дисциплина", "категория", "класс", "дивизион",
        "бағыт", "пән", "санат", "номинациясы", "жарыс түрі", "вид", "вид соревнований",
    ),
    "team": ("team", "team name", "name", "robot", "команда", "название", "название команды", "робот",
             "команда атауы", "топ", "атауы", "топ атауы"),
    "organisation": ("organisation", "organization", "school", "institution", "организация", "школа", "учреждение",
                     "организация образования", "ұйым", "мектеп", "білім беру ұйымы", "мекеме"),
    "region": ("region", "oblast", "регион", "область", "регион область", "облыс", "өңір", "аймақ"),
    "coach": ("coach", "trainer", "teacher", "mentor", "тренер", "руководитель", "педагог", "наставник",
              "жаттықтырушы", "жетекші", "ұстаз", "мұғалім"),
    "members": ("members", "participants", "students", "участники", "состав", "состав команды", "ученики",
                "қатысушылар", "мүшелер", "құрамы", "команда құрамы", "оқушылар"),
}  # fmt: skip
REQUIRED = ("team", "organisation")
FIRST_ROWS = 20
"""The heading row is looked for in these: sheets often begin with a title."""

_BY_HEADING = {heading: column for column, headings in HEADINGS.items() for heading in headings}


def plain(text: str) -> str:
    """A heading or name without case, punctuation and repeated spaces."""
    kept = "".join(letter if letter.isalnum() else " " for letter in text.casefold().replace("ё", "е"))
    return " ".join(kept.split())


def find_columns(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """The heading row's index and ``{column: index}``: the row among the first in which most headings are known."""
    best: tuple[int, dict[str, int]] = (0, {})
    for at, row in enumerate(rows[:FIRST_ROWS]):
        found: dict[str, int] = {}
        for index, cell in enumerate(row):
            column = _BY_HEADING.get(plain(cell))
            if column and column not in found:
                found[column] = index
        if len(found) > len(best[1]):
            best = at, found
    return best
