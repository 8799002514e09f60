"""Every export opened by a library that did not write it, and compared cell by cell with the live standings."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
from python_calamine import CalamineWorkbook

from tests.serving import ROOT

Fetch = Callable[[str], bytes]
"""Gets an address of the desk as somebody who may."""
Shape = dict[str, Any]
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
REGIONS = list(csv.DictReader((ROOT / "config" / "regions.csv").read_text("utf-8").splitlines()))


def check_exports(fetch: Fetch, slug: str, division: str, language: str = "kk") -> Shape:
    """Compare XLSX, CSV and JSON of a division with its standings, which it returns."""
    standings: Shape = json.loads(fetch(f"/api/v1/live/c/{slug}/division/{division}/standings"))["data"]
    here = f"/desk/c/{slug}/division/{division}/results"
    expected = [expected_row(row, standings, language) for row in standings["rows"]]

    exported: Shape = json.loads(fetch(f"{here}.json"))
    assert [row["entry"]["id"] for row in exported["rows"]] == [r["entry"]["id"] for r in standings["rows"]]
    assert [(r["rank"], r["mark"], r["values"]) for r in exported["rows"]] == [
        (row["rank"], row["mark"], row["values"]) for row in standings["rows"]
    ]

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(fetch(f"{here}.xlsx"))).get_sheet_by_index(0)
    headings, *cells = sheet.to_python()
    assert len(cells) == len(expected)
    for row, wanted in zip(cells, expected, strict=True):
        assert len(row) == len(headings)
        assert [_plain(cell) for cell in row[:-1]] == [_plain(cell) for cell in wanted], row

    told = list(csv.reader(io.StringIO(fetch(f"{here}.csv").decode("utf-8-sig"), newline="")))
    assert [heading.removeprefix("'") for heading in told[0]] == headings
    for line, wanted in zip(told[1:], expected, strict=True):
        assert [_read(cell) for cell in line[:-1]] == [_plain(cell) for cell in wanted], line
    return standings


def expected_row(row: Shape, standings: Shape, language: str) -> list[Any]:
    """What a line of the table must say, without the reason at its end; worked out here from the snapshot alone."""
    entry = row["entry"]
    region = entry["region"][language] if entry["region"] else None
    cells = [row["rank"], entry["number"], entry["team"], entry["organisation"], region]
    cells += [row["values"].get(column["name"]) for column in standings["columns"]]
    cells.append(row["mark"])
    most = max(len(other["attempts"]) for other in standings["rows"])
    for at in range(most):
        attempt = row["attempts"][at] if at < len(row["attempts"]) else None
        for column in standings["attempt_columns"]:
            if attempt is None:
                cells.append(None)
            else:
                cells.append(attempt["mark"] or (attempt["values"] or {}).get(column["name"]))
    return cells


def check_protocol(pdf: bytes, standings: Shape, *signers: str) -> str:
    """The protocol has every team in the order of the standings, and those who sign; returns the code to verify by."""
    text = squeezed(pdf_text(pdf))
    places = []
    for row in standings["rows"]:
        begins = f"{row['rank'] or row['mark'] or ''}{row['entry']['number']}{row['entry']['team']}"
        assert squeezed(begins) in text, begins
        places.append(text.index(squeezed(begins)))
    assert places == sorted(places)
    for signer in signers:
        assert squeezed(signer) in text
    code = re.search(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b", pdf_text(pdf))
    assert code, text[-600:]
    return code.group()


def papers_in(archive: bytes) -> Iterator[tuple[str, str]]:
    """The name of each PDF of a ZIP and its text; every one must open and have exactly one page."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.testzip() is None
        for name in opened.namelist():
            made = opened.read(name)
            assert len(pypdfium2.PdfDocument(made)) == 1, name
            yield name, pdf_text(made)


def pdf_text(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def squeezed(text: str) -> str:
    """Without anything between letters: PDFs break lines and words where the paper's width asks for it."""
    return re.sub(r"[\s\u00ad\u200b\ufffe-]+", "", text)


def _plain(cell: Any) -> Any:
    """Numbers as numbers, nothing as None."""
    if cell is None or cell == "":
        return None
    return round(float(cell), 6) if isinstance(cell, int | float) else str(cell)


def _read(cell: str) -> Any:
    """A cell of a CSV: a number where it looks like one; what was disarmed, armed again."""
    if cell[:1] == "'" and cell[1:].startswith(FORMULA_STARTS):
        return cell[1:]
    try:
        return _plain(float(cell))
    except ValueError:
        return _plain(cell)
