"""What an application must satisfy: divisions that exist, ages at the end of the year, limits on entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ..competitions.state import Setup
from ..entries.columns import plain
from ..entries.state import Entries
from ..eventlog.deciding import Problem
from ..eventlog.fold import State
from ..registry.regions import regions
from .schemas import Form
from .state import Application, Applications


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
    return problems + list(_age_problems(state, form))


def _age_problems(state: State, form: Form) -> Iterator[Problem]:
    """A person is as old as they become in the competition's year, whatever the day: so rules here count."""
    year = int(state[Setup].facts["starts_on"][:4])
    terms = state[Applications].terms.divisions
    for at, member in enumerate(form.members):
        field = f"members-{at}-birth_year"
        if member.birth_year is None:
            yield Problem("cell_empty", field)
            continue
        age = year - member.birth_year
        for one in form.wanted:
            bounds = terms.get(one.division)
            facts = {"age": age, "division": one.division}
            if bounds and bounds.youngest and age < bounds.youngest:
                yield Problem("too_young", field, facts=facts | {"bound": bounds.youngest})
            if bounds and bounds.oldest and age > bounds.oldest:
                yield Problem("too_old", field, facts=facts | {"bound": bounds.oldest})


def limits_reached(
    state: State, wanted: Iterable[str], organisation: str, region: str | None
) -> list[Problem]:
    """The limits that so many more entries would break: of a division, an organisation, a region."""
    terms, entries = state[Applications].terms, state[Entries].by_id.values()
    divisions = list(wanted)
    cards = [state.cards[entry.card] for entry in entries if entry.card in state.cards]
    in_division = Counter(entry.division for entry in entries)
    of_organisation = sum(plain(card["organisation"]) == plain(organisation) for card in cards)
    of_region = sum(card["region"] == region for card in cards)
    problems = [
        Problem("division_full", "wanted", facts={"division": code, "most": bounds.most})
        for code in divisions
        if (bounds := terms.divisions.get(code)) and bounds.most and in_division[code] >= bounds.most
    ]
    if terms.most_of_organisation and of_organisation + len(divisions) > terms.most_of_organisation:
        problems.append(
            Problem("organisation_full", "organisation", facts={"most": terms.most_of_organisation})
        )
    if terms.most_of_region and of_region + len(divisions) > terms.most_of_region:
        problems.append(Problem("region_full", "region", facts={"most": terms.most_of_region}))
    return problems


def reached_by(state: State, application: Application) -> list[Problem]:
    """The limits that accepting an application would break."""
    card = state.cards.get(application.card, {"organisation": "", "region": None})
    divisions = [place.division for place in application.places]
    return limits_reached(state, divisions, card["organisation"], card["region"])
