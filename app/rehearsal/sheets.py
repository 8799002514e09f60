"""Score sheets as robots of different strength would earn them."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from scoring.parts import Field
from scoring.ruleset import Ruleset
from scoring.sheet import evaluate

DNF_SHARE, DSQ_SHARE = 0.04, 0.01
STEADINESS = 8
"""How little one attempt of a robot differs from another; 0 would be pure luck."""
MOST_TRIES = 50
POINT_STEP = 0.5
"""Judges of a panel give halves of a point."""
REMARKED_BELOW = 0.5
"""A judge says something of what is weaker than that."""
REMARK = "Дереккөздер аз, қорғауы жақсы"
Ability = float | list[float]
"""Of a field: its worst and its best value, or how often a robot of full strength does it."""


def made_attempt(
    ruleset: Ruleset, abilities: Mapping[str, Ability], strength: float, chance: Random
) -> dict[str, Any]:
    """The payload of an EnterScore: a sheet its rules accept, or a mark. ``strength`` is from 0 to 1.

    Raises RuntimeError where the abilities lead to no sheet that the rules accept.
    """
    drawn = chance.random()
    if drawn < DNF_SHARE + DSQ_SHARE:
        return {"sheet": {}, "mark": "DNF" if drawn < DNF_SHARE else "DSQ"}
    for _try in range(MOST_TRIES):
        sheet = {
            field.id: _value(field, abilities.get(field.id), strength, chance) for field in ruleset.fields
        }
        if evaluate(ruleset, sheet).ok:
            return {"sheet": sheet}
    raise RuntimeError(f"no sheet of {ruleset.id} was accepted")


def strength_of(seed: int, number: int) -> float:
    """How good the entry with this number is, from 0 to 1: the same in every run of the day."""
    return Random(f"strength/{seed}/{number}").betavariate(2.2, 1.8)  # noqa: S311


def _value(field: Field, ability: Ability | None, strength: float, chance: Random) -> Any:
    skill = chance.betavariate(1 + strength * STEADINESS, 1 + (1 - strength) * STEADINESS)
    if field.type == "yes_no":
        often = ability if isinstance(ability, float | int) else 1.0
        return chance.random() < often * skill
    if field.type == "multiple_choice":
        return [option.id for option in field.options if chance.random() < skill]
    if field.type == "choice":
        return chance.choice(field.options).id
    if field.type == "text":
        return REMARK if skill < REMARKED_BELOW else None
    worst, best = ability if isinstance(ability, list) else (_number(field.min), _number(field.max))
    value = min(worst + (best - worst) * skill, _number(field.max) or float("inf"))
    if field.type == "number":
        return round(value / POINT_STEP) * POINT_STEP
    return int(value) if field.type == "whole" else round(value, 3)


def _number(bound: Any) -> float:
    return float(bound or 0)
