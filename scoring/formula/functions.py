"""The functions of formulas, in arithmetic that JavaScript repeats bit for bit (see app/client/rules/functions.ts).

Sums and powers are plain loops: ``sum()`` compensates from Python 3.12 on, and ``pow`` differs between C libraries.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

MOST_EXPONENT = 1000
MOST_DIGITS = 15


class FunctionFailed(Exception):
    """A function has no value for these arguments; ``code`` says why. The CEL libraries pass its text on."""

    def __init__(self, code: str) -> None:
        super().__init__(f"<{code}>")


def finite(value: float) -> float:
    """``value`` itself. Raises FunctionFailed if it is infinite or not a number."""
    if not math.isfinite(value):
        raise FunctionFailed("not_finite")
    return value


def total(items: Sequence[float]) -> float:
    result = 0.0
    for item in items:
        result += item
    return finite(result)


def product(items: Sequence[float]) -> float:
    result = 1.0
    for item in items:
        result *= item
    return finite(result)


def avg(items: Sequence[float]) -> float:
    return total(_some(items)) / len(items)


def least(items: Sequence[float]) -> float:
    return min(_some(items))


def most(items: Sequence[float]) -> float:
    return max(_some(items))


def div(dividend: float, divisor: float) -> float:
    if divisor == 0:
        raise FunctionFailed("not_finite")
    return finite(dividend / divisor)


def power(base: float, exponent: float) -> float:
    """``base`` multiplied by itself, ``exponent`` times; a negative exponent gives the reciprocal."""
    if not float(exponent).is_integer() or abs(exponent) > MOST_EXPONENT:
        raise FunctionFailed("exponent_not_whole")
    result = 1.0
    for _ in range(int(abs(exponent))):
        result *= base
    return finite(result) if exponent >= 0 else div(1.0, result)


def rounded(value: float, digits: float) -> float:
    """``value`` to so many decimal digits, half away from zero, by its shortest decimal form: 1.005 → 1.01."""
    if not float(digits).is_integer() or abs(digits) > MOST_DIGITS:
        raise FunctionFailed("digits_not_whole")
    step = Decimal(1).scaleb(-int(digits))
    shortest = Decimal(repr(finite(value)))
    if shortest.adjusted() - step.adjusted() > 25:  # no digits that far down to round away
        return value
    return float(shortest.quantize(step, ROUND_HALF_UP)) + 0.0


def clamp(value: float, lowest: float, highest: float) -> float:
    return lowest if value < lowest else highest if value > highest else value


def floor(value: float) -> float:
    return float(math.floor(finite(value))) + 0.0


def ceil(value: float) -> float:
    return float(math.ceil(finite(value))) + 0.0


def _some(items: Sequence[float]) -> Sequence[float]:
    if not items:
        raise FunctionFailed("list_empty")
    return items


FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "sum": total,
    "product": product,
    "avg": avg,
    "min": least,
    "max": most,
    "div": div,
    "pow": power,
    "round": rounded,
    "clamp": clamp,
    "abs": abs,
    "floor": floor,
    "ceil": ceil,
}
