"""The parts of a ruleset, as plain frozen values. Labels and messages are ``{"kk", "ru", "en"}``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .formula.types import Type

Words = Mapping[str, str]
Order = Literal["asc", "desc"]
Table = list[float] | dict[str, float] | list[tuple[float, float]]
"""Values by whole index from 0, by option, or by the greatest ``from`` that is not above the key."""

FROM_JUDGE = "judge"
"""The source of a field that a judge enters; any other source is a quantity a sensor measures."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as written, as CEL both sides evaluate, and the names it takes from outside."""

    source: str
    cel: str
    uses: frozenset[str]
    type: Type

    def to_json(self) -> dict[str, Any]:
        return {"cel": self.cel, "uses": sorted(self.uses)}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the rules. ``on_the_day`` may change before the first start; ``not_found`` has no public source."""

    name: str
    label: Words
    value: float
    unit: str | None
    min: float | None
    max: float | None
    on_the_day: bool
    not_found: bool


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    label: Words
    points: float | None


@dataclass(frozen=True, slots=True)
class Field:
    """What a judge or a sensor enters. ``otherwise`` is what formulas see when it is optional or hidden, and unset."""

    id: str
    type: str
    label: Words
    hint: Words | None
    unit: str | None
    min: float | None
    max: float | None
    step: float | None
    required: bool
    otherwise: float | bool | str | None
    visible_if: Formula | None
    group: str | None
    source: str
    options: tuple[Option, ...]
    fields: tuple[Field, ...]
    """The columns of repeating rows."""
    min_rows: int
    max_rows: int

    @property
    def option_ids(self) -> frozenset[str]:
        return frozenset(option.id for option in self.options)

    @property
    def may_be_unset(self) -> bool:
        """Whether a formula can meet it without a value."""
        return self.otherwise is None and (not self.required or self.visible_if is not None)


@dataclass(frozen=True, slots=True)
class Value:
    """A named intermediate value."""

    name: str
    label: Words | None
    formula: Formula


@dataclass(frozen=True, slots=True)
class Result:
    """A result column of one sheet; ``max`` is the most the rules say anyone can get."""

    name: str
    type: str
    label: Words
    unit: str | None
    shown: bool
    max: float | None
    formula: Formula


@dataclass(frozen=True, slots=True)
class Constraint:
    """What must hold of a sheet, apart from its score; ``level`` is error or warning."""

    code: str
    level: str
    fields: tuple[str, ...]
    message: Words
    require: Formula


@dataclass(frozen=True, slots=True)
class Criterion:
    """A value to order by, and which end is better."""

    by: str
    order: Order
    label: Words | None = None


@dataclass(frozen=True, slots=True)
class Normalised:
    """A result as a share of the best of the field in the same round: own/best, or best/own where less is better."""

    name: str
    of: str
    order: Order


@dataclass(frozen=True, slots=True)
class Attempts:
    """How many attempts, in what time, and which of two is better (the first criterion that tells them apart)."""

    count: int
    minimum: int
    limit_s: float | None
    window_s: float | None
    unused: Literal["skipped", "zero"]
    better: tuple[Criterion, ...]
    normalise: tuple[Normalised, ...]


@dataclass(frozen=True, slots=True)
class Combined:
    """An entry's value over its attempts: ``take`` says how, of which result."""

    name: str
    of: str
    take: str
    count: int
    then: Literal["sum", "mean", "best"]
    groups: tuple[tuple[int, ...], ...]
    each: Literal["sum", "mean", "best"]
    type: str
    label: Words
    shown: bool


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: a sheet and what it must come to."""

    name: str
    sheet: Mapping[str, Any]
    expect: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RankingExample:
    name: str
    entries: tuple[Mapping[str, Any], ...]
    matches: tuple[Mapping[str, Any], ...]
    draws: Mapping[str, float]
    expect: tuple[Mapping[str, Any], ...]
