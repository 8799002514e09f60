"""How a figure is written down, and the percentiles that figures are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Figure = dict[str, Any]


def figure(
    name: str, value: float, unit: str, better: str, goal: float | None, baseline: float | None = None
) -> Figure:
    """One line of `make bench`; ``ratio`` is value ÷ baseline, where there is one."""
    ratio = round(value / baseline, 3) if baseline else None
    return {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "better": better,
        "goal": goal,
        "baseline": None if baseline is None else round(baseline, 3),
        "ratio": ratio,
    }


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile. Raises ValueError for no values."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * percent // 100))
    return ordered[int(rank) - 1]
