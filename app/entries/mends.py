"""Mends of a list: what its cells were meant to say, offered by row and column, and carried out where accepted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from ..registry.mending import code_page_mended, kind_of, letters_mended
from ..registry.naming import joined
from ..registry.regions import regions_meant

Row = dict[str, Any]
Mend = dict[str, Any]
Accepted = Mapping[str, str]
"""By the id of a mend what was chosen: a region's code, or ``yes``."""
TEXTS = (("team", False), ("organisation", False), ("district", False), ("robot", False), ("coach", True))
PARTS = ("surname", "given_name", "patronymic")
CODE_PAGE = "code_page"
YES = "yes"
EXAMPLES = 5


def find_mends(rows: Iterable[Row]) -> list[Mend]:
    """What could be mended: ``{"id", "kind", "column", "was", "now", "choices", "rows"}``, in the order of the rows.

    Cells that say the same are one mend. ``choices`` are the codes of regions, for a person to choose one. The old
    code page is one mend for the whole file, with ``examples`` and the number of ``cells``: text is of it or is not.
    """
    mends: dict[str, Mend] = {}
    old_page: Mend = {"id": CODE_PAGE, "kind": CODE_PAGE, "cells": 0, "examples": [], "rows": []}
    for row in rows:
        for column, text, is_name in _texts(row):
            mended = code_page_mended(text)
            if mended != text:
                old_page["cells"] += 1
                _note(old_page, row)
                if len(old_page["examples"]) < EXAMPLES:
                    old_page["examples"].append([text, mended])
            now = letters_mended(text, is_name=is_name)
            if now != text:
                _offer(mends, row, column, text, kind_of(text), now=now)
        written = row["region_written"]
        meant = regions_meant(written) if written and row["region"] is None else None
        if meant is not None:
            _offer(mends, row, "region", written, meant.why, choices=list(meant.codes))
    return [*([old_page] if old_page["cells"] else []), *mends.values()]


def all_plain(mends: Iterable[Mend]) -> dict[str, str]:
    """Every mend accepted that leaves nothing to choose."""
    return {
        mend["id"]: mend["choices"][0] if mend.get("choices") else YES
        for mend in mends
        if len(mend.get("choices") or [YES]) == 1
    }


def carried_out(rows: Sequence[Row], mends: Iterable[Mend], accepted: Accepted) -> list[Row]:
    """The rows with what was accepted; what was not stays as it was typed."""
    if not accepted:
        return list(rows)
    wanted = {
        (mend["column"], mend["was"]): accepted[mend["id"]]
        for mend in mends
        if mend["id"] in accepted and mend["id"] != CODE_PAGE
    }
    return [_mended(deepcopy(row), wanted, code_page=CODE_PAGE in accepted) for row in rows]


def _mended(row: Row, wanted: Mapping[tuple[str, str], str], *, code_page: bool) -> Row:
    def right(column: str, text: str, *, is_name: bool) -> str:
        now = code_page_mended(text) if code_page else text
        return letters_mended(now, is_name=is_name) if (column, text) in wanted else now

    for column, is_name in TEXTS:
        if row[column]:
            row[column] = right(column, row[column], is_name=is_name)
    for member in row["members"]:
        if member.get("surname"):
            for part in PARTS:
                member[part] = right(part, member[part], is_name=True) if member[part] else None
            member["full_name"] = joined(member["surname"], member["given_name"] or "", member["patronymic"])
        else:
            member["full_name"] = right("members", member["full_name"], is_name=True)
    code = wanted.get(("region", row["region_written"]))
    if code is not None and row["region"] is None:
        row["region"] = code
    return row


def _texts(row: Row) -> Iterator[tuple[str, str, bool]]:
    """Every text of a row that people will read: column, text, and whether it names a person."""
    for column, is_name in TEXTS:
        if row[column]:
            yield column, row[column], is_name
    for member in row["members"]:
        if member.get("surname"):
            yield from ((part, member[part], True) for part in PARTS if member[part])
        else:
            yield "members", member["full_name"], True


def _offer(mends: dict[str, Mend], row: Row, column: str, was: str, kind: str, **more: Any) -> None:
    id_ = hashlib.sha256(f"{column}\n{was}".encode()).hexdigest()[:16]
    mend = mends.setdefault(
        id_,
        {"id": id_, "kind": kind, "column": column, "was": was, "now": None, "choices": [], "rows": []}
        | more,
    )
    _note(mend, row)


def _note(mend: Mend, row: Row) -> None:
    if not mend["rows"] or mend["rows"][-1] != row["row"]:
        mend["rows"].append(row["row"])
