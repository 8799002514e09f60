"""What an application must satisfy: divisions that exist, ages at the end of the year, each member once."""

from __future__ import annotations

from collections.abc import Iterator

from ..competitions.state import Setup
from ..entries.updating import as_compared
from ..eventlog.deciding import Problem
from ..eventlog.fold import State
from ..registry.naming import joined
from ..registry.regions import regions
from .schemas import Form
from .state import Applications


def form_problems(state: State, form: Form) -> list[Problem]:
    """Everything wrong with a form that is well formed; fields are named as the form's."""
    problems = [
        Problem("division_unknown", "wanted", facts={"division": one.division, "known": ""})
        for one in form.wanted
        if one.division not in state[Setup].divisions
    ]
    if form.region not in regions():
        problems.append(Problem("region_unknown", "region", facts={"region": form.region}))
    if len({one.division for one in form.wanted}) < len(form.wanted):
        problems.append(Problem("option_repeated", "wanted"))
    return [*problems, *_repeated(form), *_age_problems(state, form)]


def _repeated(form: Form) -> Iterator[Problem]:
    """A member who is named twice: the same name, and years of birth that do not differ."""
    seen: dict[tuple[str, int | None], int] = {}
    for at, member in enumerate(form.members):
        name = joined(member.surname, member.given_name)
        if seen.setdefault((as_compared(name), member.birth_year), at) != at:
            yield Problem("person_repeated", f"members-{at}-surname", facts={"name": name})


def _age_problems(state: State, form: Form) -> Iterator[Problem]:
    for at, member in enumerate(form.members):
        field = f"members-{at}-birth_year"
        if member.birth_year is None:
            yield Problem("cell_empty", field)
            continue
        for one in form.wanted:
            yield from age_problems(state, one.division, member.birth_year, field)


def age_problems(state: State, division: str, birth_year: int, field: str) -> Iterator[Problem]:
    """A person is as old as they become in the competition's year, whatever the day: so rules here count."""
    age = int(state[Setup].facts["starts_on"][:4]) - birth_year
    bounds = state[Applications].terms.divisions.get(division)
    facts = {"age": age, "division": division}
    if bounds and bounds.youngest and age < bounds.youngest:
        yield Problem("too_young", field, facts=facts | {"bound": bounds.youngest})
    if bounds and bounds.oldest and age > bounds.oldest:
        yield Problem("too_old", field, facts=facts | {"bound": bounds.oldest})
