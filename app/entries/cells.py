"""What people write into cells, and what it means: names one under another, years, sexes, kinds of organisations."""

from __future__ import annotations

import re

from ..registry.schemas import OldestBirthYear, YoungestBirthYear
from .columns import plain

_NUMBERING = re.compile(r"^\d{1,2}\s*[.)]\s*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SEXES = {
    "f": (
        "ж",
        "жен",
        "женский",
        "девочка",
        "девушка",
        "д",
        "қ",
        "қыз",
        "қыз бала",
        "әйел",
        "f",
        "female",
        "girl",
        "w",
    ),
    "m": ("м", "муж", "мужской", "мальчик", "юноша", "ұ", "ұл", "ұл бала", "ер", "еркек", "m", "male", "boy"),
}
_KINDS = (
    ("technicians", ("техник", "technician", "сют", "цют")),
    ("palace", ("дворец", "дом школьник", "сарай", "palace", "дом творчеств", "оқушылар үйі", "дворц")),
    ("university", ("универ", "вуз", "институт", "univers", "академия", "жоғары оқу")),
    ("college", ("колледж", "college", "училищ", "техникум", "колледжі")),
    ("studio", ("студи", "studio", "частн", "жеке", "жекеменшік")),
    ("circle", ("круж", "үйірме", "circle", "клуб", "club")),
    ("school", ("школ", "мектеп", "school", "лицей", "гимназ", "lyceum", "gymnasium", "ниш", "нзм", "сош")),
    ("other", ("друг", "иное", "басқа", "өзге", "other")),
)
"""Kinds of organisations, each with the beginnings of words that mean it; the first that fits counts."""


def people_in(written: str, *, by_comma: bool = True) -> list[str]:
    """Names one under another, or parted by semicolons or commas, without their numbering."""
    for separator in (";", ",") if by_comma else (";",):
        written = written.replace(separator, "\n")
    names = (_NUMBERING.sub("", " ".join(name.split())) for name in written.split("\n"))
    return [name for name in names if name]


def values_in(written: str) -> list[str]:
    """The values of a cell that says one of each member."""
    return people_in(written)


def birth_year_of(written: str) -> int | None:
    """The year in a year or date; None where there is none that somebody alive was born in."""
    found = _YEAR.search(written)
    if found is None:
        return None
    year = int(found[0])
    return year if OldestBirthYear <= year <= YoungestBirthYear else None


def sex_of(written: str) -> str | None:
    said = plain(written)
    return next((sex for sex, words in _SEXES.items() if said in words), None)


def organisation_kind_of(written: str) -> str | None:
    """One of the kinds an application chooses from."""
    said = plain(written)
    if said in dict(_KINDS):
        return said
    words = f" {said}"
    return next((kind for kind, stems in _KINDS if any(f" {stem}" in words for stem in stems)), None)
