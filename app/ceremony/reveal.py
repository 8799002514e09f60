"""The order of a ceremony: places from the last, those who share one together; then the podium, then the prizes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from scoring.standing import Standing

PODIUM = 3


@dataclass(frozen=True, slots=True)
class Ceremony:
    """An order fixed when the ceremony began, and how many of its steps were taken.

    ``at_once`` are the entries below the places that are revealed one by one; ``places`` has the entries of each of
    those places, the last place first. After them comes the podium, then each of ``awards`` (``title``, ``entry``).
    """

    at_once: tuple[Standing, ...]
    places: tuple[tuple[Standing, ...], ...]
    awards: tuple[dict[str, Any], ...]
    step: int = 0

    @classmethod
    def of(cls, standings: tuple[Standing, ...], places: int, awards: tuple[dict[str, Any], ...]) -> Ceremony:
        ranked = [standing for standing in standings if standing.rank is not None]
        one_by_one = [standing for standing in ranked if (standing.rank or 0) <= places]
        grouped = [tuple(group) for _rank, group in groupby(one_by_one, key=lambda standing: standing.rank)]
        return cls(tuple(ranked[len(one_by_one) :]), tuple(reversed(grouped)), awards)

    @property
    def steps(self) -> int:
        """How many steps there are: each place, the podium, each prize."""
        return len(self.places) + 1 + len(self.awards)

    @property
    def stage(self) -> str:
        """``places`` while places are revealed, then ``podium``, then ``awards``."""
        if self.step <= len(self.places):
            return "places"
        return "podium" if self.step == len(self.places) + 1 else "awards"

    @property
    def newest(self) -> tuple[Standing, ...]:
        """Who was revealed by the last step; several where they share a place."""
        return self.places[self.step - 1] if 0 < self.step <= len(self.places) else ()

    @property
    def revealed(self) -> tuple[Standing, ...]:
        """Everyone the public may know of, the best first."""
        shown = self.places[: self.step]
        return tuple(standing for place in reversed(shown) for standing in place) + self.at_once

    @property
    def revealed_awards(self) -> tuple[dict[str, Any], ...]:
        return self.awards[: max(0, self.step - len(self.places) - 1)]

    @property
    def coming(self) -> tuple[Standing, ...]:
        """Who the next step reveals: for the presenter alone."""
        return self.places[self.step] if self.step < len(self.places) else ()
