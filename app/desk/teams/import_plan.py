"""What an import would do, row by row: what the worker found in a file, held against the competition as it is now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import abort, current_app
from pydantic import ValidationError
from sqlalchemy import Engine

from ...applications.limits import Held, Home
from ...applications.state import Applications
from ...entries.commands import row_problems
from ...entries.duplicates import Place, people_twice
from ...entries.mends import carried_out
from ...entries.queries import registered
from ...entries.schemas import EntryChange, EntryRow
from ...entries.state import Entries, Entry
from ...entries.updating import DETAILS, Planned, Registered, plan
from ...eventlog.fold import State
from ...messages import sentence
from ...pipeline import Pipeline
from ...threads import in_thread
from ..applications.terms_warnings import age_warnings, limit_warnings
from ..submitting import state_of

KINDS = ("new", "changed", "same", "applied")


@dataclass(slots=True)
class ImportPlan:
    """Every row with what becomes of it, and every problem, by row; ``bad`` are the numbers of rows with an error."""

    planned: list[Planned]
    problems: list[dict[str, Any]] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)

    def count(self, kind: str) -> int:
        """How many good rows are of a kind."""
        return sum(one.kind == kind and one.row["row"] not in self.bad for one in self.planned)

    def payload(self) -> dict[str, Any]:
        """The rows and changes that ``ImportEntries`` takes; bad rows are left out."""
        good = [one for one in self.planned if one.row["row"] not in self.bad]
        return {
            "rows": [entry_row(one.row) for one in good if one.kind == "new"],
            "changes": [one.change for one in good if one.kind == "changed"],
        }


def import_plan(
    pipeline: Pipeline, slug: str, read: dict[str, Any], accepted: Mapping[str, str] | None = None
) -> ImportPlan:
    """What the rows the worker ``read`` would do now, with the mends that were ``accepted``.

    404 where there is no such competition, 400 where ``read`` is no list of rows. Thousands of rows take a second to
    compare, which is spent in a real thread.
    """
    with pipeline.reading():
        state = state_of(slug)
        entries, applied = list(state[Entries].by_id.values()), _applied(state)
    engine: Engine = current_app.extensions["engine"]
    mended = read | {
        "rows": carried_out(read["rows"], read["mends"], accepted or {}),
        "problems": _left(read, accepted or {}),
    }
    planned, alike = in_thread(lambda: _compared(engine, f"c/{slug}", entries, applied, mended))
    with pipeline.reading():
        state = state_of(slug)
        problems = [
            *mended["problems"],
            *alike,
            *_against_others(state, planned),
            *_against_terms(state, planned),
        ]
    for problem in problems:
        problem["sentence"] = sentence(problem["code"], problem["facts"])
    broken = _broken(mended)
    rest = [Planned(dict(row), "new") for row in mended["rows"] if broken & {*row["rows"]}]
    wrong = {problem["row"] for problem in problems if problem["level"] == "error"}
    return ImportPlan(
        sorted([*planned, *rest], key=lambda one: one.row["row"]),
        sorted(problems, key=lambda problem: problem["row"]),
        wrong | {row["row"] for row in mended["rows"] if wrong & {*row["rows"]}},
    )


def _left(read: dict[str, Any], accepted: Mapping[str, str]) -> list[dict[str, Any]]:
    """The problems that the accepted mends do not solve; those a mend could solve say so."""
    regions = {mend["was"]: mend["id"] for mend in read["mends"] if mend.get("column") == "region"}
    left = []
    for problem in read["problems"]:
        mend = (
            regions.get(problem["facts"].get("region", "")) if problem["code"] == "region_unknown" else None
        )
        if mend is None or mend not in accepted:
            left.append(problem | {"mend": mend})
    return left


def _compared(
    engine: Engine, chain: str, entries: list[Entry], applied: set[str], read: dict[str, Any]
) -> tuple[list[Planned], list[dict[str, Any]]]:
    """The rows in which the worker found nothing wrong, held against the teams there are; and people found twice."""
    with engine.connect() as connection:
        known = registered(connection, chain, entries, applied)
    broken = _broken(read)
    planned = plan([row for row in read["rows"] if not broken & {*row["rows"]}], known, read["says"])
    return planned, _people_twice(planned, known)


def _people_twice(planned: list[Planned], known: Collection[Registered]) -> list[dict[str, Any]]:
    """Warnings about members who seem to be in two teams, in the list or in teams that are there already."""
    listed = {one.registered.entry for one in planned if one.registered is not None}
    places = [Place.of_row(one.row) for one in planned]
    places += [Place.of_team(one) for one in known if one.entry not in listed]
    return [
        _problem(found.code, found.row, "members", found.facts, "warning") for found in people_twice(places)
    ]


def _broken(read: dict[str, Any]) -> set[int]:
    return {problem["row"] for problem in read["problems"] if problem["level"] == "error"}


def entry_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row as ``ImportEntries`` takes it."""
    kept = ("division", "team", "organisation", "region", "coach", "members")
    return {
        **{name: row[name] for name in kept},
        "details": {name: row[name] for name in DETAILS},
        "contact": row["contact"] if row["coach"] else None,
    }


def _applied(state: State) -> set[str]:
    """The entries that an application speaks for."""
    return {place.entry for one in state[Applications].by_id.values() for place in one.places}


def _against_others(state: State, planned: list[Planned]) -> list[dict[str, Any]]:
    """What only the competition knows to be wrong, and teams that a list has twice."""
    found = []
    seen: dict[str, int] = {}
    for one in planned:
        if one.registered is not None:
            first = seen.setdefault(one.registered.entry, one.row["row"])
            if first != one.row["row"]:
                found.append(_problem("entry_repeated", one.row["row"], "team", {"team": one.row["team"]}))
            elif one.kind == "applied":
                facts = {"number": one.registered.number}
                found.append(_problem("entry_of_application", one.row["row"], "team", facts, "warning"))
    new = [one for one in planned if one.kind == "new"]
    twice = {problem["row"] for problem in found if problem["level"] == "error"}
    changed = [one for one in planned if one.kind == "changed" and one.row["row"] not in twice]
    try:
        rows = [EntryRow.model_validate(entry_row(one.row)) for one in new]
        changes = [EntryChange.model_validate(one.change) for one in changed]
    except ValidationError:
        abort(400)
    for problem in row_problems(state, rows, changes):
        row = [*new, *changed][(problem.row or 1) - 1].row["row"]
        found.append(_problem(problem.code, row, problem.field, problem.facts))
    return found


def _against_terms(state: State, planned: list[Planned]) -> Iterator[dict[str, Any]]:
    """Warnings where rows go against the terms of applications: by members' ages, and by limits on new entries."""
    held = Held(state)
    for one in planned:
        row = one.row
        if one.kind not in ("new", "changed") or not row["division"]:
            continue
        years = [member.get("birth_year") for member in row["members"] if not isinstance(member, str)]
        found = list(age_warnings(state, row["division"], years))
        if one.kind == "new":
            home = Home.of(row["organisation"], row["region"], row["district"])
            found += limit_warnings(held, row["division"], home)
        for problem in found:
            yield _problem(problem.code, row["row"], problem.field, problem.facts, "warning")


def _problem(
    code: str, row: int, column: str | None, facts: dict[str, Any], level: str = "error"
) -> dict[str, Any]:
    return {"code": code, "row": row, "column": column, "facts": facts, "level": level, "mend": None}
