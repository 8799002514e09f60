"""Names of people, organisations and teams as they occur in Kazakhstan, drawn from `config/demo/names.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from ..registry.regions import regions

NAMES_FILE = Path(__file__).parents[2] / "config" / "demo" / "names.json"
RUSSIAN_SHARE = 0.3
PATRONYMIC_SHARE = 0.7
HIGHEST_SCHOOL_NUMBER = 180
EPITHET_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class FullName:
    """A person's name in its parts; ``sex`` is ``f`` or ``m``."""

    surname: str
    given_name: str
    patronymic: str | None
    sex: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """Where teams come from; ``kind`` as applications name it, ``region`` an ISO 3166-2 code."""

    name: str
    kind: str
    region: str
    district: str


class Names:
    """Draws names; the same ``chance`` draws the same again."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._known = _tables()
        self._teams: set[str] = set()

    def person(self) -> FullName:
        """A Kazakh or a Russian name; some have no patronymic."""
        chance, known = self._chance, self._known
        sex = chance.choice("fm")
        side = "mf".index(sex)
        people = ("boys", "girls")[side]
        has_patronymic = chance.random() < PATRONYMIC_SHARE
        if chance.random() < RUSSIAN_SHARE:
            surname = chance.choice(known["russian_surnames"])[side]
            patronymic = chance.choice(known["russian_patronymics"])[side]
            given = chance.choice(known[f"russian_{people}"])
        else:
            surname = chance.choice(known["kazakh_surnames"])[side]
            patronymic = chance.choice(known["kazakh_fathers"]) + ("ұлы", "қызы")[side]
            given = chance.choice(known[f"kazakh_{people}"])
        return FullName(surname, given, patronymic if has_patronymic else None, sex)

    def organisation(self) -> Organisation:
        """An organisation of a town or district, named in Kazakh or in Russian."""
        chance, known = self._chance, self._known
        codes = list(regions())
        [region] = chance.choices(codes, [known["region_weights"].get(code, 1) for code in codes])
        side = int(chance.random() < RUSSIAN_SHARE)
        district = chance.choice(known["towns"][region])[side]
        kinds = known["organisations"]
        [(kind, _often, *names)] = chance.choices(kinds, [often for _kind, often, *_names in kinds])
        number = chance.randint(1, HIGHEST_SCHOOL_NUMBER)
        return Organisation(names[side].format(n=number, town=district), kind, region, district)

    def team(self) -> str:
        """A name no other team has; a number tells those apart that would be called the same."""
        chance, known = self._chance, self._known
        if chance.random() < EPITHET_SHARE:
            words = (
                f"{chance.choice(known['kazakh_epithets'])} {chance.choice(known['kazakh_teams']).lower()}"
            )
        else:
            words = chance.choice(known["kazakh_teams"] + known["other_teams"])
        name, number = words, 1
        while name in self._teams:
            number += 1
            name = f"{words}-{number}"
        self._teams.add(name)
        return name


@cache
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = json.loads(NAMES_FILE.read_text("utf-8"))
    return tables
