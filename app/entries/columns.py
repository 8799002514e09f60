"""Which column of a spreadsheet holds what, by its heading in Kazakh, Russian or English."""

from __future__ import annotations

from ..registry.mending import code_page_mended, letters_mended

HEADINGS: dict[str, tuple[str, ...]] = {
    "division": (
        "division", "discipline", "category", "class", "номинация", "дисциплина", "категория", "класс", "дивизион",
        "бағыт", "пән", "санат", "номинациясы", "жарыс түрі", "вид", "вид соревнований", "направление", "бағыты",
        "возрастная категория", "жас санаты", "номинация категория",
    ),
    "team": ("team", "team name", "name", "robot", "команда", "название", "название команды", "робот",
             "команда атауы", "топ", "атауы", "топ атауы", "наименование команды", "команданың атауы", "имя команды",
             "топтың атауы", "команда аты"),
    "organisation": ("organisation", "organization", "school", "institution", "организация", "школа", "учреждение",
                     "организация образования", "ұйым", "мектеп", "білім беру ұйымы", "мекеме", "место учебы",
                     "наименование организации", "название организации", "образовательная организация",
                     "учебное заведение", "школа организация", "оқу орны", "білім беру мекемесі", "ұйым атауы",
                     "мектеп атауы", "наименование школы", "полное наименование организации", "школа лицей гимназия"),
    "organisation_kind": ("organisation type", "organization type", "organisation kind", "kind of organisation",
                          "type of organisation", "type of organization", "тип организации", "вид организации",
                          "тип учреждения", "тип школы", "ұйым түрі", "мекеме түрі", "ұйымның түрі"),
    "region": ("region", "oblast", "регион", "область", "регион область", "облыс", "өңір", "аймақ", "область город",
               "облыс қала", "region oblast", "облысы", "область республиканского значения"),
    "district": ("district", "city", "town", "район", "город", "район город", "город район", "населенный пункт",
                 "аудан", "қала", "аудан қала", "қала аудан", "елді мекен", "ауданы", "district or city",
                 "район или город", "аудан немесе қала"),
    "robot": ("robot name", "project", "project name", "название робота", "имя робота", "проект", "название проекта",
              "тема проекта", "робот проект", "робот или проект", "робот атауы", "роботтың атауы", "жоба",
              "жоба атауы", "жобаның атауы", "робот аты", "робот немесе жоба", "robot or project"),
    "coach": ("coach", "trainer", "teacher", "mentor", "тренер", "руководитель", "педагог", "наставник",
              "жаттықтырушы", "жетекші", "ұстаз", "мұғалім", "фио руководителя", "фио тренера", "фио педагога",
              "руководитель команды", "тренер руководитель", "жетекшінің аты жөні", "жетекшісі", "coach name",
              "жаттықтырушының аты жөні", "фио наставника", "научный руководитель", "ф и о руководителя",
              "ф и о тренера", "команда жетекшісі"),
    "contact": ("contact", "contacts", "phone", "telephone", "phone number", "mobile", "email", "e mail", "телефон",
                "тел", "контакт", "контакты", "контактный телефон", "номер телефона", "моб телефон",
                "мобильный телефон", "почта", "эл почта", "электронная почта", "эл адрес", "телефон руководителя",
                "телефон тренера", "контакты руководителя", "байланыс", "телефоны", "телефон нөмірі",
                "ұялы телефон", "жетекшінің телефоны", "байланыс телефоны", "электрондық пошта", "coach phone",
                "telephone or e mail", "телефон или e mail", "телефон немесе e mail"),
    "members": ("members", "participants", "students", "участники", "состав", "состав команды", "ученики",
                "қатысушылар", "мүшелер", "құрамы", "команда құрамы", "оқушылар", "фио участников", "команда мүшелері",
                "список участников", "қатысушылардың аты жөні", "участники команды", "ф и о участников"),
    "person": ("member", "participant", "student", "full name", "участник", "ученик", "учащийся", "фио", "ф и о",
               "фио участника", "фио ученика", "фио учащегося", "ф и о участника", "ф и о учащегося",
               "фамилия имя", "фамилия имя отчество", "имя фамилия", "фамилия и имя", "фамилия имя участника",
               "қатысушы", "оқушы", "аты жөні", "тегі аты", "тегі аты жөні", "тегі аты әкесінің аты", "аты тегі",
               "қатысушының аты жөні", "оқушының аты жөні", "мүше", "т а ә", "таә"),
    "surname": ("surname", "last name", "family name", "фамилия", "фамилия участника", "фамилия ученика", "тегі",
                "қатысушының тегі"),
    "given_name": ("given name", "first name", "имя", "имя участника", "имя ученика", "аты", "есімі",
                   "қатысушының аты"),
    "patronymic": ("patronymic", "middle name", "отчество", "отчество участника", "отчество при наличии",
                   "әкесінің аты", "әкесінің аты бар болса"),
    "birth_year": ("birth year", "year of birth", "date of birth", "birth date", "birthday", "born", "год рождения",
                   "дата рождения", "г р", "гр", "год рожд", "дата рожд", "год рождения участника", "туған жылы",
                   "туған күні", "туған күні айы жылы", "дата рождения участника", "число месяц год рождения"),
    "grade": ("grade", "form", "класс", "класс курс", "класс обучения", "курс", "class", "сынып", "сыныбы",
              "сынып курс", "класс группа", "сыныбы курсы"),
    "sex": ("sex", "gender", "пол", "жынысы", "жыныс", "пол участника"),
}  # fmt: skip
REQUIRED = ("team", "organisation")
NAMES = ("person", "surname", "given_name")
"""Columns that name one person a cell."""
OF_PERSONS = (*NAMES, "patronymic", "birth_year", "grade", "sex")
"""Columns about one person a cell; there may be several of each, one for each person of a row."""
FIRST_ROWS = 20
"""The heading row is looked for in these: sheets often begin with a title."""
SECOND_MEANINGS = {"класс": "grade", "class": "grade", "робот": "robot", "robot": "robot", "name": "person"}
"""Headings with two meanings, and the one that holds where another column has the first."""

_BY_HEADING = {heading: column for column, headings in HEADINGS.items() for heading in headings} | {
    "класс": "division",
    "class": "division",
}


def plain(text: str) -> str:
    """A heading or name without case, punctuation and repeated spaces."""
    kept = "".join(letter if letter.isalnum() else " " for letter in text.casefold().replace("ё", "е"))
    return " ".join(kept.split())


def meaning_of(heading: str) -> str | None:
    """The column a heading names, whatever code page and alphabet its letters are of, with a number or without."""
    words = plain(heading)
    known = _BY_HEADING.get(words) or _BY_HEADING.get(plain(letters_mended(code_page_mended(heading))))
    if known is None and any(letter.isdigit() for letter in words):
        return _BY_HEADING.get(" ".join(word for word in words.split() if not word.isdigit()))
    return known


def heading_key(heading: str, index: int) -> str:
    """How a heading is remembered; a column without one goes by its place, which no heading can be spelled like."""
    return plain(heading) or f"#{index}"
