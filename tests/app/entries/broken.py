"""Makes spreadsheets that are broken in the ways people and malice break them, from a seed."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

Rows = list[list[object]]
HEADINGS = ["Division", "Team", "School", "Region", "Coach", "Members"]
REGIONS = ["Алматы", "Абай облысы", "Jambyl", "Марс", "", None]
TEXTS = ["Барыс", "=1+1", "@SUM(A1)", "a" * 5_000, "\u202eтекст", "", None, 3.5, True, '№ 1; "x"', "Ќазаќ"]


def rows_of(dice: random.Random) -> Rows:
    """A table with a heading row that may lack or repeat columns, and cells of any kind."""
    headings = [heading for heading in HEADINGS if dice.random() > 0.1]
    dice.shuffle(headings)
    if dice.random() < 0.2 and headings:
        headings.append(dice.choice(headings))
    count = dice.choice([0, 1, 2, 30])
    body: Rows = [[dice.choice([*TEXTS, *REGIONS, "line"]) for _ in headings] for _ in range(count)]
    titles: Rows = [["Тізім"], []]
    return [*titles[: dice.randrange(3)], list(headings), *body]


def workbook_of(
    dice: random.Random, rows: Rows, spoil: Callable[[openpyxl.Workbook, Worksheet], None]
) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    spoil(book, sheet)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def merged(dice: random.Random) -> bytes:
    def spoil(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
        for _ in range(3):
            row, column = dice.randrange(1, 20), dice.randrange(1, 5)
            sheet.merge_cells(start_row=row, end_row=row + 3, start_column=column, end_column=column + 1)

    return workbook_of(dice, rows_of(dice), spoil)


def hidden(dice: random.Random) -> bytes:
    def spoil(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        other = book.create_sheet("shown")
        for row in rows_of(dice):
            other.append(row)
        dice.choice([sheet, other]).sheet_state = dice.choice(["hidden", "veryHidden"])

    return workbook_of(dice, rows_of(dice), spoil)


def formulas(dice: random.Random) -> bytes:
    def spoil(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
        for _ in range(4):
            sheet.cell(dice.randrange(1, 10), dice.randrange(1, 6)).value = '=HYPERLINK("http://x","y")'

    return workbook_of(dice, rows_of(dice), spoil)


def empty_rows(dice: random.Random) -> bytes:
    """A sheet that says it has a million rows; as written by hand, the cells hold nothing."""

    def spoil(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
        far = sheet.cell(1_048_576, dice.randrange(1, 16_384))
        far.value = dice.choice([None, "x"])
        far.number_format = "0.00"

    return workbook_of(dice, rows_of(dice), spoil)


def cut_short(dice: random.Random) -> bytes:
    whole = workbook_of(dice, rows_of(dice), lambda _book, _sheet: None)
    return whole[: dice.randrange(1, len(whole))]


def bytes_changed(dice: random.Random) -> bytes:
    content = bytearray(workbook_of(dice, rows_of(dice), lambda _book, _sheet: None))
    for _ in range(dice.randrange(1, 40)):
        content[dice.randrange(len(content))] = dice.randrange(256)
    return bytes(content)


def bomb(dice: random.Random) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr(f"xl/media/{dice.randrange(9)}.png", b"\0" * 220_000_000)
    return written.getvalue()


def macros(dice: random.Random) -> bytes:
    """A workbook with a macro project in it: it is not run, and nothing else in it is lost."""
    whole = io.BytesIO(workbook_of(dice, rows_of(dice), lambda _book, _sheet: None))
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr("xl/vbaProject.bin", dice.randbytes(2_000))
    return whole.getvalue()


def part_missing(dice: random.Random) -> bytes:
    whole = zipfile.ZipFile(io.BytesIO(workbook_of(dice, rows_of(dice), lambda _book, _sheet: None)))
    left_out = dice.choice(whole.namelist())
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in whole.namelist():
            if name != left_out:
                archive.writestr(name, whole.read(name))
    return written.getvalue()


def text(dice: random.Random) -> bytes:
    separator = dice.choice([",", ";", "\t", "|", "、"])
    lines = [separator.join("" if cell is None else str(cell) for cell in row) for row in rows_of(dice)]
    encoding = dice.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "kz1048", "cp866"])
    return dice.choice(["\n", "\r\n", "\r"]).join(lines).encode(encoding, "replace")


def quotes_open(dice: random.Random) -> bytes:
    lines = text(dice).split(b"\n")
    lines.insert(dice.randrange(len(lines) + 1), b'"open;line')
    return b"\n".join(lines)


def noise(dice: random.Random) -> bytes:
    head = dice.choice(
        [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.7", b"\xef\xbb\xbf", b"\x7fELF"]
    )
    return head + dice.randbytes(dice.choice([0, 1, 100, 20_000]))


KINDS = (
    merged,
    hidden,
    formulas,
    empty_rows,
    cut_short,
    bytes_changed,
    macros,
    part_missing,
    text,
    quotes_open,
    noise,
)


def broken_files(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """``count`` files with their kinds; two of them are bombs, which take their time to make."""
    for at in range(count):
        dice = random.Random(seed * 1_000_003 + at)
        kind = bomb if at % (count // 2) == 7 else KINDS[at % len(KINDS)]
        yield kind.__name__, kind(dice)
