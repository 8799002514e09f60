"""What the field measured, put into a score sheet where the judge left it to the field."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from scoring.ruleset import Ruleset

from .clock import LAP_GATE, MICROSECONDS, SPLIT, TOUCH, Clock, apart_us

ELAPSED_TIME = "elapsed_time"
FINEST_STEP_S = 0.001


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet with the field's values in it; ``missing`` names fields the field should have measured and did not."""

    sheet: dict[str, Any]
    by_hand: bool
    missing: frozenset[str]


def fill(ruleset: Ruleset, sheet: dict[str, Any], clock: Clock) -> Filled:
    """Fill fields that sensors measure and that are unset from ``clock``; a time set otherwise makes it a hand time.

    Counts and splits that no gate told stay unset: a field without such gates leaves them to the judge.
    """
    filled, by_hand, missing = dict(sheet), False, set()
    for field in ruleset.fields:
        if field.source != ELAPSED_TIME:
            counted = _counted(field.source, clock, field.step)
            if counted is not None and sheet.get(field.id) is None:
                filled[field.id] = counted
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


def _counted(source: str, clock: Clock, step: float | None) -> float | None:
    """Laps, touches, or the first split in seconds; None where no gate told any."""
    laps, touches, splits = clock.passed(LAP_GATE), clock.passed(TOUCH), clock.passed(SPLIT)
    match source:
        case "lap_count" if laps:
            return len(laps)
        case "touch_count" if touches:
            return len(touches)
        case "split_time" if splits and clock.start:
            return rounded_s(apart_us(clock.start, splits[0].crossing), step or FINEST_STEP_S)
        case _:
            return None


def elapsed_s(clock: Clock, step_s: float) -> float | None:
    """The clock's elapsed time in seconds, rounded half up to ``step_s``; None while it has not stopped."""
    return None if clock.elapsed_us is None else rounded_s(clock.elapsed_us, step_s)


def rounded_s(time_us: float, step_s: float) -> float:
    """Microseconds as seconds, rounded half up to ``step_s``."""
    exact = Decimal(repr(time_us)) / MICROSECONDS
    step = Decimal(repr(step_s))
    return float((exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step)
