"""The twenty regions of Kazakhstan and the many ways people write them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from .finding import folded
from .mending import code_page_mended, letters_mended

CONFIG = Path(__file__).parents[2] / "config"
REGIONS_FILE = CONFIG / "regions.csv"
BEFORE_FILE = CONFIG / "region_names_before.csv"
"""Each row says until when a name held, and the decree or page that was read for it; sources that differ are named."""
FARTHEST = 2
"""How many letters may be wrong in a misspelt name, and one in a short one."""
SHORT_LETTERS = 6


@dataclass(frozen=True, slots=True)
class Meant:
    """The regions that somebody may have meant, by code, and why: an old name, its centre, letters, or spelling."""

    codes: tuple[str, ...]
    why: Literal["look_alike", "region_before", "region_centre", "region_misspelt"]


@cache
def regions() -> dict[str, dict[str, str]]:
    """``{ISO 3166-2 code: {"kk", "ru", "en"}}`` in the order of their codes."""
    return {
        row["code"]: {"kk": row["name_kk"], "ru": row["name_ru"], "en": row["name_en"]} for row in _rows()
    }


def find_region(written: str) -> str | None:
    """The code of the region someone wrote in any of three languages or by its code; else None.

    Almaty is a city and a region: the word beside the name decides, and the bare name is the city.
    """
    name, kind = _folded(written)
    return _by_spelling().get((name, kind))


@lru_cache(maxsize=4_096)
def regions_meant(written: str) -> Meant | None:
    """What someone may have meant who wrote no region there is: for a person to choose from, never to be assumed."""
    mended = letters_mended(code_page_mended(written))
    code = find_region(mended)
    if code is not None:
        return Meant((code,), "look_alike")
    name, kind = _folded(mended)
    if not name:
        return None
    if kind != "region":
        if (name, "city") in _before():
            return Meant(_before()[name, "city"], "region_before")
        if name in _centres():
            return Meant((_centres()[name],), "region_centre")
    if kind != "city" and (name, "region") in _before():
        return Meant(_before()[name, "region"], "region_before")
    return _nearest(name, kind)


def _nearest(name: str, kind: str | None) -> Meant | None:
    """Regions whose name differs in a letter or two; Russian letters for Kazakh ones do not count as different."""
    wanted = folded(name)
    most = FARTHEST if len(wanted) >= SHORT_LETTERS else 1
    best: dict[str, int] = {}
    for spelling, own, codes in _spellings():
        if kind and own and own != kind:
            continue
        apart = _apart(wanted, spelling, most)
        for code in codes if apart is not None else ():
            best[code] = min(apart or 0, best.get(code, most))
    nearest = min(best.values(), default=0)
    codes = tuple(sorted(code for code, apart in best.items() if apart == nearest))
    return Meant(codes, "region_misspelt") if codes else None


def _spellings() -> Iterator[tuple[str, str | None, tuple[str, ...]]]:
    for (name, kind), code in _by_spelling().items():
        yield folded(name), kind, (code,)
    for (name, kind), codes in _before().items():
        yield folded(name), kind, codes


def _apart(one: str, other: str, most: int) -> int | None:
    """How many letters to add, drop, change or swap make one the other; None where that is more than ``most``."""
    if abs(len(one) - len(other)) > most:
        return None
    earlier: list[int] = []
    line = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, line, earlier_still = line, [at], earlier
        for place, facing in enumerate(other, 1):
            changed = before[place - 1] + (letter != facing)
            line.append(min(before[place] + 1, line[-1] + 1, changed))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == facing:
                line[-1] = min(line[-1], earlier_still[place - 2] + 1)
        earlier = before
    return line[-1] if line[-1] <= most else None


@cache
def _before() -> dict[tuple[str, str], tuple[str, ...]]:
    with BEFORE_FILE.open(encoding="utf-8", newline="") as file:
        return {
            (_folded(name)[0], row["kind"]): tuple(row["codes"].split("|"))
            for row in csv.DictReader(file)
            for name in row["names"].split("|")
        }


@cache
def _centres() -> dict[str, str]:
    """``{name: code}`` of the cities regions are governed from."""
    return {
        _folded(row[f"centre_{language}"])[0]: row["code"]
        for row in _rows()
        for language in ("kk", "ru", "en")
    }


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
    plain = _APOSTROPHES.sub("", written.casefold().replace("ё", "е"))
    words = _BREAKS.sub(" ", plain).split()
    kinds = [_KIND_WORDS[word] for word in words if word in _KIND_WORDS]
    return " ".join(word for word in words if word not in _KIND_WORDS), kinds[0] if kinds else None


_APOSTROPHES, _BREAKS = re.compile("['’ʼ`ʹ]"), re.compile(r"[\W_]+")
_KIND_WORDS = dict.fromkeys(
    ("облысы", "облыс", "область", "области", "обл", "region", "oblast"), "region"
) | dict.fromkeys(("қаласы", "город", "г", "city", "қ"), "city")
