"""From a competition to an instance for the solver: its runs, panels' visits, matches, inspections, and who is in them.

Minutes count from midnight of the first day, in the venue's own time; the format is docs/schedule-format.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from ..accounts.queries import accounts_of
from ..arrivals.state import Arrivals
from ..competitions.state import Setup
from ..entries.queries import members
from ..entries.state import Entries
from ..eventlog.fold import State
from ..judging.state import Panels
from .namesakes import Someone, identities, people_of
from .places import INSPECTION, TABLES, Places, field_place, judge_place, places_of
from .starts import MATCH, RUN, VISIT, Start, starts_of
from .state import Plans
from .visits import is_joint, joint_id

Json = dict[str, Any]


class Calendar:
    """Between instants and minutes of the plan."""

    def __init__(self, state: State) -> None:
        first = date.fromisoformat(state[Plans].asked["first_day"])
        self.zone = ZoneInfo(state[Setup].facts["zone"])
        self._midnight = datetime.combine(first, time(), self.zone)

    def minute(self, at_utc: str | datetime) -> int:
        at = datetime.fromisoformat(at_utc) if isinstance(at_utc, str) else at_utc
        return int((at - self._midnight).total_seconds() // 60)

    def on(self, day: date, at: time) -> int:
        return self.minute(datetime.combine(day, at, self.zone))

    def instant(self, minute: int) -> datetime:
        return (self._midnight.astimezone(UTC) + timedelta(minutes=minute)).astimezone(self.zone)


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be scheduled, as JSON for the solver, and the places it speaks of."""

    instance: Json
    places: Places


NO_QUESTION = Question({"activities": [], "resources": []}, Places((), {}, {}))


def question_of(connection: Connection, state: State) -> Question:
    """Read it inside ``pipeline.reading()``. Only divisions that have a plan."""
    asked = state[Plans].asked
    plans = {one["division"]: one for one in asked["divisions"]}
    starts = [one for code in plans for one in starts_of(state, code)]
    inspected = [
        one
        for one in _entries_of(starts, plans, "inspected")
        if asked["inspection_min"] and _is_to_be_inspected(state, one)
    ]
    fields = dict.fromkeys(
        [
            *(
                code
                for one in starts
                if not one.judge
                for code in (*plans[one.division]["fields"], one.field)
            ),
            *(one.field for one in starts if is_joint(state, one)),
        ]
    )
    judges = dict.fromkeys(one.judge for one in starts if one.judge)
    places = places_of(asked, fields, judges, bool(inspected), judges_alone(connection, state))
    instance = {
        "version": 1,
        "slot_min": asked["slot_min"],
        "resources": list(places.resources),
        "entries": list(_entries(connection, state, list(_entries_of(starts, plans)))),
        "activities": [
            *_activities(state, starts, plans, places),
            *map(partial(_inspection, asked), inspected),
        ],
        "gaps": [
            {"between": ["*", "*"], "min": asked["gap_min"]},
            *({"between": [VISIT, kind], "min": asked["travel_min"]} for kind in (RUN, MATCH)),
        ],
        "before": [
            {"first": INSPECTION, "then": kind, "min": asked["gap_min"]}
            for kind in (RUN, MATCH, VISIT)
            if inspected
        ],
        "together": _pairs(asked, fields),
    }
    return Question(instance, places)


def _is_to_be_inspected(state: State, entry: str) -> bool:
    """What took place without a plan needs none."""
    return entry in state[Plans].inspections or not state[Arrivals].inspections.get(entry)


def judges_alone(connection: Connection, state: State) -> dict[str, str]:
    """By field, the account of the judge who has it alone; rooms in which one merely sits in a panel left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for account in accounts_of(connection, state[Setup].slug):
        if account["role"] == "judge":
            rooms = state[Panels].rooms_of(account["id"])
            for field in account["fields"]:
                if field not in rooms:
                    found[field].append(account["id"])
    return {field: judges[0] for field, judges in found.items() if len(judges) == 1}


def everybody(connection: Connection, state: State, entries: Iterable[str]) -> list[Someone]:
    """The people of some entries, with the organisations their teams are from."""
    cards = {entry: state.cards.get(state[Entries].by_id[entry].card, {}) for entry in entries}
    organisations = {entry: card.get("organisation", "") for entry, card in cards.items()}
    return people_of(members(connection, state.chain), organisations, entries)


def planned_entries(state: State) -> list[str]:
    """Everybody who has a start in the plan."""
    plans = {one["division"]: one for one in state[Plans].asked.get("divisions", ())}
    return list(_entries_of([one for code in plans for one in starts_of(state, code)], plans))


def inspection_id(entry: str) -> str:
    return f"{INSPECTION}/{entry}"


def applied(state: State, places: Places) -> dict[str, Json]:
    """The plan as runs have it now: ``{activity: {"start", "resources"}}``."""
    calendar = Calendar(state)
    placed: dict[str, Json] = {}
    for plan in state[Plans].asked["divisions"]:
        for one in starts_of(state, plan["division"]):
            if one.planned_at_utc:
                id_ = joint_id(one.division, one.entries[0]) if is_joint(state, one) else one.id
                here = {places.of(place_of(one))}
                allowed = [*map(field_place, plan["fields"])]
                judge = None if one.judge else places.judge_needed(allowed)
                here |= {judge} if judge else set()
                if id_ != one.id:
                    here |= {places.of(field_place(one.field)), *placed.get(id_, {}).get("resources", ())}
                placed[id_] = {"start": calendar.minute(one.planned_at_utc), "resources": sorted(here)}
    inspections = {
        inspection_id(entry): {"start": calendar.minute(at), "resources": [TABLES]}
        for entry, at in state[Plans].inspections.items()
    }
    return placed | inspections


def place_of(one: Start) -> str:
    """Where a start stands now: before its judge, or on its field."""
    return judge_place(one.judge) if one.judge else field_place(one.field)


def _activities(state: State, starts: list[Start], plans: dict[str, Json], places: Places) -> Iterator[Json]:
    """Each start by itself, and the sheets of one project as one where a panel sees teams together."""
    together: dict[str, list[Start]] = defaultdict(list)
    for one in starts:
        if is_joint(state, one):
            together[joint_id(one.division, one.entries[0])].append(one)
        else:
            here = [place_of(one)] if one.judge else [*map(field_place, plans[one.division]["fields"])]
            judge = None if one.judge else places.judge_needed(here)
            yield _activity(
                one.id, one, plans, [_need(places, here), *([_need(places, [judge])] if judge else [])]
            )
    for id_, sheets in together.items():
        rooms = {places.of(place) for one in sheets for place in (place_of(one), field_place(one.field))}
        yield _activity(id_, sheets[0], plans, [_need(places, [room]) for room in sorted(rooms)])


def _activity(id_: str, one: Start, plans: dict[str, Json], needs: list[Json]) -> Json:
    return {
        "id": id_,
        "entries": list(one.entries),
        "kind": one.kind,
        "duration_min": plans[one.division]["minutes"],
        "needs": needs,
    }


def _need(places: Places, among: list[str]) -> Json:
    held = list(dict.fromkeys(map(places.of, among)))
    return {"kind": held[0].partition("/")[0], "among": held}


def _inspection(asked: Json, entry: str) -> Json:
    return {
        "id": inspection_id(entry),
        "entries": [entry],
        "kind": INSPECTION,
        "duration_min": asked["inspection_min"],
        "needs": [{"kind": INSPECTION}],
    }


def _pairs(asked: Json, fields: Collection[str]) -> list[list[str]]:
    return [[*map(field_place, pair)] for pair in asked["pairs"] if set(pair) <= set(fields)]


def _entries_of(starts: Iterable[Start], plans: dict[str, Json], only: str = "") -> Iterable[str]:
    """Those who have starts; where ``only`` is told, in divisions whose plan says so."""
    return dict.fromkeys(
        entry for one in starts if not only or plans[one.division][only] for entry in one.entries
    )


def _entries(connection: Connection, state: State, entries: list[str]) -> Iterator[Json]:
    """Who an entry keeps busy: whoever is one person is so in every team."""
    people = everybody(connection, state, entries)
    known = identities(people, state[Plans].asked["namesakes"])
    busy: dict[str, set[str]] = defaultdict(set)
    for one in people:
        busy[one.entry].add(f"person/{known[one.id]}")
    for entry in entries:
        yield {"id": entry, "people": sorted(busy[entry])}
