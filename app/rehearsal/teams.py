"""The teams of a made competition, as their coaches would apply; the same seed makes the same teams."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

from .names import FullName, Names, Organisation

Plan = dict[str, Any]
"""What a contest is to be: `config/demo/republican.json`, `config/demo/district.json`."""
PLANS = ("district", "republican")
PLAN_FOLDER = Path(__file__).parents[2] / "config" / "demo"
FIRST_GRADE_AGE = 6


@dataclass(frozen=True, slots=True)
class Member:
    """A child of a team, born in ``birth_year``."""

    name: FullName
    birth_year: int
    grade: int


@dataclass(frozen=True, slots=True)
class Team:
    """A team with its coach, and the divisions it competes in."""

    name: str
    organisation: Organisation
    coach: FullName
    members: tuple[Member, ...]
    divisions: tuple[str, ...]

    def form(self) -> dict[str, Any]:
        """The team as an application's form holds it."""
        return {
            "team": self.name,
            "organisation": self.organisation.name,
            "organisation_kind": self.organisation.kind,
            "region": self.organisation.region,
            "district": self.organisation.district,
            "coach": _applicant(self.coach),
            "members": [
                _applicant(member.name) | {"birth_year": member.birth_year, "grade": str(member.grade)}
                for member in self.members
            ],
            "wanted": [{"division": division} for division in self.divisions],
        }


def read_plan(name: str) -> Plan:
    """One of PLANS."""
    plan: Plan = json.loads((PLAN_FOLDER / f"{name}.json").read_text("utf-8"))
    return plan


def made_teams(plan: Plan, seed: int, year: int) -> list[Team]:
    """The teams for every place of every division, in the order they apply; ages are as at the end of ``year``.

    A coach looks after several teams of one organisation; some teams compete in two divisions.
    """
    chance = Random(f"teams/{seed}")  # noqa: S311 (a draw that can be shown again)
    names = Names(chance)
    coaches = _coaches(names, chance, plan["teams_a_coach"])
    teams = []
    for divisions in _places(plan, chance):
        organisation, coach = next(coaches)
        of_team = [division for division in plan["divisions"] if division["code"] in divisions]
        members = tuple(_members(names, chance, of_team, year))
        teams.append(Team(names.team(), organisation, coach, members, divisions))
    chance.shuffle(teams)
    return teams


def _coaches(names: Names, chance: Random, most_teams: int) -> Iterator[tuple[Organisation, FullName]]:
    """An organisation and a coach for one team after another, each coach for up to ``most_teams`` of them."""
    while True:
        organisation, coach = names.organisation(), names.person()
        for _team in range(chance.randint(1, most_teams)):
            yield organisation, coach


def _places(plan: Plan, chance: Random) -> Iterator[tuple[str, ...]]:
    """The divisions of each team: one place each, but for those teams that compete in two of them."""
    left = {division["code"]: division["teams"] for division in plan["divisions"]}
    known = {division["code"]: division for division in plan["divisions"]}
    while left:
        code = chance.choice(list(left))
        others = [other for other in left if other != code and _may_share(known[code], known[other])]
        second = [chance.choice(others)] if others and chance.random() < plan["two_divisions_share"] else []
        for taken in (code, *second):
            left[taken] -= 1
            if not left[taken]:
                del left[taken]
        yield (code, *second)


def _may_share(one: Plan, other: Plan) -> bool:
    """Whether a team could compete in both: of an age, and as many members, that both take."""
    youngest, oldest = _shared([one["ages"], other["ages"]])
    least, most = _shared([one["members"], other["members"]])
    return youngest <= oldest and least <= most


def _shared(ranges: Sequence[Sequence[int]]) -> tuple[int, int]:
    return max(low for low, _high in ranges), min(high for _low, high in ranges)


def _members(names: Names, chance: Random, divisions: list[Plan], year: int) -> Iterator[Member]:
    youngest, oldest = _shared([division["ages"] for division in divisions])
    age = chance.randint(youngest, oldest)
    for _member in range(chance.randint(*_shared([division["members"] for division in divisions]))):
        own = min(max(age + chance.randint(-1, 1), youngest), oldest)
        yield Member(names.person(), year - own, min(max(own - FIRST_GRADE_AGE, 1), 11))


def _applicant(name: FullName) -> dict[str, Any]:
    return asdict(name)
