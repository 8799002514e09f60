"""Where a team that an organiser brings goes against the terms of applications: said, never refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...applications.checks import age_problems
from ...applications.limits import Held, Home
from ...applications.state import Applications
from ...eventlog.deciding import Problem
from ...eventlog.fold import State

COLUMNS = {"wanted": "division"}
"""By field of an application the column of a list that says the same."""


def age_warnings(state: State, division: str, birth_years: Iterable[int | None]) -> Iterator[Problem]:
    """Members whom the division does not take, by the age they reach in the competition's year."""
    if division in state[Applications].terms.divisions:
        for year in birth_years:
            if year is not None:
                yield from age_problems(state, division, year, "birth_year")


def limit_warnings(held: Held, division: str, home: Home) -> Iterator[Problem]:
    """The limits that one entry more breaks; it counts from then on."""
    for problem in held.reached([division], home):
        yield Problem(problem.code, COLUMNS.get(problem.field or "", problem.field), facts=problem.facts)
    held.take([division], home)
