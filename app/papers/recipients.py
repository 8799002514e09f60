"""Who gets a paper of a kind: each as the facts its line of the log will hold, never names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..competitions.state import Division, Setup
from ..entries.state import Entries
from ..eventlog.deciding import Refusal
from ..eventlog.fold import State
from ..registry.state import People
from .degrees import degrees_of
from .schemas import IssuePapers
from .state import Papers, is_current

Facts = dict[str, Any]


def recipients(state: State, wanted: IssuePapers) -> list[Facts]:
    """The recipients in the order of divisions and places. Raises Refusal where the results are not there yet."""
    if wanted.kind == "judge":
        return list(_officials(state))
    divisions = _divisions(state, wanted.division)
    if wanted.kind == "diploma":
        return [facts for division in divisions for facts in _winners(state, division)]
    part = "coach" if wanted.kind == "coach" else "member"
    return [facts for division in divisions for facts in _people(state, division, part)]


def _divisions(state: State, code: str | None) -> list[Division]:
    divisions = state[Setup].divisions
    if code is None:
        return list(divisions.values())
    if code not in divisions:
        raise Refusal("division_unknown", division=code, known=", ".join(divisions))
    return [divisions[code]]


def _winners(state: State, division: Division) -> Iterator[Facts]:
    publication = state[Papers].last(division.code)
    if publication is None:
        raise Refusal("results_unpublished", division=division.code)
    if not is_current(state, publication):
        raise Refusal("results_changed", division=division.code, revision=publication.revision)
    for degree in degrees_of(state, division):
        if degree.level and degree.decision is None:
            raise Refusal("tie_undecided", division=division.code, degree=degree.degree)
        for entry in degree.entries:
            yield {"division": division.code, "entry": entry, "degree": degree.degree}


def _people(state: State, division: Division, part: str) -> Iterator[Facts]:
    """A paper for each person; a team that named no members gets one for the team."""
    known: dict[str, list[str]] = {}
    for id_, person in state[People].by_id.items():
        for entry, plays in person.parts.items():
            if plays == part:
                known.setdefault(entry, []).append(id_)
    for entry_of in state[Entries].of(division.code):
        if entry_of.id in state[Entries].taken_down:
            continue
        facts = {"division": division.code, "entry": entry_of.id}
        for person_id in known.get(entry_of.id, []):
            yield facts | {"person": person_id}
        if part == "member" and entry_of.id not in known:
            yield facts


def _officials(state: State) -> Iterator[Facts]:
    for role, people in state[Papers].officials.items():
        for person in people:
            yield {"person": person["id"], "role": role}
