"""Where the headings of a spreadsheet are: in one row, or in two or three that merged cells join, as in forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .columns import FIRST_ROWS, NAMES, OF_PERSONS, SECOND_MEANINGS, heading_key, meaning_of, plain

MOST_LEVELS = 3
MOST_COLUMNS = 300
Rows = Sequence[Sequence[str]]
Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Headings:
    """``texts`` by column, levels joined; ``columns`` are the indexes of what is known.

    ``first`` is the row they begin in, ``body`` the first row after them; all count from 0.
    """

    first: int
    body: int
    texts: tuple[str, ...]
    columns: Mapping[str, tuple[int, ...]]


def find_headings(rows: Rows, merges: Sequence[Area] = (), said: Mapping[str, str] | None = None) -> Headings:
    """The rows among the first in which most headings are known, the fewest where several know as many.

    ``said`` are headings, as ``heading_key`` spells them, that a person gave a meaning to: a column, or nothing.
    Where no heading is known, the first row with two filled cells is taken for the headings.
    """
    shown = _laid_out(rows[: FIRST_ROWS + MOST_LEVELS], merges)
    best, best_known = _tried(shown, _first_filled(rows), 1, said or {})
    best_known = max(best_known, 0)
    within = {row for top, _left, bottom, _right in merges for row in range(top, min(bottom, FIRST_ROWS))}
    for levels in range(1, MOST_LEVELS + 1):
        for at in range(min(len(rows), FIRST_ROWS)):
            if at in within or (levels > 1 and not _has_levels(shown, at, levels)):
                continue
            tried, known = _tried(shown, at, levels, said or {})
            if known > best_known:
                best, best_known = tried, known
    return Headings(best.first, _body(rows, best, merges), best.texts, best.columns)


def _laid_out(rows: Rows, merges: Sequence[Area]) -> list[list[str]]:
    """The first rows with what a merged cell says in each cell of it that is beside the first."""
    made = [[*row[:MOST_COLUMNS]] for row in rows]
    for top, left, bottom, right in merges:
        for at in range(top - 1, min(bottom, len(made))):
            row = made[at]
            row += [""] * (min(right, MOST_COLUMNS) - len(row))
            for index in range(left - 1, min(right, len(row))):
                row[index] = made[top - 1][left - 1] if left - 1 < len(made[top - 1]) else ""
    return made


def _has_levels(shown: Rows, at: int, levels: int) -> bool:
    """Whether the rows below one say what it leaves open: most of what they add are headings."""
    if at + levels > len(shown):
        return False
    for below in range(at + 1, at + levels):
        above = shown[below - 1]
        added = [
            cell
            for index, cell in enumerate(shown[below])
            if cell and (index >= len(above) or above[index] != cell)
        ]
        if not added or 2 * sum(meaning_of(cell) is not None for cell in added) < len(added):
            return False
    return True


def _tried(shown: Rows, at: int, levels: int, said: Mapping[str, str]) -> tuple[Headings, int]:
    """What these rows would be as headings, and how many of them are known."""
    part = shown[at : at + levels]
    width = max(map(len, part), default=0)
    paths = [_path(part, index) for index in range(width)]
    texts = tuple(" ".join(path) for path in paths)
    meant: list[str | None] = []
    for index, path in enumerate(paths):
        key = heading_key(texts[index], index)
        meant.append(said[key] if key in said else _meaning(path))
    columns = _columns(meant, texts, said)
    known = len({text for text, column in zip(texts, meant, strict=True) if column is not None})
    return Headings(at, at + levels, texts, columns), known


def _path(part: Rows, index: int) -> list[str]:
    """The headings above a column from the broadest on; one that goes over into empty cells beside it counts there."""
    path: list[str] = []
    for level, row in enumerate(part):
        cell = row[index] if index < len(row) else ""
        is_last = level == len(part) - 1
        if not cell and not is_last and _says(part[level + 1 :], index):
            cell = next((row[at] for at in range(min(index, len(row)) - 1, -1, -1) if row[at]), "")
        if cell and cell not in path:
            path.append(cell)
    return path


def _says(part: Rows, index: int) -> bool:
    return any(index < len(row) and row[index] for row in part)


def _meaning(path: Sequence[str]) -> str | None:
    """What a heading under others means: a coach's surname is part of the coach's name."""
    if not path:
        return None
    whole = meaning_of(" ".join(path))
    if whole is not None or len(path) == 1:
        return whole
    above, own = _meaning(path[:-1]), meaning_of(path[-1])
    if above == "coach" and own in (*NAMES, "patronymic"):
        return "coach"
    if above == "coach" and own in OF_PERSONS:
        return None
    if above in ("members", *NAMES):
        return SECOND_MEANINGS.get(plain(path[-1]), own) or "person"
    return own or above


def _columns(
    meant: Sequence[str | None], texts: Sequence[str], said: Mapping[str, str]
) -> dict[str, tuple[int, ...]]:
    """The indexes by column; a heading with two meanings has the second where another column has the first."""
    found: dict[str, list[int]] = {}
    doubtful = []
    for index, column in enumerate(meant):
        second = SECOND_MEANINGS.get(plain(texts[index]))
        if column and second and column != second and heading_key(texts[index], index) not in said:
            doubtful.append((index, column, second))
        elif column:
            found.setdefault(column, []).append(index)
    for index, column, second in doubtful:
        taken = column in found or (second == "grade" and not found.keys().isdisjoint(NAMES))
        found.setdefault(second if taken else column, []).append(index)
    if "surname" in found and "person" in found and not {"given_name"} & found.keys():
        found["given_name"] = found.pop("person")
    return {column: tuple(sorted(indexes)) for column, indexes in found.items()}


def _body(rows: Rows, found: Headings, merges: Sequence[Area]) -> int:
    """The first row of data: after what the headings' merged cells cover, and after a row that numbers the columns."""
    body = found.body
    for top, _left, bottom, _right in merges:
        if found.first < top <= found.body and bottom > body and bottom - found.first <= 2 * MOST_LEVELS:
            covered = [cell for row in rows[body:bottom] for cell in row if cell]
            body = body if covered else bottom
    numbers = [cell.strip(" .)") for cell in rows[body] if cell] if body < len(rows) else []
    is_numbering = len(numbers) > 2 and numbers == [str(number) for number in range(1, len(numbers) + 1)]
    return body + 1 if is_numbering else body


def _first_filled(rows: Rows) -> int:
    return next((at for at, row in enumerate(rows[:FIRST_ROWS]) if sum(map(bool, row)) > 1), 0)
