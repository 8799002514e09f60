"""Days and instants that somebody may say: in years that every zone's calendar has room around."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeVar

from pydantic import AfterValidator, AwareDatetime
from pydantic_core import PydanticCustomError

EARLIEST_YEAR, LATEST_YEAR = 2000, 2199

D = TypeVar("D", bound=date)


def is_in_our_years(at: date) -> bool:
    """Whether a day or instant can be reckoned with; a slip of the keyboard makes it the year 0002 or 20261."""
    return EARLIEST_YEAR <= at.year <= LATEST_YEAR


def _in_our_years(at: D) -> D:
    if not is_in_our_years(at):
        raise PydanticCustomError("year_wrong", "not a year from 2000 to 2199")
    return at


Day = Annotated[date, AfterValidator(_in_our_years)]
Instant = Annotated[AwareDatetime, AfterValidator(_in_our_years)]
