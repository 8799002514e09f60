"""What the plan's form proposes before anybody filled it in: the dates, usual hours, minutes by the rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import ceil
from typing import Any

from ...competitions.state import Division, Setup
from ...eventlog.fold import State
from ...planning.schemas import MOST_DAYS
from ...planning.starts import Start

SETTING_UP_MIN = 2
USUAL_MIN = 5
JUDGED_MIN = 10
USUAL = {"opens": "09:00", "closes": "18:00"}
LUNCH = {"opens": "13:00", "closes": "14:00"}


def proposed(setup: Setup) -> dict[str, Any]:
    """As ``SetPlan`` would have it, divisions aside."""
    first, last = (date.fromisoformat(setup.facts[name]) for name in ("starts_on", "ends_on"))
    return {
        "first_day": first.isoformat(),
        "days": [USUAL] * min(MOST_DAYS, (last - first).days + 1),
        "breaks": [LUNCH],
        "slot_min": 5,
        "gap_min": 10,
        "changeover_min": 0,
        "travel_min": 0,
        "inspection_min": 0,
        "inspection_tables": 1,
        "one_judge": True,
        "places": [],
        "pairs": [],
        "divisions": [],
        "namesakes": [],
    }


def proposed_division(state: State, division: Division, starts: list[Start]) -> Mapping[str, Any]:
    """Where its starts were drawn to, and as long as its rules let one last."""
    return {
        "division": division.code,
        "minutes": minutes_of(division),
        "fields": list(dict.fromkeys(one.field for one in starts)),
        "jointly": False,
        "inspected": division.ruleset.rubric is None,
    }


def minutes_of(division: Division) -> int:
    """A start at its longest, with setting up before it."""
    rules = division.ruleset
    if rules.rubric is not None:
        return JUDGED_MIN
    longest_s = rules.attempts.limit_s
    if rules.match is not None and rules.match.bout_limit_s:
        breaks_s = (rules.match.break_s or 0) * (rules.match.bouts - 1)
        longest_s = rules.match.bouts * rules.match.bout_limit_s + breaks_s
    return min(240, ceil(longest_s / 60) + SETTING_UP_MIN) if longest_s else USUAL_MIN
