"""Schools and districts that people spell in different ways: what is the same for counting, in any of the spellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from .finding import folded
from .mending import code_page_and_letters

Kind = Literal["district", "city"]

_KIND_WORDS: dict[str, Kind | None] = {
    **dict.fromkeys(
        ("ауданы", "аудан", "ауд", "район", "района", "районы", "district", "rayon", "raion"), "district"
    ),
    **dict.fromkeys(("каласы", "кала", "кал", "к", "город", "города", "гор", "г", "city", "town"), "city"),
    **dict.fromkeys(("село", "с", "ауыл", "ауылы", "поселок", "пос", "п", "кент", "кенти", "village"), None),
}
"""What stands beside a name in folded letters, and the kind of place it says; a village is of no kind here."""
_SHORT_DISTRICT = re.compile(r"\bр[\s./-]{0,3}на?\b")
_ADJECTIVE = re.compile(r"(?:(?<=\w{3})инский|(?<=\w{2})[сц]кий|(?<=\w{2})[сц]кого)$")
_LAST_SOUND = re.compile(r"(?<=\w{3})[аеиоуюяь]$")
_SOUNDS = str.maketrans({"э": "е", "ы": "и", "ь": None})
_NUMBER_SIGN = re.compile(r"\bno?\b\.?(?=\s*\d)|\bno(?=\d)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class District:
    """What tells one district of a region from another: what its name begins with, and its kind where that is said."""

    stem: str
    kind: Kind | None

    def is_same(self, other: District) -> bool:
        """Костанай may be the city or the district; the city and the district are two."""
        return self.stem == other.stem and (
            self.kind is None or other.kind is None or self.kind == other.kind
        )


@lru_cache(maxsize=8_192)
def district_of(written: str) -> District | None:
    """The district or city somebody wrote, in Kazakh or in Russian, with the word for it or without; None for nothing.

    ``Бостандық ауданы``, ``Бостандыкский р-н`` and ``бостандык`` are one.
    """
    words = _WORD.findall(_SHORT_DISTRICT.sub(" район ", _letters(written)))
    names = [word for word in words if word not in _KIND_WORDS] or words
    if not names:
        return None
    said = [found for word in words if (found := _KIND_WORDS.get(word))]
    is_adjective = bool(_ADJECTIVE.search(names[-1]))
    kind: Kind | None = said[0] if said else "district" if is_adjective else None
    stem = " ".join(_stem(name) for name in names)
    return District(stem, kind)


def same_district(one: str | None, other: str | None) -> bool:
    """Whether two spellings mean one district of a region; nothing said is the same as nothing."""
    first, second = district_of(one or ""), district_of(other or "")
    return first is second is None or (first is not None and second is not None and first.is_same(second))


def settled(districts: Iterable[District]) -> dict[District, District]:
    """By each spelling the one it counts with: a bare name with the only kind there is of that name."""
    kinds: dict[str, set[Kind]] = {}
    every = list(districts)
    for one in every:
        kinds.setdefault(one.stem, set()).update([one.kind] if one.kind else [])
    return {
        one: District(one.stem, next(iter(kinds[one.stem])))
        if one.kind is None and len(kinds[one.stem]) == 1
        else one
        for one in every
    }


@lru_cache(maxsize=16_384)
def school_key(written: str) -> str:
    """What spellings of a school have in common: no case, quotation marks, № or hyphens, one letter for look-alikes."""
    return " ".join(_WORD.findall(_letters(written)))


def _letters(written: str) -> str:
    plain = folded(unicodedata.normalize("NFKC", code_page_and_letters(written).replace("№", " ")))
    return _NUMBER_SIGN.sub(" ", plain)


def _stem(name: str) -> str:
    bare = _ADJECTIVE.sub("", name).translate(_SOUNDS).replace("казах", "казак")
    return _LAST_SOUND.sub("", bare)
