"""What is amiss with one team before it is stored, as an import says it of a row: never a reason to refuse it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app
from sqlalchemy import Engine

from ...applications.limits import Held, Home
from ...entries.duplicates import Place, people_twice
from ...entries.queries import registered
from ...entries.state import Entries
from ...messages import sentence
from ...pipeline import Pipeline
from ...threads import in_thread
from ..applications.terms_warnings import age_warnings, limit_warnings
from ..submitting import state_of


def warnings(pipeline: Pipeline, slug: str, row: Mapping[str, Any], entry: str | None) -> list[str]:
    """Sentences about a row; ``entry`` is the one it is to be, where it is there already."""
    with pipeline.reading():
        state = state_of(slug)
        entries = [one for one in state[Entries].by_id.values() if one.id != entry]
        home = Home.of(row["organisation"], row["region"], row["district"])
        years = [member["birth_year"] for member in row["members"]]
        found = [
            *age_warnings(state, row["division"], years),
            *limit_warnings(Held(state, without=entry), row["division"], home),
        ]
    engine: Engine = current_app.extensions["engine"]

    def twice() -> list[tuple[str, dict[str, Any]]]:
        with engine.connect() as connection:
            others = [Place.of_team(one) for one in registered(connection, f"c/{slug}", entries, ())]
        return [(one.code, one.facts) for one in people_twice([Place.of_row(row), *others])]

    said = [(problem.code, problem.facts) for problem in found] + in_thread(twice)
    return [sentence(code, facts) for code, facts in said]
