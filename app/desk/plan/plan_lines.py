"""Lines of the plan's form: divisions with minutes and fields, places with their own hours, judges in two places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...competitions.state import Setup
from ...eventlog.fold import State
from ...judging.state import Panels
from ...planning.places import TABLES, Places, field_place, judge_place
from ...planning.starts import starts_of
from .plan_defaults import proposed_division
from .timeline import place_name

Json = dict[str, Any]


def division_lines(state: State, asked: Json) -> list[Json]:
    """``is_in`` says whether a division is in the plan; before there is one, those that are drawn are proposed."""
    planned = {one["division"]: one for one in asked.get("divisions", ())}
    lines = []
    for code, division in state[Setup].divisions.items():
        starts = starts_of(state, code)
        plan = planned.get(code) or proposed_division(state, division, starts)
        is_in = code in planned or (not asked and bool(starts))
        lines.append(
            {
                "division": division,
                "starts": len(starts),
                "plan": plan,
                "is_in": is_in,
                "is_judged": division.ruleset.rubric is not None,
            }
        )
    return lines


def place_lines(state: State, judges: Iterable[Json], asked: Json) -> list[Json]:
    """Fields and rooms, judges of panels, the inspection tables; each with its own hours where it has some."""
    own = {one["place"]: one for one in asked["places"]}
    names = {judge["id"]: judge["name"] for judge in judges}
    in_panels = dict.fromkeys(judge for panel in state[Panels].by_division.values() for judge in panel.judges)
    places = [*map(field_place, state[Setup].fields), *map(judge_place, in_panels), TABLES]
    return [
        {
            "place": place,
            "name": place_name(state, place, names),
            "field": place.partition("/")[2] if place.startswith("field/") else "",
            "hours": own.get(place, {"days": [], "opens": None, "closes": None}),
        }
        for place in places
    ]


def held_together(state: State, places: Places, judges: Iterable[Json]) -> list[list[str]]:
    """Names of the places of which only one is in use at a time, for one judge has them alone."""
    names = {judge["id"]: judge["name"] for judge in judges}
    groups: dict[str, list[str]] = {}
    for place, held in places.held_as.items():
        groups.setdefault(held, []).append(place)
    for field, judge in places.judge_of.items():
        groups.setdefault(judge, [judge]).append(field)
    return [[place_name(state, place, names) for place in group] for group in groups.values()]
