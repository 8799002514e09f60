"""What judges enter in the model's hall: sheets of timed runs, sheets two judges must agree on, bouts of matches."""

from __future__ import annotations

from itertools import count
from typing import Any

Shape = dict[str, Any]

KINDS = {"A": ("line", "sumo"), "B": ("rescue", "pair")}
"""The divisions of each field: one run at a time on both, matches on A, runs that take two sheets on B."""

_made = count(1)
"""Every other score has a time of its own, in milliseconds, so that the state says which command it is from."""


def sheet_of(run: Shape, choice: int) -> Shape:
    """A whole sheet of a run, with a time nobody else enters; of a run that takes two sheets, one of two times."""
    if run["division"] == "pair":
        return {"time": 20.0 + choice % 2}
    time_s = round(10 + next(_made) / 1000, 3)
    if run["division"] == "line":
        return {"time": time_s}
    return {"line_obstacle": 40, "maze": 80, "line_hill": 40, "pins": 8, "time": time_s}


def bouts_of(match: Shape, choice: int) -> list[Shape]:
    """The bouts of a match decided two to nothing or two to one, for either side."""
    first, second = (side["id"] for side in match["sides"])
    ways = [(first, first), (second, second), (first, second, first), (second, first, second)]
    return [{"winner": winner} for winner in ways[choice % len(ways)]]
