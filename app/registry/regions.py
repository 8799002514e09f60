"""The twenty regions of Kazakhstan and the many ways people write them."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

REGIONS_FILE = Path(__file__).parents[2] / "config" / "regions.csv"


@cache
def regions() -> dict[str, dict[str, str]]:
    """``{ISO 3166-2 code: {"kk", "ru", "en"}}`` in the order of their codes."""
    return {
        row["code"]: {"kk": row["name_kk"], "ru": row["name_ru"], "en": row["name_en"]} for row in _rows()
    }


def find_region(written: str) -> str | None:
    """The code of the region someone wrote in any of three languages, by an old name or by its code; else None.

    Almaty is a city and a region: the word beside the name decides, and the bare name is the city.
    """
    name, kind = _folded(written)
    return _by_spelling().get((name, kind))


@cache
def _by_spelling() -> dict[tuple[str, str | None], str]:
    spellings: dict[tuple[str, str | None], str] = {}
    for row in sorted(_rows(), key=lambda row: row["kind"] == "city"):
        for written in [
            row["code"],
            row["name_kk"],
            row["name_ru"],
            row["name_en"],
            *row["aliases"].split("|"),
        ]:
            name, _kind = _folded(written)
            if name:
                spellings[name, row["kind"]] = spellings[name, None] = row["code"]
    return spellings


def _rows() -> list[dict[str, str]]:
    with REGIONS_FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _folded(written: str) -> tuple[str, str | None]:
    """The name without case and punctuation, and the kind that the words around it say, if any."""
    words = written.casefold().replace(".", " ").replace("ё", "е").split()
    kinds = [_KIND_WORDS[word] for word in words if word in _KIND_WORDS]
    return " ".join(word for word in words if word not in _KIND_WORDS), kinds[0] if kinds else None


_KIND_WORDS = dict.fromkeys(("облысы", "область", "обл", "region", "oblast"), "region") | dict.fromkeys(
    ("қаласы", "город", "г", "city", "қ"), "city"
)
