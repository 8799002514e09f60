"""Degrees of a division's published results, with the jury's decisions."""

from __future__ import annotations

from scoring.awards import Degree, award
from scoring.contest import Awards

from ..competitions.state import Division
from ..eventlog.fold import State
from .state import Papers

FIRST_THREE = Awards(places=(1, 1, 1))
"""For disciplines whose rules say nothing of degrees: the first three places."""


def degrees_of(state: State, division: Division) -> list[Degree]:
    """Who gets which degree by the newest publication; no degrees before there is one."""
    publication = state[Papers].last(division.code)
    if publication is None:
        return []
    decisions = state[Papers].decisions.get(division.code)
    return award(publication.standings, division.ruleset.awards or FIRST_THREE, decisions)
