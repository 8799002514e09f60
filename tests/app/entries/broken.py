"""Makes spreadsheets that are broken in the ways people and malice break them, from a seed."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from .broken_old import old_kinds

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


def _packed(parts: dict[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def _sheet_of(cells: str, shared: list[str]) -> dict[str, str | bytes]:
    """The parts of a sound workbook, but for a sheet of these cells, and for the strings that cells share."""
    whole = io.BytesIO()
    openpyxl.Workbook().save(whole)
    with zipfile.ZipFile(whole) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = "".join(f"<si><t>{text}</t></si>" for text in shared)
    return parts | {
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }


def shared_bomb(dice: random.Random) -> bytes:
    """One string, stored once and read in a hundred thousand cells: 26 KB that would be gigabytes."""
    cell = '<c t="s"><v>0</v></c>'
    return _packed(_sheet_of(f"<row>{cell * 10}</row>" * 10_000, ["x" * dice.choice([9_000, 32_000])]))


def shared_unknown(dice: random.Random) -> bytes:
    """A cell whose string is not there."""
    place = dice.choice(["7", "-1", "1e3", ""])
    return _packed(_sheet_of(f'<row><c t="s"><v>{place}</v></c></row>', ["x"]))


def ods_repeated(dice: random.Random) -> bytes:
    """An OpenDocument whose one cell repeats; now and then it says that it is a workbook of Excel, too."""
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        '<table:table table:name="One"><table:table-row table:number-rows-repeated="100000">'
        '<table:table-cell office:value-type="string" table:number-columns-repeated="1000">'
        f"<text:p>{'x' * 10_000}</text:p></table:table-cell></table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": "<manifest/>",
        "content.xml": content,
    }
    disguise = _sheet_of("<row><c><v>1</v></c></row>", [])
    return _packed(parts | (disguise if dice.random() < 0.5 else {}))


def old_excel(dice: random.Random) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + dice.randbytes(4_096)


def named_twice(dice: random.Random) -> bytes:
    """Two files that differ in how their names are written: which of them is read depends on who reads."""
    parts = _sheet_of('<row><c t="s"><v>0</v></c></row>', ["x"])
    return _packed(parts | {"xl/SharedStrings.xml": parts["xl/sharedStrings.xml"]})


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
    shared_bomb,
    shared_unknown,
    ods_repeated,
    old_excel,
    named_twice,
    text,
    quotes_open,
    noise,
    *old_kinds(rows_of),
)


def broken_files(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """``count`` files with their kinds; two of them are bombs, which take their time to make."""
    for at in range(count):
        dice = random.Random(seed * 1_000_003 + at)
        kind = bomb if at % (count // 2) == 7 else KINDS[at % len(KINDS)]
        yield kind.__name__, kind(dice)
