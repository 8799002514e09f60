"""One row of a spreadsheet read: the team it names, and its people with what is said of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..registry.mending import code_page_mended, letters_mended
from ..registry.naming import joined
from ..registry.regions import find_region
from .cells import birth_year_of, organisation_kind_of, people_in, sex_of, values_in
from .columns import NAMES, OF_PERSONS, REQUIRED, plain
from .previews import Preview
from .spreadsheets import Spreadsheet

UNREADABLE = "\N{REPLACEMENT CHARACTER}"
LONGEST = {
    "team": 200, "organisation": 300, "coach": 200, "members": 2000, "district": 120, "robot": 120, "contact": 200,
    "surname": 80, "given_name": 80, "patronymic": 80, "grade": 20, "person": 2000, "birth_year": 500, "sex": 500,
}  # fmt: skip
LONGEST_NAME = 200
PARTS = ("surname", "given_name", "patronymic")
DETAILS = ("birth_year", "grade", "sex")
Row = dict[str, Any]
Columns = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Layout:
    """How rows are to be read: ``slots`` are the columns of each person of a row, ``is_list`` that each has one.

    ``spellings`` are the codes of divisions by what they are called in plain letters; ``merged`` are cells below the
    first of a merged one that goes down, with where it begins.
    """

    columns: Columns
    slots: tuple[Mapping[str, int], ...]
    is_list: bool
    spellings: Mapping[str, str]
    merged: Mapping[tuple[int, int], tuple[int, int]]


def layout_of(sheet: Spreadsheet, columns: Columns, spellings: Mapping[str, str]) -> Layout:
    slots = _slots(columns)
    is_list = len(slots) == 1 and "members" not in columns
    merged = {}
    if is_list:
        merged = {
            (row, column): (top, left)
            for top, left, bottom, right in sheet.merges
            if left == right
            for row in range(top + 1, min(bottom, len(sheet.rows)) + 1)
            for column in (left,)
        }
    return Layout(columns, slots, is_list, spellings, merged)


def read_row(made: Preview, sheet: Spreadsheet, at: int, layout: Layout, above: Row | None) -> Row:
    """Read the row at an index. In a list of people, what is left empty of the team is as in the row ``above``."""
    cells = _Cells(made, sheet, at, layout)
    problems_before = len(made.problems)
    told = {
        column: cells.text(column) for column in ("division", "team", "organisation", "region", "district")
    }
    same_team = layout.is_list and above is not None and _goes_on(told, above)
    if same_team and above is not None:
        told = {name: told[name] or above["as_written"].get(name, "") for name in told}
    row: Row = {
        "row": at + 1,
        "rows": [at + 1],
        "as_written": {name: told[name] for name in ("division", "team", "organisation")},
        "division": _division(made, at + 1, told["division"], layout.spellings),
        "team": told["team"],
        "organisation": told["organisation"],
        "organisation_kind": _organisation_kind(made, at + 1, cells.text("organisation_kind")),
        "region": _region(made, at + 1, told["region"]),
        "region_written": told["region"],
        "district": told["district"] or None,
        "robot": cells.text("robot") or None,
        "coach": cells.together("coach") or None,
        "contact": cells.together("contact") or None,
        "members": cells.members(),
    }
    named = {problem["column"] for problem in made.problems[problems_before:]}
    for column in REQUIRED:
        if not row[column] and column not in named:
            made.problem("cell_empty", at + 1, column)
    return row


def _goes_on(told: Mapping[str, str], above: Row) -> bool:
    """Whether a row of a list names no team of its own: what it does say is as above."""
    return not told["team"] and all(
        not told[name] or plain(told[name]) == plain(above["as_written"][name])
        for name in ("division", "organisation")
    )


def _slots(columns: Columns) -> tuple[Mapping[str, int], ...]:
    """The columns of each person: a person's begin with a name, and go on to the next one's name."""
    begins = next((columns[name] for name in NAMES if name in columns), ())
    slots: list[dict[str, int]] = [{} for _ in begins]
    for column in OF_PERSONS if begins else ():
        for index in columns.get(column, ()):
            at = max(sum(begin <= index for begin in begins) - 1, 0)
            slots[at].setdefault(column, index)
    return tuple(slots)


class _Cells:
    """The cells of one row by column; whatever is wrong with one is said."""

    def __init__(self, made: Preview, sheet: Spreadsheet, at: int, layout: Layout) -> None:
        self._made, self._sheet, self._at, self._layout = made, sheet, at, layout

    def text(self, column: str) -> str:
        """What the first column of a kind says."""
        indexes = self._layout.columns.get(column, ())
        return self._cell(column, indexes[0]) if indexes else ""

    def together(self, column: str) -> str:
        """What all columns of a kind say, one after another: the parts of a coach's name."""
        texts = [self._cell(column, index) for index in self._layout.columns.get(column, ())]
        text = " ".join(text for text in texts if text)
        if len(texts) > 1:
            self._bound(column, text, LONGEST[column])
        return text

    def members(self) -> list[Row]:
        columns = self._layout.columns
        members = []
        listed = [
            name for index in columns.get("members", ()) for name in people_in(self._cell("members", index))
        ]
        if listed:
            own = {name: columns[name][0] for name in DETAILS if name in columns and not self._layout.slots}
            members += self._with_details("members", listed, own)
        for slot in self._layout.slots:
            members += self._of_slot(slot)
        return members

    def _of_slot(self, slot: Mapping[str, int]) -> list[Row]:
        """The person, or those one under another, whom the cells of a slot name."""
        parts = {name: self._cell(name, slot[name]) for name in PARTS if name in slot}
        named = people_in(self._cell("person", slot["person"]), by_comma=False) if "person" in slot else []
        if parts.get("surname"):
            full_name = joined(parts["surname"], parts.get("given_name", ""), parts.get("patronymic"))
            [one] = self._with_details("surname", [full_name], slot)
            return [one | {name: parts.get(name) or None for name in PARTS}]
        rest = joined("", parts.get("given_name", ""), parts.get("patronymic"))
        if rest and len(named) < 2:
            named = [f"{named[0]} {rest}" if named else rest]
        return self._with_details("person", named, slot)

    def _with_details(self, column: str, names: list[str], slot: Mapping[str, int]) -> list[Row]:
        """Members by name, each with the value of the same place in the cells about them."""
        told = {name: self._details(name, slot[name], len(names)) for name in DETAILS if name in slot}
        members = []
        for at, full_name in enumerate(names):
            self._bound(column, full_name, LONGEST_NAME)
            details = {name: values[at] if values else None for name, values in told.items()}
            members.append({"full_name": full_name, **details})
        return members

    def _details(self, column: str, index: int, count: int) -> list[Any]:
        text = self._cell(column, index)
        if not text or not count:
            return []
        values = values_in(text) if count > 1 else [" ".join(text.split())]
        if len(values) != count:
            self._made.problem("details_not_matched", self._at + 1, column, count=count, found=len(values))
            return []
        return [self._value(column, value) for value in values]

    def _value(self, column: str, text: str) -> Any:
        if column == "grade":
            self._bound(column, text, LONGEST["grade"])
            return text
        value = birth_year_of(text) if column == "birth_year" else sex_of(text)
        if value is None and UNREADABLE not in text:
            self._made.problem(f"{column}_unreadable", self._at + 1, column, value=text[:40])
        return value

    def _cell(self, column: str, index: int) -> str:
        made, sheet, number = self._made, self._sheet, self._at + 1
        place = number, index + 1
        begin = self._layout.merged.get(place)
        row = sheet.rows[begin[0] - 1 if begin else self._at]
        text = row[index] if index < len(row) else ""
        text = text if column in ("members", *OF_PERSONS) else " ".join(text.split())
        if begin and column in OF_PERSONS:
            made.problem("cell_merged", number, column)
        if place in sheet.formulas or text.startswith("="):
            made.problem("formula_in_cell", number, column)
        if place in sheet.covered and not begin:
            made.problem("cell_merged", number, column)
        if UNREADABLE in text:
            made.problem("cell_unreadable", number, column)
        self._bound(column, text, LONGEST["members"] if column in DETAILS else LONGEST.get(column, 200))
        return " ".join(text.split()) if column in PARTS else text

    def _bound(self, column: str, text: str, most: int) -> None:
        if len(text) > most:
            self._made.problem("cell_too_long", self._at + 1, column, most=most)


def _division(made: Preview, number: int, written: str, spellings: Mapping[str, str]) -> str | None:
    codes = sorted(set(spellings.values()))
    if not written and len(codes) == 1:
        return codes[0]
    mended = plain(letters_mended(code_page_mended(written)))
    code = spellings.get(plain(written)) or spellings.get(mended)
    if code is None:
        made.problem("division_unknown", number, "division", division=written, known=", ".join(codes))
    return code


def _region(made: Preview, number: int, written: str) -> str | None:
    if not written:
        return None
    code = find_region(written) or find_region(code_page_mended(written))
    if code is None:
        made.problem("region_unknown", number, "region", region=written)
    return code


def _organisation_kind(made: Preview, number: int, written: str) -> str | None:
    kind = organisation_kind_of(code_page_mended(written)) if written else None
    if written and kind is None:
        made.problem("organisation_kind_unknown", number, "organisation_kind", value=written[:40])
    return kind
