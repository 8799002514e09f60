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
        "value": _written(value),
        "unit": unit,
        "better": better,
        "goal": None if goal is None else _written(goal),
        "baseline": None if baseline is None else _written(baseline),
        "ratio": ratio,
    }


def _written(value: float) -> float:
    """Four digits: more would claim what no noisy machine can tell."""
    return float(f"{value:.4g}")


def is_asked_for(only: str, *names: str) -> bool:
    """Whether a figure whose name starts with one of ``names`` is wanted: those not asked for may take minutes."""
    return any(name.startswith(only) or only.startswith(name) for name in names)


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile. Raises ValueError for no values."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * percent // 100))
    return ordered[int(rank) - 1]
