"""The teams of a made competition as a spreadsheet, as organisers here get it from the regions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from openpyxl import Workbook
from openpyxl.styles import Font

from ..registry.naming import joined
from ..registry.regions import regions
from .names import FullName
from .teams import Plan, Team

HEADINGS = ("№", "Номинация", "Команда атауы", "Білім беру ұйымы", "Облыс", "Жетекші", "Қатысушылар")
WIDTHS = (5, 34, 22, 40, 32, 36, 70)
LANGUAGES = ("kk", "ru", "en")


def write_spreadsheet(plan: Plan, teams: Sequence[Team], seed: int, path: Path) -> int:
    """Write an XLSX with a title, a heading row and a row for each entry; returns how many entries it holds.

    Divisions and regions are written now in one language, now in another, as different people fill such a sheet in.
    """
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Өтінімдер"
    sheet.append([plan["competition"]["name"]["kk"]])
    sheet.append([])
    sheet.append(HEADINGS)
    for cell in sheet[3]:
        cell.font = Font(bold=True)
    rows = list(_rows(plan, teams, Random(f"spreadsheet/{seed}")))  # noqa: S311 (shown again from its seed)
    for number, row in enumerate(rows, 1):
        sheet.append([number, *row])
    for column, width in zip("ABCDEFG", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A4"
    book.save(path)
    return len(rows)


def _rows(plan: Plan, teams: Sequence[Team], chance: Random) -> Iterator[list[str]]:
    names = {division["code"]: division["name"] for division in plan["divisions"]}
    for team in teams:
        region = regions()[team.organisation.region]
        people = ", ".join(_written(member.name) for member in team.members)
        for division in team.divisions:
            yield [
                names[division][chance.choice(LANGUAGES)],
                team.name,
                team.organisation.name,
                region[chance.choice(LANGUAGES)],
                _written(team.coach),
                people,
            ]


def _written(name: FullName) -> str:
    return joined(name.surname, name.given_name, name.patronymic)
