"""What the field measured, put into a score sheet where the judge left it to the field."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from scoring.ruleset import Ruleset

from .clock import MICROSECONDS, Clock

ELAPSED_TIME = "elapsed_time"
FINEST_STEP_S = 0.001


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet with the field's values in it; ``missing`` names fields the field should have measured and did not."""

    sheet: dict[str, Any]
    by_hand: bool
    missing: frozenset[str]


def fill(ruleset: Ruleset, sheet: dict[str, Any], clock: Clock) -> Filled:
    """Fill elapsed-time fields that are unset from ``clock``; one set to another value makes it a hand time."""
    filled, by_hand, missing = dict(sheet), False, set()
    for field in ruleset.fields:
        if field.source != ELAPSED_TIME:
            continue
        measured = elapsed_s(clock, field.step or FINEST_STEP_S)
        entered = sheet.get(field.id)
        if entered is not None:
            by_hand = by_hand or entered != measured
        elif measured is not None:
            filled[field.id] = measured
        else:
            missing.add(field.id)
    return Filled(filled, by_hand, frozenset(missing))


def elapsed_s(clock: Clock, step_s: float) -> float | None:
    """The clock's elapsed time in seconds, rounded half up to ``step_s``; None while it has not stopped."""
    if clock.elapsed_us is None:
        return None
    exact = Decimal(repr(clock.elapsed_us)) / MICROSECONDS
    step = Decimal(repr(step_s))
    return float((exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step)
